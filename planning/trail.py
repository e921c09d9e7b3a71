from django.db.models import TextChoices


class PlanningEvent(TextChoices):
    """Events in the trail; the label is the sentence that it shows after the actor's name."""

    COHORT_SET_UP = "cohort_set_up", "lade upp omgången"
    COHORT_DELETED = "cohort_deleted", "tog bort omgången"
    REHEARSAL_DELETED = "rehearsal_deleted", "tog bort provomgången"
    EDITION_SAVED = "edition_saved", "ändrade ett koncept"
    EDITION_COPIED = "edition_copied", "gjorde en kopia av ett koncept"
    EDITION_DELETED = "edition_deleted", "tog bort ett koncept"
