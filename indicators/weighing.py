"""What storing entries would do, beside what is stored: the same for the form, the preview and the action."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from indicators.figures import AboutValues, Last, ValueEntry, completed, doubts_of, figures_in
from indicators.models import Indicator, Value
from indicators.periods import frequency_of
from kit.staleness import content_of, digest

VALUE = (
    *("women", "men", "total", "women_numerator", "women_denominator", "men_numerator", "men_denominator"),
    *("unit", "note"),
)


@dataclass(frozen=True)
class Weighed:
    """An entry with all its figures, the value it replaces, and what is to be confirmed before it is stored."""

    entry: ValueEntry
    stored: Value | None
    is_same: bool
    doubts: tuple[str, ...]


def weigh(indicator: Indicator, entries: Sequence[ValueEntry]) -> list[Weighed]:
    """Return the entries in the order of their periods, each compared with the one before it."""
    about = AboutValues(indicator.kind, indicator.unit, indicator.whom)
    stored = {value.period: value for value in indicator.values.all()}
    known = {period: Last(period, row.unit, figures_in(row)) for period, row in stored.items()}
    full = [
        ValueEntry(entry.period, completed(indicator.kind, indicator.unit, entry.figures), entry.note)
        for entry in sorted(entries, key=lambda entry: entry.period)
    ]
    known |= {entry.period: Last(entry.period, indicator.unit, entry.figures) for entry in full}
    weighed = []
    for entry in full:
        row = stored.get(entry.period)
        same = row is not None and content_of(row, *VALUE) == content_in(entry, indicator.unit)
        last = _other_unit(row, indicator) or _before(entry.period, known)
        doubts = () if same else tuple(doubts_of(about, entry, last))
        weighed.append(Weighed(entry, row, same, doubts))
    return weighed


def content_in(entry: ValueEntry, unit: str) -> dict[str, object]:
    return {**vars(entry.figures), "unit": unit, "note": entry.note}


def seen_of(indicator: Indicator) -> str:
    """Return a digest of all that is stored, for a preview to be confirmed only while nothing else is stored."""
    rows = indicator.values.order_by("period")
    return digest({row.period: digest(content_of(row, *VALUE)) for row in rows}) if rows else ""


def _other_unit(row: Value | None, indicator: Indicator) -> Last | None:
    changed = row is not None and row.unit != indicator.unit
    return Last(row.period, row.unit, figures_in(row)) if row is not None and changed else None


def _before(period: str, known: dict[str, Last]) -> Last | None:
    alike = sorted(other for other in known if frequency_of(other) == frequency_of(period))
    place = bisect_left(alike, period)
    return known[alike[place - 1]] if place else None
