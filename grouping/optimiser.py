"""An optimiser that finds the best groups by the scores of the reasons: set partitioning with HiGHS.

Every allowed group is a column, once for each mentor that could take it. One column is chosen for each organisation,
and no mentor gets more groups than it can take. The relaxed problem, which allows fractions, is solved fast and gives
each column a cost; only columns that cost less than the gap to its optimum need to be tried as whole choices. The
groups of the greedy proposal are also columns, and the better of the two solutions is returned, so that a proposal is
never worse than the greedy one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations
from math import comb

import numpy as np
from scipy.optimize import linear_sum_assignment

from grouping.measuring import REASONS, fit, longest_way, mentor_km, mentor_score, scores_of, weight_share
from grouping.participant_facts import MentorFacts, ParticipantFacts
from grouping.partition import partition
from grouping.search import GroupingProblem, Indices, Search

__all__ = ("GroupingProblem", "Impossible", "Placed", "Solution", "greedy", "score_of", "solve")

# If there are more groups than this, each organisation keeps only those nearest to it by the same scores.
MOST_COLUMNS = 12_000
SECONDS = 6.0


class Impossible(Exception):
    """Raised if the process leader's rules contradict each other or cannot all be kept."""


@dataclass(frozen=True)
class Placed:
    members: tuple[ParticipantFacts, ...]
    mentor: MentorFacts | None = None


@dataclass(frozen=True)
class Solution:
    """`is_best` means proven best; otherwise other groups may be better. `slack` is how far the sizes had to give."""

    groups: tuple[Placed, ...]
    score: float
    is_best: bool
    slack: int = 0


def solve(task: GroupingProblem, *, seconds: float = SECONDS) -> Solution:
    """Return the best groups, with sizes as near the allowed ones as possible; raise `Impossible` if there are none."""
    units = _units(task)
    if len(task.organisations) < 2:
        raise Impossible("Det behövs minst två organisationer för att bilda en grupp.")
    for slack in range(len(task.organisations)):
        search = _search(task, units, slack)
        if not _splits(len(task.organisations), search.low, search.high) or _longest(units) > search.high:
            continue
        solution = _best(search, seconds)
        if solution:
            return replace(solution, slack=slack)
    raise Impossible("Reglerna går inte att hålla samtidigt. Ta bort någon av dem och gör ett nytt förslag.")


def greedy(task: GroupingProblem) -> Solution | None:
    """Return the proposal that always takes the best group left, as a baseline; None if no sizes let it finish."""
    units = _units(task)
    for slack in range(len(task.organisations)):
        search = _search(task, units, slack)
        columns = _greedy(search)
        if columns is not None:
            return replace(_finished(search, columns, is_best=False), slack=slack)
    return None


def score_of(task: GroupingProblem, groups: Sequence[Placed]) -> float:
    """Return the mean over all organisations of the fit of their group."""
    total = sum(len(group.members) for group in groups)
    return sum(len(group.members) * _fit(task, group.members, group.mentor) for group in groups) / total if total else 0


def _fit(task: GroupingProblem, members: Sequence[ParticipantFacts], mentor: MentorFacts | None) -> float:
    scores = scores_of(members)
    if task.mentors:
        scores["mentor"] = mentor_score(members, [mentor] if mentor else [])
    return fit(members, scores, task.weights)


def _search(task: GroupingProblem, units: tuple[tuple[ParticipantFacts, ...], ...], slack: int) -> Search:
    low = max(min(2, task.smallest), task.smallest - slack)

    @cache
    def fits(column: Indices) -> float:
        return _fit(task, [facts for unit in column for facts in units[unit]], None)

    @cache
    def reach(mentor: int, unit: int) -> float | None:
        return mentor_km(units[unit], task.mentors[mentor])

    @cache
    def way(first: int, second: int) -> float | None:
        return longest_way(units[first], units[second])

    return Search(task, units, max(2, low), max(2, task.largest + slack), fits, reach, way)


