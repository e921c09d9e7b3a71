from django.db.models import TextChoices


class PlaceKind(TextChoices):
    """For which organisations a key figure exists, by Kolada's own letters."""

    KOMMUN = "K", "Kommuner"
    REGION = "L", "Regioner"
    BOTH = "A", "Kommuner och regioner"
