"""The grouping problem, and the score that each possible group adds to a proposal."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import combinations

from grouping.measuring import NEITHER, Weights, nearness
from grouping.participant_facts import MentorFacts, ParticipantFacts

# A group outside the omgång's sizes is a last resort: it costs more than all the reasons together give.
OUTSIDE = 10.0

Indices = tuple[int, ...]


@dataclass(frozen=True)
class GroupingProblem:
    """`mentors` are those that may be given a group; `together` and `apart` are sets of organisations' keys."""

    organisations: tuple[ParticipantFacts, ...]
    mentors: tuple[MentorFacts, ...]
    weights: Weights
    smallest: int
    largest: int
    together: tuple[frozenset[int], ...] = ()
    apart: tuple[frozenset[int], ...] = ()
    most_km: int | None = None


@dataclass(frozen=True)
class Search:
    """A problem with sizes that can be kept; a unit is an organisation, or several that stay together."""

    task: GroupingProblem
    units: tuple[tuple[ParticipantFacts, ...], ...]
    low: int
    high: int
    fits: Callable[[Indices], float]
    reach: Callable[[int, int], float | None]
    way: Callable[[int, int], float | None]

    def closeness(self, mentor: int, column: Indices) -> float:
        """Return the `mentor_score` of one mentor from distances that are measured only once."""
        ways = [way for unit in column if (way := self.reach(mentor, unit)) is not None]
        return NEITHER if not ways else nearness(max(ways)) or 0.0

    def members(self, column: Indices) -> tuple[ParticipantFacts, ...]:
        return tuple(facts for unit in column for facts in self.units[unit])

    def size(self, column: Iterable[int]) -> int:
        return sum(len(self.units[unit]) for unit in column)

    def allows(self, column: Indices) -> bool:
        if not self.low <= self.size(column) <= self.high:
            return False
        if self.task.most_km is not None and self.is_far(column):
            return False
        keys = {facts.key for facts in self.members(column)}
        return not any(len(keys & pair) > 1 for pair in self.task.apart)

    def is_far(self, column: Indices) -> bool:
        """True if two units lie too far apart; what stays together by a rule may lie as far as it does."""
        most = self.task.most_km or 0
        pairs = combinations(column, 2)
        return any((km := self.way(first, second)) is not None and km > most for first, second in pairs)

    def is_outside(self, column: Indices) -> bool:
        return not self.task.smallest <= self.size(column) <= self.task.largest

    def value(self, column: Indices) -> float:
        outside = OUTSIDE * len(self.task.organisations) if self.is_outside(column) else 0.0
        return self.size(column) * self.fits(column) - outside