def _splits(number: int, low: int, high: int) -> bool:
    """True if so many organisations can be divided into groups of these sizes."""
    return number == 0 or -(-number // high) <= number // low


def _longest(units: Sequence[Sequence[ParticipantFacts]]) -> int:
    return max(map(len, units))


def _units(task: GroupingProblem) -> tuple[tuple[ParticipantFacts, ...], ...]:
    """Return the organisations in units that stay together; raise `Impossible` if the rules contradict each other."""
    joined: list[set[int]] = [{facts.key} for facts in task.organisations]
    for keys in task.together:
        touched = [unit for unit in joined if unit & keys]
        joined = [unit for unit in joined if not unit & keys]
        joined.append(set().union(*touched))
    for pair in task.apart:
        if any(len(unit & pair) > 1 for unit in joined):
            raise Impossible("Två regler säger emot varandra: några ska både hållas ihop och hållas isär.")
    place = {facts.key: order for order, facts in enumerate(task.organisations)}
    ordered = sorted((sorted(unit & place.keys(), key=place.__getitem__) for unit in joined), key=lambda u: place[u[0]])
    return tuple(tuple(task.organisations[place[key]] for key in unit) for unit in ordered)


def _best(search: Search, seconds: float) -> Solution | None:
    first = _greedy(search)
    columns, is_all = _columns(search)
    columns = sorted({*columns, *(first or ())})
    chosen, is_proven = partition(search, columns, seconds)
    solutions = [_finished(search, groups, is_best=False) for groups in (chosen, first) if groups is not None]
    if not solutions:
        return None
    best = max(solutions, key=lambda solution: (-_n_outside(search, solution), solution.score))
    return replace(best, is_best=is_proven and is_all)


def _n_outside(search: Search, solution: Solution) -> int:
    task = search.task
    return sum(not task.smallest <= len(group.members) <= task.largest for group in solution.groups)


def _columns(search: Search) -> tuple[list[Indices], bool]:
    """Return the allowed groups, and True if they are all; with too many, return those of near units only."""
    n, most = len(search.units), search.high
    if sum(comb(n, size) for size in range(1, most + 1)) <= MOST_COLUMNS:
        every = (column for size in range(1, most + 1) for column in combinations(range(n), size))
        return [column for column in every if search.allows(column)], True
    near = _nearest(search, _n_near(n, most))
    nearby = {
        tuple(sorted((unit, *others)))
        for unit in range(n)
        for size in range(most)
        for others in combinations(near[unit], size)
    }
    return [column for column in nearby if search.allows(column)], False


def _n_near(n: int, most: int) -> int:
    # As many neighbours as keep the columns few enough, but never fewer than a group needs.
    near = most
    while near < n - 1 and n * sum(comb(near + 1, size) for size in range(most)) <= MOST_COLUMNS:
        near += 1
    return min(near, n - 1)


def _nearest(search: Search, number: int) -> list[list[int]]:
    units = range(len(search.units))
    return [
        sorted((other for other in units if other != unit), key=lambda other: (-_pair(search, unit, other), other))[
            :number
        ]
        for unit in units
    ]


def _pair(search: Search, unit: int, other: int) -> float:
    return search.fits((unit, other) if unit < other else (other, unit))


def _greedy(search: Search) -> list[Indices] | None:
    near = _nearest(search, _n_near(len(search.units), search.high)) if len(search.units) > 1 else [[]]
    left, chosen = list(range(len(search.units))), []
    while left:
        first = left[0]
        among = [unit for unit in near[first] if unit in left]
        column = _best_with(search, first, among, left) or _best_with(search, first, left[1:], left)
        if column is None:
            return None
        chosen.append(column)
        left = [unit for unit in left if unit not in column]
    return chosen


def _best_with(search: Search, first: int, among: Sequence[int], left: Sequence[int]) -> Indices | None:
    number = search.size(left)
    candidates = [
        column
        for size in range(search.high)
        for others in combinations(among, size)
        if search.allows(column := tuple(sorted((first, *others))))
        # What is left must still be possible to divide.
        and _splits(number - search.size(column), search.low, search.high)
    ]
    return max(candidates, key=lambda column: (search.value(column) / search.size(column), column), default=None)


def _finished(search: Search, columns: Iterable[Indices], *, is_best: bool) -> Solution:
    groups = with_mentors(search.task, [search.members(column) for column in sorted(columns)])
    return Solution(groups, score_of(search.task, groups), is_best)


def with_mentors(task: GroupingProblem, groups: Sequence[tuple[ParticipantFacts, ...]]) -> tuple[Placed, ...]:
    """Return the groups with the mentors that raise the total score the most."""
    slots = [mentor for mentor in task.mentors for _ in range(min(mentor.capacity, len(groups)))]
    if not slots:
        return tuple(Placed(members) for members in groups)
    gains = np.array([[_worth(task, members, mentor) for mentor in slots] for members in groups])
    rows, columns = linear_sum_assignment(gains, maximize=True)
    given = {int(row): slots[int(column)] for row, column in zip(rows, columns, strict=True)}
    return tuple(Placed(members, given.get(place)) for place, members in enumerate(groups))


def _worth(task: GroupingProblem, members: Sequence[ParticipantFacts], mentor: MentorFacts) -> float:
    share = weight_share(members, "mentor", REASONS, task.weights)
    # If the mentor has no weight, nearness alone decides.
    return len(members) * (share or 1e-9) * mentor_score(members, [mentor])
