from django.db.models import TextChoices


class Stage(TextChoices):
    """The stages of the result chain, in order: from what is done to what changes in society."""

    ACTIVITY = "activity", "Aktivitet"
    PRODUCT = "product", "Ny eller ändrad produkt"
    PRACTICE = "practice", "Nytt eller ändrat arbetssätt"
    OUTCOME = "outcome", "Nytt eller ändrat utfall"
    SOCIETAL_EFFECT = "societal_effect", "Samhällseffekt"


class StepState(TextChoices):
    REACHED = "reached", "Nått"
    UNDER_WAY = "under_way", "På väg"


class Decision(TextChoices):
    """The decision that a PDSA cycle ends in."""

    ADOPT = "adopt", "Inför"
    ADAPT = "adapt", "Ändra och pröva igen"
    ABANDON = "abandon", "Lägg ner"
