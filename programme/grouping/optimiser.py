"""The best groups by the reasons' own numbers: set partitioning over all groups that are allowed, by HiGHS.

Every allowed group is a column, with each mentor that could take it; one column is chosen for each organisation, and
no mentor more often than it takes groups. With fractions allowed the problem is quickly solved and tells what each
column would cost; only those that cost less than what is missing to that bound need be tried as wholes. A greedy
proposal is worked out too: its groups are among the columns, and the better of the two is what comes out, so that a
proposal is never worse than it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations
from math import comb

import numpy as np
from scipy.optimize import linear_sum_assignment

from programme.grouping.facts import Facts, MentorFacts
from programme.grouping.measuring import (
    REASONS,
    fit,
    mentor_km,
    mentor_score,
    scores_of,
    weight_share,
)
from programme.grouping.partition import partition
from programme.grouping.search import Indices, Search, Task

__all__ = ("Impossible", "Placed", "Solution", "Task", "greedy", "score_of", "solve")

# More groups than this are not all tried: each organisation then keeps those nearest to it by the same numbers.
MOST_COLUMNS = 12_000
SECONDS = 6.0


class Impossible(Exception):
    """The process leader's own rules contradict each other or cannot all be kept."""


@dataclass(frozen=True)
class Placed:
    members: tuple[Facts, ...]
    mentor: MentorFacts | None = None


@dataclass(frozen=True)
class Solution:
    """`is_best` is proven; without it the groups are good, but others may be better. `slack` is how far sizes gave."""

    groups: tuple[Placed, ...]
    score: float
    is_best: bool
    slack: int = 0


def solve(task: Task, *, seconds: float = SECONDS) -> Solution:
    """The best proposal; where the number cannot be split into the omgång's sizes, the nearest that can."""
    units = _units(task)
    if len(task.organisations) < 2:
        raise Impossible("Det behövs minst två organisationer för att bilda en grupp.")
    for slack in range(len(task.organisations)):
        search = _search(task, units, slack)
        if not _splits(len(task.organisations), search.low, search.high) or _longest(units) > search.high:
            continue
        found = _best(search, seconds)
        if found:
            return replace(found, slack=slack)
    raise Impossible("Reglerna går inte att hålla samtidigt. Ta bort någon av dem och gör ett nytt förslag.")


def greedy(task: Task) -> Solution | None:
    """One group after the other, each the best that is left: what the proposal is measured against."""
    units = _units(task)
    for slack in range(len(task.organisations)):
        search = _search(task, units, slack)
        columns = _greedy(search)
        if columns is not None:
            return replace(_finished(search, columns, is_best=False), slack=slack)
    return None


def score_of(task: Task, groups: Sequence[Placed]) -> float:
    """The proposal's own score: the mean over all organisations of how well the group fits that each is in."""
    total = sum(len(group.members) for group in groups)
    return sum(len(group.members) * _fit(task, group.members, group.mentor) for group in groups) / total if total else 0


def _fit(task: Task, members: Sequence[Facts], mentor: MentorFacts | None) -> float:
    scores = scores_of(members)
    if task.mentors:
        scores["mentor"] = mentor_score(members, [mentor] if mentor else [])
    return fit(members, scores, task.weights)


def _search(task: Task, units: tuple[tuple[Facts, ...], ...], slack: int) -> Search:
    low = max(min(2, task.smallest), task.smallest - slack)

    @cache
    def fits(column: Indices) -> float:
        return _fit(task, [facts for unit in column for facts in units[unit]], None)

    @cache
    def reach(mentor: int, unit: int) -> float | None:
        return mentor_km(units[unit], task.mentors[mentor])

    return Search(task, units, max(2, low), max(2, task.largest + slack), fits, reach)


