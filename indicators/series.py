"""An indicator's values over time as a reader sees them. Pages, papers, files and commands all print a `Series`."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from indicators.enums import ValueSource
from indicators.figures import NAMES, figures_in
from indicators.models import Indicator, Value
from indicators.periods import frequency_of
from indicators.suppression import ALL, hidden_in
from kit.figures import rounded
from kolada.models import OfficialValue, reason_in
from kolada.places import place_of

# What a point can be without for a reader, in the order in which it is told.
FIGURES = ("women", "men", "total", "gap")


@dataclass(frozen=True)
class SeriesPoint:
    """A period. None is missing, and never 0: `status` says why, `hidden` which figures this reader may not see.

    `only_editors` are figures that this reader sees and others do not, since few people are behind them.
    """

    period: str
    women: Decimal | None
    men: Decimal | None
    total: Decimal | None
    unit: str
    status: str = ""
    hidden: frozenset[str] = frozenset()
    only_editors: frozenset[str] = frozenset()
    note: str = ""
    revised: bool = False
    women_numerator: Decimal | None = None
    women_denominator: Decimal | None = None
    men_numerator: Decimal | None = None
    men_denominator: Decimal | None = None

    @property
    def why(self) -> str:
        return reason_in(self.status)

    @property
    def gap(self) -> Decimal | None:
        """Return women minus men, exactly; None if either is missing."""
        return None if self.women is None or self.men is None else self.women - self.men

    @property
    def gap_percent(self) -> Decimal | None:
        """Return the gap in percent of the men's value, with one decimal; None if a value is missing or that is 0."""
        if self.gap is None or not self.men:
            return None
        return rounded(Fraction(self.gap) / abs(Fraction(self.men)) * 100, 1)


@dataclass(frozen=True)
class Series:
    """The points in the order of their periods; a break stands before a point whose unit is another than the last."""

    indicator: Indicator
    points: tuple[SeriesPoint, ...] = field(default=())
    invented: bool = False

    @cached_property
    def latest(self) -> SeriesPoint | None:
        return next((point for point in reversed(self.points) if point.gap is not None), None)


def series_of(indicator: Indicator, *, editor: bool) -> Series:
    return series_of_many([indicator], editor=editor)[0]


def series_of_many(indicators: Collection[Indicator], *, editor: bool) -> list[Series]:
    """Return the series of each, in their order; `editor` is True for those who may change the values.

    The indicators are fetched with `participation__organisation`.
    """
    own = _own(indicators)
    official = _official(indicators)
    return [_series(row, own.get(row.pk, []), official, editor=editor) for row in indicators]


def _series(
    indicator: Indicator, own: Iterable[Value], official: dict[tuple[int, str], list[OfficialValue]], *, editor: bool
) -> Series:
    if indicator.source == ValueSource.KOLADA:
        assert indicator.key_figure_id is not None
        rows = official.get((indicator.key_figure_id, place_of(indicator.participation.code)), [])
        points = tuple(_official_point(indicator, row) for row in rows)
        return Series(indicator, points, invented=any(row.invented for row in rows))
    points = _guarded(indicator, [_own_point(row) for row in own], editor=editor)
    return Series(indicator, points, indicator.participation.organisation.invented)


def _official_point(indicator: Indicator, row: OfficialValue) -> SeriesPoint:
    numbers = (row.number("women"), row.number("men"), row.number("total"))
    revised = bool(row.revisions.all())
    return SeriesPoint(str(row.year), *numbers, indicator.unit, status=row.status, revised=revised)


def _own_point(row: Value) -> SeriesPoint:
    return SeriesPoint(row.period, unit=row.unit, note=row.note, **vars(figures_in(row)))


def _guarded(indicator: Indicator, points: list[SeriesPoint], *, editor: bool) -> tuple[SeriesPoint, ...]:
    """Return the points without what few people are behind; an editor keeps them, told that others do not see them."""
    few = {
        point.period: hidden_in(figures_in(point), kind=indicator.kind, unit=point.unit, fewest=indicator.fewest_people)
        for point in points
    }
    years = {(period[:4], frequency_of(period)) for period, hidden in few.items() if hidden}
    guarded = []
    for point in points:
        # A year less its first half gives the second, so a period of another length in that year goes too.
        beside = any(year == point.period[:4] and length != frequency_of(point.period) for year, length in years)
        hidden = ALL if beside else few[point.period]
        guarded.append(replace(point, only_editors=hidden) if editor else _without(point, hidden))
    return tuple(guarded)


def _without(point: SeriesPoint, hidden: frozenset[str]) -> SeriesPoint:
    if not hidden:
        return point
    none: dict[str, Any] = dict.fromkeys(hidden & set(NAMES))
    # A note may tell the figure in words.
    return replace(point, hidden=hidden, note="", **none)


def _own(indicators: Iterable[Indicator]) -> dict[int, list[Value]]:
    rows: dict[int, list[Value]] = {}
    chosen = [row.pk for row in indicators if row.source != ValueSource.KOLADA]
    for value in Value.objects.filter(indicator__in=chosen).order_by("period") if chosen else ():
        rows.setdefault(value.indicator_id, []).append(value)
    return rows


def _official(indicators: Iterable[Indicator]) -> dict[tuple[int, str], list[OfficialValue]]:
    figures = {row.key_figure_id for row in indicators if row.key_figure_id}
    places = {place_of(row.participation.code) for row in indicators if row.key_figure_id}
    rows: dict[tuple[int, str], list[OfficialValue]] = {}
    if figures:
        values = OfficialValue.objects.filter(key_figure__in=figures, place__in=places).order_by("year")
        values = values.prefetch_related("revisions")
        for value in values:
            rows.setdefault((value.key_figure_id, value.place), []).append(value)
    return rows
