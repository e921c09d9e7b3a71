from django.db.models import TextChoices


class QuestionEvent(TextChoices):
    """The events of asked questions; the label is the sentence that the trail shows after the actor's name."""

    QUESTION_NOTED = "question_noted", "antecknade en ställd fråga"
    QUESTION_CHANGED = "question_changed", "ändrade anteckningen om en ställd fråga"
    QUESTION_REMOVED = "question_removed", "tog bort anteckningen om en ställd fråga"