def _splits(number: int, low: int, high: int) -> bool:
    """Whether so many can be shared out in groups of those sizes."""
    return number == 0 or -(-number // high) <= number // low


def _longest(units: Sequence[Sequence[Facts]]) -> int:
    return max(map(len, units))


def _units(task: Task) -> tuple[tuple[Facts, ...], ...]:
    """Those that stay together, joined where they share a member; in the organisations' own order."""
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
    """The optimum over the columns, or the greedy proposal where that is better; None where neither is allowed."""
    first = _greedy(search)
    columns, is_all = _columns(search)
    columns = sorted({*columns, *(first or ())})
    chosen, is_proven = partition(search, columns, seconds)
    found = [_finished(search, groups, is_best=False) for groups in (chosen, first) if groups is not None]
    if not found:
        return None
    best = max(found, key=lambda solution: (-_n_outside(search, solution), solution.score))
    return replace(best, is_best=is_proven and is_all)


def _n_outside(search: Search, solution: Solution) -> int:
    task = search.task
    return sum(not task.smallest <= len(group.members) <= task.largest for group in solution.groups)


def _columns(search: Search) -> tuple[list[Indices], bool]:
    """Every allowed group, or with too many the nearest of each organisation's; and whether it is all of them."""
    n, most = len(search.units), search.high
    if sum(comb(n, size) for size in range(1, most + 1)) <= MOST_COLUMNS:
        every = (column for size in range(1, most + 1) for column in combinations(range(n), size))
        return [column for column in every if search.allows(column)], True
    near = _nearest(search, _n_near(n, most))
    found = {
        tuple(sorted((unit, *others)))
        for unit in range(n)
        for size in range(most)
        for others in combinations(near[unit], size)
    }
    return [column for column in found if search.allows(column)], False


def _n_near(n: int, most: int) -> int:
    """How many neighbours each may have for the columns to stay few enough; never fewer than a group needs."""
    near = most
    while near < n - 1 and n * sum(comb(near + 1, size) for size in range(most)) <= MOST_COLUMNS:
        near += 1
    return min(near, n - 1)


def _nearest(search: Search, number: int) -> list[list[int]]:
    """For each unit the others that it fits best with, two by two."""
    units = range(len(search.units))
    return [
        sorted((other for other in units if other != unit), key=lambda other: (-_pair(search, unit, other), other))[
            :number
        ]
        for unit in units
    ]


def _pair(search: Search, one: int, other: int) -> float:
    return search.fits((one, other) if one < other else (other, one))


def _greedy(search: Search) -> list[Indices] | None:
    """Takes the first that is left and gives it the best group that leaves a number that can still be shared out."""
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
    found = [
        column
        for size in range(search.high)
        for others in combinations(among, size)
        if search.allows(column := tuple(sorted((first, *others))))
        and _splits(number - search.size(column), search.low, search.high)
    ]
    return max(found, key=lambda column: (search.value(column) / search.size(column), column), default=None)


def _finished(search: Search, columns: Iterable[Indices], *, is_best: bool) -> Solution:
    groups = with_mentors(search.task, [search.members(column) for column in sorted(columns)])
    return Solution(groups, score_of(search.task, groups), is_best)


def with_mentors(task: Task, groups: Sequence[tuple[Facts, ...]]) -> tuple[Placed, ...]:
    """Give as many groups as possible a mentor, so that the whole gains the most."""
    slots = [mentor for mentor in task.mentors for _ in range(min(mentor.capacity, len(groups)))]
    if not slots:
        return tuple(Placed(members) for members in groups)
    gains = np.array([[_worth(task, members, mentor) for mentor in slots] for members in groups])
    rows, columns = linear_sum_assignment(gains, maximize=True)
    given = {int(row): slots[int(column)] for row, column in zip(rows, columns, strict=True)}
    return tuple(Placed(members, given.get(place)) for place, members in enumerate(groups))


def _worth(task: Task, members: Sequence[Facts], mentor: MentorFacts) -> float:
    """By the reason's weight for the group; where mentors weigh nothing, by nearness alone."""
    share = weight_share(members, "mentor", REASONS, task.weights)
    return len(members) * (share or 1e-9) * mentor_score(members, [mentor])
