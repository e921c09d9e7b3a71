from django.db.models import TextChoices


class CohortEvent(TextChoices):
    """The events of an omgång; the label is the sentence that the trail shows after the actor's name."""

    COHORT_CHANGED = "cohort_changed", "ändrade omgången"
