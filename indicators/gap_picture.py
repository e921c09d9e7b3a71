"""The picture of an indicator's gap, and the table that says the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from indicators.enums import Frequency
from indicators.gap import headline_of, lead_of
from indicators.movement import movement_of
from indicators.numbers import figure
from indicators.periods import frequency_of
from indicators.periods import in_words as period_in_words
from indicators.series import Series, SeriesPoint
from indicators.units import unit_of_gap, with_unit
from indicators.whom import names_of
from kit.pictures import GapMark, GapPicture, GapPoint, GapTarget, PictureTable
from kit.pictures.gap import scale_from
from kit.templatetags.swedish import SHORT_MONTHS, day, sentence

MONTHS_IN = {Frequency.YEAR: 12, Frequency.HALF: 6, Frequency.QUARTER: 3, Frequency.MONTH: 1}


@dataclass(frozen=True)
class Happening:
    """A day on the time line, with what happened; `url` is empty where there is nothing more to read."""

    on: date
    text: str
    url: str = ""

    @property
    def line(self) -> str:
        return f"{self.text}, {day(self.on)}"


def picture_of(series: Series, happenings: Sequence[Happening]) -> GapPicture | None:
    if not any(point.women is not None or point.men is not None for point in series.points):
        return None
    indicator, names = series.indicator, names_of(series.indicator)
    points = tuple(_drawn(point, before) for before, point in zip((None, *series.points), series.points, strict=False))
    last = series.points[-1].unit
    same_target = indicator.target_women == indicator.target_men
    return GapPicture(
        key=f"nyckeltal-{indicator.pk or 0}",
        title=f"{indicator.title}, {names.both}",
        points=points,
        first_name=sentence(names.women),
        second_name=sentence(names.men),
        gap_name=f"Skillnaden i {unit_of_gap(last)}, {names.women} minus {names.men}"
        if last
        else f"Skillnaden, {names.women} minus {names.men}",
        words=" ".join((headline_of(series), lead_of(series, movement_of(series)), *scale_in_words(series))),
        values=table_of(series),
        first_target=_line(indicator.target_women, "Mål" if same_target else f"Mål {names.women}"),
        second_target=_line(indicator.target_men, "Mål" if same_target else f"Mål {names.men}"),
        gap_target=_line(indicator.target_gap, "Mål högst"),
        marks=tuple(
            GapMark(number, _place_of(each.on, series.points), each.line) for number, each in enumerate(happenings, 1)
        ),
    )


def _drawn(point: SeriesPoint, before: SeriesPoint | None) -> GapPoint:
    gap = "" if point.gap is None else f"{figure(point.gap)} {unit_of_gap(point.unit)}"
    return GapPoint(
        _short(point.period),
        point.women,
        point.men,
        with_unit(point.women, point.unit),
        with_unit(point.men, point.unit),
        gap,
        breaks=before is not None and before.unit != point.unit,
    )


def _short(period: str) -> str:
    """Return 2025, H1 2025, Q3 2025 or juni 2025, for the places where it is narrow."""
    year, part = period[:4], period[5:]
    if part.isdigit():
        return f"{SHORT_MONTHS[int(part) - 1].rstrip('.')} {year}"
    return f"{part} {year}".strip()


def _line(value: Decimal | None, text: str) -> GapTarget | None:
    return None if value is None else GapTarget(value, f"{text} {figure(value)}")


def _place_of(on: date, points: Sequence[SeriesPoint]) -> float:
    """Return the day's place among the points, which stand in the middle of their periods."""
    middles = [middle_of(point.period) for point in points]
    if on <= middles[0]:
        return 0 if len(middles) < 2 else (on - middles[0]) / (middles[1] - middles[0])
    for place, (before, after) in enumerate(pairwise(middles)):
        if on <= after:
            return place + (on - before) / (after - before)
    length = (middles[-1] - middles[-2]).days if len(middles) > 1 else 365
    return len(middles) - 1 + (on - middles[-1]).days / length


def middle_of(period: str) -> date:
    frequency = frequency_of(period)
    months = MONTHS_IN[frequency]
    number = int(period[5:].lstrip("HQ") or 1)
    days = round(months * 30.4 / 2)
    return date(int(period[:4]), (number - 1) * months + 1, 1) + timedelta(days)


def table_of(series: Series) -> PictureTable:
    names = names_of(series.indicator)
    units = {point.unit for point in series.points}
    headers = ("Period", sentence(names.women), sentence(names.men), "Skillnad")
    rows = tuple(
        (
            sentence(period_in_words(point.period)),
            *(_cell(point, name) for name in ("women", "men", "gap")),
            *((point.unit,) if len(units) > 1 else ()),
        )
        for point in series.points
    )
    unit = f", {next(iter(units))}" if len(units) == 1 else ""
    return PictureTable(f"{series.indicator.title}{unit}", (*headers, *(("Enhet",) if len(units) > 1 else ())), rows)


def _cell(point: SeriesPoint, name: str) -> str:
    value = getattr(point, name)
    if value is None:
        return "visas inte" if name in point.hidden else "saknas"
    return figure(value)


def scale_in_words(series: Series) -> tuple[str, ...]:
    """Return where the scale of the picture begins, if not at zero."""
    if not series.points:
        return ()
    unit, indicator = series.points[-1].unit, series.indicator
    values = [value for point in series.points if point.unit == unit for value in (point.women, point.men)]
    values += [indicator.target_women, indicator.target_men]
    drawn = [value for value in values if value is not None]
    low = scale_from(drawn)[0] if drawn else Decimal(0)
    return (f"Skalan börjar på {with_unit(low, unit)}.",) if low else ()
