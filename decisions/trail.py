from django.db.models import TextChoices


class DecisionEvent(TextChoices):
    """The events of decisions; the label is the sentence that the trail shows after the actor's name."""

    DECISION_RECORDED = "decision_recorded", "antecknade ett politiskt beslut"
    DECISION_CORRECTED = "decision_corrected", "rättade ett politiskt beslut"
    DECISION_REMOVED = "decision_removed", "tog bort ett politiskt beslut"
