"""An indicator as a row of its organisation's list."""

from dataclasses import dataclass
from datetime import date

from indicators.enums import Frequency, ValueSource
from indicators.models import Indicator
from indicators.numbers import figure
from indicators.periods import in_words
from indicators.series import Series, SeriesPoint
from indicators.sheet import source_of
from indicators.units import unit_of, unit_of_gap
from indicators.whom import names_of
from kit.templatetags.swedish import enumerated, sentence

READERS = {False: "Bara vi", True: "Delas med gruppen"}
NOT_FOR_OTHERS = "visas inte för andra"


@dataclass(frozen=True)
class IndicatorRow:
    series: Series
    today: date

    @property
    def indicator(self) -> Indicator:
        return self.series.indicator

    @property
    def latest(self) -> SeriesPoint | None:
        seen = (point for point in reversed(self.series.points) if point.women is not None or point.men is not None)
        return next(seen, None)

    @property
    def period(self) -> str:
        return in_words(self.latest.period) if self.latest else ""

    @property
    def figures(self) -> tuple[tuple[str, str, str], ...]:
        """Return women, men and the size of the gap of the latest period, in figures, each with its unit."""
        names, point = names_of(self.indicator), self.latest
        if point is None:
            return ()
        unit = unit_of(point.unit)
        return (
            (sentence(names.women), figure(point.women), unit),
            (sentence(names.men), figure(point.men), unit),
            ("Skillnad", figure(None if point.gap is None else abs(point.gap)), unit_of_gap(point.unit)),
        )

    @property
    def source(self) -> str:
        return source_of(self.indicator)

    @property
    def target(self) -> str:
        names = names_of(self.indicator)
        parts = [
            f"{who} {figure(value)}"
            for who, value in ((names.women, self.indicator.target_women), (names.men, self.indicator.target_men))
            if value is not None
        ]
        if self.indicator.target_gap is not None:
            parts.append(f"skillnaden högst {figure(self.indicator.target_gap)}")
        if not parts:
            return "Inget mål än"
        year = f" till {self.indicator.target_on.year}" if self.indicator.target_on else ""
        return f"Mål{year}: {enumerated(parts)}"

    @property
    def missing(self) -> str:
        """Return in words which value is missing, or hidden, or empty if none is."""
        if not self.series.points:
            return "Inget värde än."
        last = self.series.points[-1]
        if last.hidden:
            return f"{sentence(in_words(last.period))} visas inte, eftersom värdet bygger på få personer."
        if last.women is None or last.men is None:
            why = f": {last.why}" if last.why else ""
            return f"{sentence(in_words(last.period))} saknar värde för {self._without(last)}{why}."
        if self.indicator.source != ValueSource.KOLADA and int(last.period[:4]) < self._awaited:
            return f"Inget värde för {self._awaited} än."
        return ""

    @property
    def small(self) -> str:
        """Return what the organisation's own editors are told at a latest value that others do not see."""
        return NOT_FOR_OTHERS if self.latest and self.latest.only_editors else ""

    @property
    def readers(self) -> str:
        return READERS[self.indicator.shared]

    def _without(self, point: SeriesPoint) -> str:
        names = names_of(self.indicator)
        return " och ".join(who for who, value in ((names.women, point.women), (names.men, point.men)) if value is None)

    @property
    def _awaited(self) -> int:
        """Return the last year that an own value is awaited for: a yearly one comes when the year is over."""
        return self.today.year - (self.indicator.frequency == Frequency.YEAR)


def table_of(series: Series) -> list["ValueRow"]:
    return [ValueRow(point, before) for point, before in zip(series.points, (None, *series.points), strict=False)]


@dataclass(frozen=True)
class ValueRow:
    """A period in the table of own values, with the one before it."""

    point: SeriesPoint
    before: SeriesPoint | None

    @property
    def period(self) -> str:
        return sentence(in_words(self.point.period))

    @property
    def cells(self) -> tuple[str, str, str, str]:
        point = self.point
        return figure(point.women), figure(point.men), figure(point.total), figure(point.gap)

    @property
    def breaks(self) -> bool:
        return self.before is not None and self.before.unit != self.point.unit

    @property
    def small(self) -> str:
        return NOT_FOR_OTHERS if self.point.only_editors else ""
