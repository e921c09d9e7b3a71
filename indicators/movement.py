"""How the values of women and men have moved since the baseline, and why the gap between them is smaller if it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from indicators.enums import Direction
from indicators.series import Series, SeriesPoint


class Because(StrEnum):
    """Why a gap shrank. Where lika är bäst nobody is ahead, and the higher value stands for those ahead."""

    BEHIND_ROSE = "behind_rose"
    AHEAD_FELL = "ahead_fell"
    BOTH = "both"
    NONE = "none"


@dataclass(frozen=True)
class GapMovement:
    """The changes between two points: of women, of men, and of the size of the gap, whichever is ahead."""

    since: SeriesPoint
    until: SeriesPoint
    women: Decimal
    men: Decimal
    gap: Decimal
    because: Because
    women_ahead: bool

    @property
    def turned(self) -> bool:
        """True if the other one has the higher value now."""
        assert self.since.gap is not None
        assert self.until.gap is not None
        return self.since.gap * self.until.gap < 0


def movement_of(series: Series) -> GapMovement | None:
    """Return the movement from the baseline to the latest point with both; None without two of the same unit.

    A baseline that has no values, or another unit, is followed by the first point after it that can be compared.
    """
    if series.latest is None:
        return None
    points = last_stretch(series.points[: series.points.index(series.latest) + 1])
    since = next(point for point in points if point.gap is not None and _may_begin(point, series))
    return None if since is series.latest else _between(since, series.latest, Direction(series.indicator.direction))


def last_stretch(points: Sequence[SeriesPoint]) -> Sequence[SeriesPoint]:
    """Return the points since the last break: those at the end that have the unit of the last."""
    start = len(points)
    while start and points[start - 1].unit == points[-1].unit:
        start -= 1
    return points[start:]


def _may_begin(point: SeriesPoint, series: Series) -> bool:
    return point is series.latest or point.period >= series.indicator.baseline


def _between(since: SeriesPoint, until: SeriesPoint, direction: Direction) -> GapMovement:
    assert since.women is not None
    assert since.men is not None
    assert until.women is not None
    assert until.men is not None
    women, men = until.women - since.women, until.men - since.men
    before, now = since.women - since.men, until.women - until.men
    ahead = (before < 0) if direction == Direction.LOWER else (before > 0)
    gap = abs(now) - abs(before)
    because = _because(*((women, men) if ahead else (men, women)), direction) if gap < 0 else Because.NONE
    return GapMovement(since, until, women, men, gap, because, ahead)


def _because(ahead: Decimal, behind: Decimal, direction: Direction) -> Because:
    """Return why a gap shrank, from the changes of those who were ahead and behind: each that helped is named."""
    better = -1 if direction == Direction.LOWER else 1
    fell, rose = ahead * better < 0, behind * better > 0
    return Because.BOTH if fell and rose else Because.AHEAD_FELL if fell else Because.BEHIND_ROSE
