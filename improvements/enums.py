from django.db.models import TextChoices


class Stage(TextChoices):
    """The stages of the result chain, in order: from what is done to what changes in society."""

    ACTIVITY = "activity", "Aktivitet"
    PRODUCT = "product", "Ny eller ändrad produkt"
    PRACTICE = "practice", "Nytt eller ändrat arbetssätt"
    OUTCOME = "outcome", "Nytt eller ändrat utfall"
    SOCIETAL_EFFECT = "societal_effect", "Samhällseffekt"


class HowFar(TextChoices):
    """How far an organisation finds that it has come with an expected result."""

    REACHED = "reached", "Uppnått"
    PARTLY = "partly", "Delvis"
    NOT_YET = "not_yet", "Inte än"
    UNKNOWN = "unknown", "Går inte att bedöma"


# In own words after Figur 1 of the programme's reports of 2018–2020; the six national goals as in data/terms.json.
STAGE_MEANS = {
    Stage.ACTIVITY: "Det ni gör, till exempel en utbildning eller en kartläggning.",
    Stage.PRODUCT: "Det som finns efteråt, till exempel en riktlinje, en mall eller könsuppdelad statistik.",
    Stage.PRACTICE: "Det ni gör annorlunda i vardagen, till exempel att varje underlag till beslut har en analys.",
    Stage.OUTCOME: "Det som blir annorlunda för dem ni finns till för, till exempel lika lång väntetid för alla.",
    Stage.SOCIETAL_EFFECT: "Det som ändras i samhället, i riktning mot något av jämställdhetspolitikens sex delmål: "
    "en jämn fördelning av makt och inflytande, ekonomisk jämställdhet, jämställd utbildning, en jämn fördelning av "
    "det obetalda hem- och omsorgsarbetet, jämställd hälsa, eller att mäns våld mot kvinnor ska upphöra.",
}


class StepState(TextChoices):
    REACHED = "reached", "Nått"
    UNDER_WAY = "under_way", "På väg"


class Decision(TextChoices):
    """The decision that a PDSA cycle ends in."""

    ADOPT = "adopt", "Inför"
    ADAPT = "adapt", "Ändra och pröva igen"
    ABANDON = "abandon", "Lägg ner"
