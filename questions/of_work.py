"""A question about the work itself, beside those of the bank about the moments."""

from dataclasses import dataclass
from enum import IntEnum

from questions.ties import AskedAbout


class Weight(IntEnum):
    """How much a question presses, the most first."""

    GREW = 1  # a gap that has grown, or shrank since those ahead fell back
    LATE = 2  # a step on its way whose last day has passed
    STILL = 3  # an effort that has stood still early on the chain
    STANDS = 4  # a gap that is neither smaller nor greater, or seen for the first time
    NOTICED = 5  # a new way of working without any outcome yet
    SHRINKS = 6  # a gap that is on its way to close

    @property
    def presses(self) -> bool:
        return self <= Weight.STILL


@dataclass(frozen=True)
class OfferedOfWork:
    """A question, why it is asked, and what it is about: "nyckeltalet ”Väntetid”"."""

    text: str
    why: str
    about: str
    weight: Weight
    tie: AskedAbout

    @property
    def link(self) -> str:
        return f"om={self.tie.written}"
