"""What a question about the work was about, as it stood when it was asked: the same is not offered again.

A link carries the tie as text: nyckeltal-12-2025, insats-7-still-2026-03-01.
"""

import re
from dataclasses import dataclass
from typing import Any

from cohorts.models import Participation

INDICATOR, EFFORT = "nyckeltal", "insats"
_WRITTEN = re.compile(rf"({INDICATOR}|{EFFORT})-([0-9]{{1,9}})-([0-9A-Za-z_-]{{1,60}})")


@dataclass(frozen=True)
class AskedAbout:
    """`kind` is what the number `pk` is of, and `about` how it stood: a period, or a stage and since when."""

    kind: str
    pk: int
    about: str

    @property
    def written(self) -> str:
        return f"{self.kind}-{self.pk}-{self.about}"


def tie_in(text: str) -> AskedAbout | None:
    match = _WRITTEN.fullmatch(text)
    return AskedAbout(match[1], int(match[2]), match[3]) if match else None


def fields_of(tie: AskedAbout | None, participation: Participation) -> dict[str, Any]:
    """Return what is stored of the tie; nothing of one that names what the organisation does not have."""
    if tie is None:
        return {}
    rows = participation.indicators if tie.kind == INDICATOR else participation.efforts
    row = rows.filter(pk=tie.pk).first()
    return {"indicator" if tie.kind == INDICATOR else "effort": row, "about": tie.about} if row else {}


def ties_asked(participation: Participation, audience: str) -> set[AskedAbout]:
    asked = participation.asked_questions.filter(audience=audience).exclude(about="")
    return {
        AskedAbout(INDICATOR if indicator else EFFORT, indicator or effort, about)
        for indicator, effort, about in asked.values_list("indicator", "effort", "about")
        if indicator or effort
    }
