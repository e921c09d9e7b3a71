"""What the two who are compared are called."""

from dataclasses import dataclass

from indicators.enums import Whom
from indicators.models import Indicator


@dataclass(frozen=True)
class WhomNames:
    """What the two are called: in a heading, in a sentence, and as those one has spoken of."""

    women: str
    men: str
    the_women: str
    the_men: str

    @property
    def both(self) -> str:
        return f"{self.women} och {self.men}"


WHOM_NAMES = {
    Whom.ADULTS: WhomNames("kvinnor", "män", "kvinnorna", "männen"),
    Whom.CHILDREN: WhomNames("flickor", "pojkar", "flickorna", "pojkarna"),
}


def names_of(indicator: Indicator) -> WhomNames:
    return WHOM_NAMES[Whom(indicator.whom)]
