"""The two rules of Anhøj and Olesen (PLoS ONE 9(11), 2014): what in a series is more than chance usually gives.

The middle is the median, and points on it are left out. There is no trend rule, since it would find chance.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import groupby, pairwise
from math import comb, log2
from statistics import median

from indicators.movement import last_stretch
from indicators.series import Series, SeriesPoint

FEWEST_POINTS = 10
WHO = ("women", "men", "gap")


class ChartRule(StrEnum):
    LONG_RUN = "long_run"
    FEW_CROSSINGS = "few_crossings"


@dataclass(frozen=True)
class Signal:
    """What is more than chance: `count` points in a row on one side, or `count` crossings, in these periods."""

    rule: ChartRule
    who: str
    from_period: str
    to_period: str
    count: int
    above: bool = False


def signals_of(series: Series) -> tuple[Signal, ...]:
    """Return the signals of women, men and the gap in the points since the last break; none below ten points."""
    points = last_stretch(series.points)
    return tuple(signal for who in WHO for signal in _signals(who, _with_values(points, who)))


def points_counted(series: Series) -> int:
    """Return how many points the rules have to go by."""
    points = last_stretch(series.points)
    return max(len(_with_values(points, who)) for who in WHO)


def longest_run_by_chance(n: int) -> int:
    """Return the longest run that chance gives: a longer one is a signal."""
    # R rounds halves to even as Python does, and the logarithm of a whole number is never a half.
    return round(log2(n)) + 3


def fewest_crossings_by_chance(n: int) -> int:
    """Return the fewest crossings that chance gives, the 5 % quantile of Binomial(n - 1, ½): fewer are a signal."""
    total = 0
    for crossings in range(n):
        total += comb(n - 1, crossings)
        if 20 * total >= 2 ** (n - 1):
            return crossings
    return 0


def _with_values(points: Sequence[SeriesPoint], who: str) -> list[tuple[str, Decimal]]:
    return [(point.period, value) for point in points if (value := getattr(point, who)) is not None]


def _signals(who: str, values: Sequence[tuple[str, Decimal]]) -> list[Signal]:
    if len(values) < FEWEST_POINTS:
        return []
    middle = median(value for _, value in values)
    sides = [(period, value > middle) for period, value in values if value != middle]
    if not sides:
        return []
    signals = []
    runs = [(above, [period for period, _ in run]) for above, run in groupby(sides, key=lambda side: side[1])]
    # The later of two that are as long, since it says how things are now.
    above, run = max(reversed(runs), key=lambda pair: len(pair[1]))
    if len(run) > longest_run_by_chance(len(sides)):
        signals.append(Signal(ChartRule.LONG_RUN, who, run[0], run[-1], len(run), above))
    crossings = sum(earlier[1] != later[1] for earlier, later in pairwise(sides))
    if crossings < fewest_crossings_by_chance(len(sides)):
        signals.append(Signal(ChartRule.FEW_CROSSINGS, who, sides[0][0], sides[-1][0], crossings))
    return signals
