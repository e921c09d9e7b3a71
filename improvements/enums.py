from django.db.models import TextChoices


class Stage(TextChoices):
    """The stages of the result chain, in order: from what is done to what changes in society."""

    ACTIVITY = "activity", "Aktivitet"
    PRODUCT = "product", "Ny eller ändrad produkt"
    PRACTICE = "practice", "Nytt eller ändrat arbetssätt"
    OUTCOME = "outcome", "Nytt eller ändrat utfall"
    SOCIETAL_EFFECT = "societal_effect", "Samhällseffekt"

    @property
    def order(self) -> int:
        return list(Stage).index(self)

    @property
    def before(self) -> "Stage | None":
        return list(Stage)[self.order - 1] if self.order else None


class HowFar(TextChoices):
    """How far an organisation finds that it has come with an expected result."""

    REACHED = "reached", "Uppnått"
    PARTLY = "partly", "Delvis"
    NOT_YET = "not_yet", "Inte än"
    UNKNOWN = "unknown", "Går inte att bedöma"


class GoalOrigin(TextChoices):
    """Where an organisation set a goal of its own."""

    INTEREST = "interest", "I intresseanmälan"
    AT_START = "start", "Vid uppstarten"
    LATER = "later", "Under omgången"


class StepState(TextChoices):
    REACHED = "reached", "Nått"
    PARTLY = "partly", "Delar av verksamheten"
    UNDER_WAY = "under_way", "På väg"

    @property
    def is_got(self) -> bool:
        """True if the stage is reached, by all or by a part."""
        return self != StepState.UNDER_WAY


GOT = tuple(state for state in StepState if state.is_got)


class ForWhom(TextChoices):
    """The groups that a step is for."""

    WOMEN = "women", "Kvinnor"
    MEN = "men", "Män"
    GIRLS = "girls", "Flickor"
    BOYS = "boys", "Pojkar"


class PlacingTime(TextChoices):
    """The three times in an omgång at which an organisation places itself on the chain."""

    START = "start", "Vid starten"
    MIDDLE = "middle", "Halvvägs"
    END = "end", "Vid slutet"

    @property
    def order(self) -> int:
        return list(PlacingTime).index(self)


class Decision(TextChoices):
    """The decision that a PDSA cycle ends in."""

    ADOPT = "adopt", "Inför"
    ADAPT = "adapt", "Ändra och pröva igen"
    ABANDON = "abandon", "Lägg ner"


class State(TextChoices):
    """How far an improvement has come."""

    IDEA = "idea", "Idé"
    PLANNED = "planned", "Planerad"
    TRIED = "tried", "Prövas"
    ADOPTED = "adopted", "Införd"
    ENDED = "ended", "Avslutad utan resultat"


# From each state to those that it can be moved to.
MOVES = {
    State.IDEA: (State.PLANNED, State.TRIED, State.ENDED),
    State.PLANNED: (State.TRIED, State.IDEA, State.ENDED),
    State.TRIED: (State.ADOPTED, State.PLANNED, State.ENDED),
    State.ADOPTED: (State.TRIED, State.ENDED),
    State.ENDED: (State.IDEA, State.PLANNED, State.TRIED),
}


class CycleWord(TextChoices):
    PDSA = "pdsa", "PDSA"
    PGSA = "pgsa", "PGSA"
