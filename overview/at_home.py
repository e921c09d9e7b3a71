"""The work between the meetings, as the start page keeps it in sight."""

from dataclasses import dataclass

from cohorts.models import Participation
from improvements.enums import Decision, State
from improvements.models import Cycle, Improvement

# The others stand on the page of the improvements.
MOST_SHOWN = 3


@dataclass(frozen=True)
class AtHome:
    """An improvement that is not ended, and what it waits for."""

    improvement: Improvement
    waits_for: str


def work_at_home(participation: Participation) -> list[AtHome]:
    """Return the improvements that go on: first those that are tried, the latest begun first."""
    rows = participation.improvements.prefetch_related("cycles").order_by("-pk")
    with_cycles = [(row, list(row.cycles.all())) for row in rows]
    running = [
        AtHome(row, _waits_for(cycles)) for row, cycles in with_cycles if not (row.is_ended or _is_ended(cycles))
    ]
    running.sort(key=lambda work: work.improvement.state != State.TRIED)
    return running[:MOST_SHOWN]


def _is_ended(cycles: list[Cycle]) -> bool:
    return bool(cycles) and cycles[-1].decision in (Decision.ADOPT, Decision.ABANDON)


def _waits_for(cycles: list[Cycle]) -> str:
    if not cycles:
        return "Planera det första försöket."
    latest = cycles[-1]
    if latest.decision == Decision.ADAPT:
        return f"Ni ska ändra och pröva igen. Planera försök {latest.number + 1}."
    if not latest.do:
        return f"Försök {latest.number} är planerat. Skriv vad ni gjorde."
    if not latest.study:
        return f"Försök {latest.number} är gjort. Skriv vad ni såg."
    return f"Besluta hur ni går vidare efter försök {latest.number}."
