"""What is asked of a proposal, and what each possible group would add to it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from programme.grouping.facts import Facts, MentorFacts
from programme.grouping.measuring import NEITHER, Weights, nearness

# A group outside the omgång's sizes is a last resort: it costs more than all the reasons together give.
OUTSIDE = 10.0

Indices = tuple[int, ...]


@dataclass(frozen=True)
class Task:
    """`mentors` are those that may be given a group; `together` and `apart` are sets of organisations' keys."""

    organisations: tuple[Facts, ...]
    mentors: tuple[MentorFacts, ...]
    weights: Weights
    smallest: int
    largest: int
    together: tuple[frozenset[int], ...] = ()
    apart: tuple[frozenset[int], ...] = ()


@dataclass(frozen=True)
class Search:
    """One task with sizes that can be kept. `units` are organisations, those that stay together as one."""

    task: Task
    units: tuple[tuple[Facts, ...], ...]
    low: int
    high: int
    fits: Callable[[Indices], float]
    reach: Callable[[int, int], float | None]

    def closeness(self, mentor: int, column: Indices) -> float:
        """`mentor_score` of one mentor, from ways that are measured once."""
        ways = [way for unit in column if (way := self.reach(mentor, unit)) is not None]
        return NEITHER if not ways else nearness(max(ways)) or 0.0

    def members(self, column: Indices) -> tuple[Facts, ...]:
        return tuple(facts for unit in column for facts in self.units[unit])

    def size(self, column: Iterable[int]) -> int:
        return sum(len(self.units[unit]) for unit in column)

    def allows(self, column: Indices) -> bool:
        if not self.low <= self.size(column) <= self.high:
            return False
        keys = {facts.key for facts in self.members(column)}
        return not any(len(keys & pair) > 1 for pair in self.task.apart)

    def is_outside(self, column: Indices) -> bool:
        return not self.task.smallest <= self.size(column) <= self.task.largest

    def value(self, column: Indices) -> float:
        """What it adds to the proposal: its fit for each of its members, less what an odd size costs."""
        outside = OUTSIDE * len(self.task.organisations) if self.is_outside(column) else 0.0
        return self.size(column) * self.fits(column) - outside
