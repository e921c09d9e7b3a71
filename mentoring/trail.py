from django.db.models import TextChoices


class MentoringEvent(TextChoices):
    """The kinds of row that this app writes in the trail; the label follows the actor's name."""

    MENTOR_ASKED = "mentor_asked", "frågade om mentorskap"
    MENTOR_ADDED = "mentor_added", "lade till en mentor i omgången"
    MENTOR_ANSWERED = "mentor_answered", "svarade om mentorskap"
    MENTOR_AGREED = "mentor_agreed", "sade ja till mentorns uppdrag"
    MENTOR_THANKED = "mentor_thanked", "tackade en mentor"
