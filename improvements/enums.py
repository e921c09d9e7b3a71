from django.db.models import TextChoices


class Stage(TextChoices):
    """The result chain, in order: from what is done to what it leads to in society."""

    ACTIVITY = "activity", "Aktivitet"
    PRODUCT = "product", "Ny eller ändrad produkt"
    PRACTICE = "practice", "Nytt eller ändrat arbetssätt"
    OUTCOME = "outcome", "Nytt eller ändrat utfall"
    SOCIETAL_EFFECT = "societal_effect", "Samhällseffekt"


class StepState(TextChoices):
    REACHED = "reached", "Nått"
    UNDER_WAY = "under_way", "På väg"


class Decision(TextChoices):
    """What a PDSA cycle ends in."""

    ADOPT = "adopt", "Inför"
    ADAPT = "adapt", "Ändra och pröva igen"
    ABANDON = "abandon", "Lägg ner"
