"""An indicator as a row of its organisation's list."""

from dataclasses import dataclass
from datetime import date

from indicators.enums import Frequency, ValueSource, Whom
from indicators.figures import WHO
from indicators.models import Indicator
from indicators.numbers import figure
from indicators.periods import in_words
from indicators.series import Series, SeriesPoint
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
        """Return the last period of which this reader sees anything."""
        seen = (point for point in reversed(self.series.points) if point.women is not None or point.men is not None)
        return next(seen, None)

    @property
    def period(self) -> str:
        return in_words(self.latest.period) if self.latest else ""

    @property
    def figures(self) -> tuple[tuple[str, str, str], ...]:
        """Return women, men and gap of the latest period, in figures, each with its unit."""
        women, men = WHO[Whom(self.indicator.whom)]
        point = self.latest
        if point is None:
            return ()
        # Shares differ by percentage points.
        apart = "procentenheter" if point.unit in ("procent", "%") else point.unit
        return (
            (women.capitalize(), figure(point.women), point.unit),
            (men.capitalize(), figure(point.men), point.unit),
            ("Skillnad", figure(point.gap), apart),
        )

    @property
    def source(self) -> str:
        """Return where the values come from, with the original producer."""
        told = f"Källa: {self.indicator.get_source_display()}" if self.indicator.source == ValueSource.KOLADA else ""
        told = told or ("Källa: enkät" if self.indicator.source == ValueSource.SURVEY else "Källa: eget system")
        return f"{told} ({self.indicator.original_source})" if self.indicator.original_source else told

    @property
    def target(self) -> str:
        """Return the targets in words, or that there is none."""
        women, men = WHO[Whom(self.indicator.whom)]
        parts = [
            f"{who} {figure(value)}"
            for who, value in ((women, self.indicator.target_women), (men, self.indicator.target_men))
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
            why = f": {last.status}" if last.status else ""
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
        women, men = WHO[Whom(self.indicator.whom)]
        return " och ".join(who for who, value in ((women, point.women), (men, point.men)) if value is None)

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
        """True if the series breaks before this period, since the unit is another."""
        return self.before is not None and self.before.unit != self.point.unit

    @property
    def small(self) -> str:
        return NOT_FOR_OTHERS if self.point.only_editors else ""
