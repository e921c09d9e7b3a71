from django.db.models import TextChoices


class ExchangeEvent(TextChoices):
    """Events of the exchange; the label is the sentence that the trail prints after the actor's name."""

    COHORT_IMPORTED = "cohort_imported", "läste in omgången"
