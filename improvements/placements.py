"""The three occasions on which an organisation places itself on the chain, tied to the omgång's own meetings."""

from dataclasses import dataclass
from datetime import date

from cohorts.models import Participation
from improvements.enums import PlacingTime
from improvements.models import Placement


@dataclass(frozen=True)
class PlacementRow:
    """An occasion with the day it belongs to, and where the organisation placed itself, if it has."""

    occasion: PlacingTime
    on: date
    placement: Placement | None

    @property
    def label(self) -> str:
        return str(self.occasion.label)


def occasions_in(participation: Participation) -> list[tuple[PlacingTime, date]]:
    """Return each occasion with its day: the first, middle and last of the omgång's meetings, or else of its days."""
    cohort = participation.cohort
    meeting_days = cohort.meetings.taking_place().order_by("starts_on").values_list("starts_on", flat=True)
    days = list(meeting_days) or [
        cohort.starts_on,
        cohort.starts_on + (cohort.ends_on - cohort.starts_on) / 2,
        cohort.ends_on,
    ]
    return list(zip(PlacingTime, (days[0], days[len(days) // 2], days[-1]), strict=True))


def placements_of(participation: Participation) -> list[PlacementRow]:
    placed = {row.occasion: row for row in participation.placements.all()}
    return [PlacementRow(occasion, on, placed.get(occasion)) for occasion, on in occasions_in(participation)]
