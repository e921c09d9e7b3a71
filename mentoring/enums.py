from django.db.models import TextChoices


class MentorAnswer(TextChoices):
    """An organisation's answer to the question whether it wants to be a mentor."""

    YES = "yes", "Ja"
    MAYBE = "maybe", "Kanske"
    LATER = "later", "Inte förrän om ett år"
    NO = "no", "Nej"
