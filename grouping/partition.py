"""The choice among many possible groups, so that everyone is in exactly one: set partitioning with HiGHS."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, linprog, milp
from scipy.sparse import csr_array

from grouping.measuring import REASONS, weight_share
from grouping.participant_facts import MentorFacts
from grouping.search import Indices, Search

# If there are more pairs of group and mentor than this, each group keeps only the mentors nearest to it.
MOST_WITH_MENTORS = 200_000
# The choice is first made among the most promising columns, then among all that could still be better.
FIRST_TRY, GROWTH, TRIES = 600, 6, 3
HALF, TINY = 0.5, 1e-7


def partition(search: Search, columns: list[Indices], seconds: float) -> tuple[list[Indices] | None, bool]:
    """Return the chosen columns, or None if no choice is possible, and True if they are proven best."""
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
        # A column that costs more than the remaining gap is in no better proposal.
        needed = bound.within(reached)
        if len(needed) <= len(kept):
            return chosen, is_all and answer is not None and answer.status == 0
        kept = needed[: GROWTH * len(kept)]
    return chosen, False


Option = tuple[Indices, int | None, float]


@dataclass(frozen=True)
class _Bound:
    """The optimum with fractions allowed; `costs` is how far below it each column brings the whole."""

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
    """Return the best whole choice among these columns, or None if they do not cover everyone."""
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
    """Return each group without a mentor and with each that may take it, and True if no mentor was left out."""
    most = max(1, MOST_WITH_MENTORS // max(1, len(columns)) - 1)
    priced: list[Option] = []
    for column in columns:
        plain = search.value(column)
        priced.append((column, None, plain))
        gains = sorted((-gain, place) for place, gain in enumerate(_gains(search, column, mentors)))
        priced += [(column, place, plain - loss) for loss, place in gains[:most]]
    return priced, most >= len(mentors)


def _gains(search: Search, column: Indices, mentors: Sequence[MentorFacts]) -> list[float]:
    if not mentors:
        return []
    members = search.members(column)
    share = len(members) * weight_share(members, "mentor", REASONS, search.task.weights)
    return [share * search.closeness(place, column) for place in range(len(mentors))]


def _rows(search: Search, priced: list[Option], mentors: Sequence[MentorFacts]) -> tuple[csr_array, csr_array | None]:
    # Each unit is in exactly one group, and each mentor in no more groups than it takes.
    units = [(unit, place) for place, (column, _, _) in enumerate(priced) for unit in column]
    taken = [(mentor, place) for place, (_, mentor, _) in enumerate(priced) if mentor is not None]
    once = _matrix(units, len(search.units), len(priced))
    return once, _matrix(taken, len(mentors), len(priced)) if mentors else None


def _matrix(cells: list[tuple[int, int]], rows: int, columns: int) -> csr_array:
    where = np.array(cells, dtype=np.int64).reshape(-1, 2)
    return csr_array((np.ones(len(cells)), (where[:, 0], where[:, 1])), shape=(rows, columns))
