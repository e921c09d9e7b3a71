from django.db.models import TextChoices


class ChecklistEvent(TextChoices):
    """Events in the trail; each label is the sentence that follows the actor's name."""

    CHECKLIST_COPIED = "checklist_copied", "gjorde en ny version av checklistan"
    CHECKLIST_CHANGED = "checklist_changed", "ändrade en version av checklistan"
    CHECKLIST_DELETED = "checklist_deleted", "tog bort en version av checklistan"
    WORDING_CHANGED = "wording_changed", "ändrade en text i checklistan"
