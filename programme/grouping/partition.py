"""Which of many groups to choose, so that everyone is in one and the whole is best: set partitioning by HiGHS."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, linprog, milp
from scipy.sparse import csr_array

from programme.grouping.facts import MentorFacts
from programme.grouping.measuring import REASONS, weight_share
from programme.grouping.search import Indices, Search

# With more groups and mentors than this, each group keeps the mentors nearest to it.
MOST_WITH_MENTORS = 200_000
# The whole choice is first sought among the most promising columns, then among all that could still be better.
FIRST_TRY, GROWTH, TRIES = 600, 6, 3
HALF, TINY = 0.5, 1e-7


def partition(search: Search, columns: list[Indices], seconds: float) -> tuple[list[Indices] | None, bool]:
    """Which columns to choose, and whether that is proven best."""
    mentors = search.task.mentors if search.task.weights["mentor"] else ()
    priced, is_all = _priced(search, columns, mentors)
    if not priced:
        return None, False
    bound = _relaxed(search, priced, mentors)
    if bound is None:
        return None, False
    chosen, reached = None, -np.inf
    kept = bound.cheapest(FIRST_TRY)
    for _ in range(TRIES):
        answer = _whole(search, [priced[place] for place in kept], mentors, seconds / TRIES)
        if answer is not None and -answer.fun > reached:
            chosen, reached = [priced[kept[place]][0] for place in np.flatnonzero(answer.x > HALF)], -answer.fun
        # What would cost more than the whole gap is in no better proposal.
        needed = bound.within(reached)
        if len(needed) <= len(kept):
            return chosen, is_all and answer is not None and answer.status == 0
        kept = needed[: GROWTH * len(kept)]
    return chosen, False


Option = tuple[Indices, int | None, float]


@dataclass(frozen=True)
class _Bound:
    """The optimum with fractions allowed, and how far below it each column would bring the whole, cheapest first."""

    value: float
    order: np.ndarray
    costs: np.ndarray

    def cheapest(self, number: int) -> np.ndarray:
        return self.order[:number]

    def within(self, reached: float) -> np.ndarray:
        gap = self.value - reached + TINY
        return self.order[: int(np.searchsorted(self.costs[self.order], gap, side="right"))]


def _relaxed(search: Search, priced: list[Option], mentors: Sequence[MentorFacts]) -> _Bound | None:
    values = np.array([value for _, _, value in priced])
    once, capacity = _rows(search, priced, mentors)
    answer = linprog(
        -values,
        A_eq=once,
        b_eq=np.ones(len(search.units)),
        A_ub=capacity,
        b_ub=[mentor.capacity for mentor in mentors] or None,
        method="highs-ds",
    )
    if answer.status != 0:
        return None
    costs = -values - once.T @ answer.eqlin.marginals
    if capacity is not None:
        costs = costs - capacity.T @ answer.ineqlin.marginals
    return _Bound(-answer.fun, np.argsort(costs, kind="stable"), costs)


def _whole(
    search: Search, priced: list[Option], mentors: Sequence[MentorFacts], seconds: float
) -> OptimizeResult | None:
    """The best whole choice among some of the columns; None where they do not cover everyone."""
    once, capacity = _rows(search, priced, mentors)
    rules = [LinearConstraint(once, 1, 1)]
    if capacity is not None:
        rules.append(LinearConstraint(capacity, 0, [mentor.capacity for mentor in mentors]))
    answer = milp(
        [-value for _, _, value in priced],
        integrality=np.ones(len(priced)),
        bounds=Bounds(0, 1),
        constraints=rules,
        options={"time_limit": seconds, "mip_rel_gap": 0.0},
    )
    return None if answer.x is None else answer


def _priced(search: Search, columns: list[Indices], mentors: Sequence[MentorFacts]) -> tuple[list[Option], bool]:
    """Each group without a mentor, and with each that may take it: all, or the nearest where there are too many."""
    most = max(1, MOST_WITH_MENTORS // max(1, len(columns)) - 1)
    priced: list[Option] = []
    for column in columns:
        plain = search.value(column)
        priced.append((column, None, plain))
        gains = sorted((-gain, place) for place, gain in enumerate(_gains(search, column, mentors)))
        priced += [(column, place, plain - loss) for loss, place in gains[:most]]
    return priced, most >= len(mentors)


def _gains(search: Search, column: Indices, mentors: Sequence[MentorFacts]) -> list[float]:
    """What the group gains by each mentor; without one its score for the reason is 0."""
    if not mentors:
        return []
    members = search.members(column)
    share = len(members) * weight_share(members, "mentor", REASONS, search.task.weights)
    return [share * search.closeness(place, column) for place in range(len(mentors))]


def _rows(search: Search, priced: list[Option], mentors: Sequence[MentorFacts]) -> tuple[csr_array, csr_array | None]:
    """Each unit is in exactly one group; each mentor in no more groups than it takes."""
    units = [(unit, place) for place, (column, _, _) in enumerate(priced) for unit in column]
    taken = [(mentor, place) for place, (_, mentor, _) in enumerate(priced) if mentor is not None]
    once = _matrix(units, len(search.units), len(priced))
    return once, _matrix(taken, len(mentors), len(priced)) if mentors else None


def _matrix(cells: list[tuple[int, int]], rows: int, columns: int) -> csr_array:
    where = np.array(cells, dtype=np.int64).reshape(-1, 2)
    return csr_array((np.ones(len(cells)), (where[:, 0], where[:, 1])), shape=(rows, columns))
