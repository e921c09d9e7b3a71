"""Every write to the own values of an indicator: by form, one period, or many after a preview.

Nothing that is asked about is stored until its sentence is among `confirmed`, and nothing is ever corrected.
"""

from collections.abc import Collection, Sequence

from django.db import transaction

from accounts.models import User
from cohorts.locking import locked
from cohorts.models import Participation
from indicators.actions.recording import record
from indicators.enums import ValueSource
from indicators.figures import ValueEntry
from indicators.models import Indicator, Value
from indicators.periods import in_words
from indicators.trail import IndicatorEvent
from indicators.weighing import VALUE, Weighed, content_in, seen_of, weigh
from kit.editing import refuse_stale, save
from kit.refusals import ActionRefused
from kit.staleness import content_of

TAKEN = "Det finns redan ett värde för perioden. Ändra det i stället."
EMPTY = "Skriv minst ett värde."
OFFICIAL = "Värdena hämtas från Kolada och kan inte ändras här."
SINCE = "Någon har fört in värden sedan ni såg vad som läses in. Se efter igen."


class Doubted(ActionRefused):
    """The refusal of values that are to be confirmed first; `doubts` are the sentences."""

    def __init__(self, doubts: Sequence[str]) -> None:
        super().__init__("Kontrollera värdet. Kryssa i det som stämmer, eller rätta det.", field="confirmed")
        self.doubts = tuple(doubts)


@transaction.atomic
def save_value(
    *, value: Value, entry: ValueEntry, confirmed: Collection[str] = (), seen: str | None = None, by: User
) -> Value:
    """Save a value; refuse a new one for a period that has another already."""
    participation, indicator = _held(value.indicator)
    if entry.figures.is_empty:
        raise ActionRefused(EMPTY, field="women")
    weighed = weigh(indicator, [entry])[0]
    there = weighed.stored
    if there is not None and there.pk != value.pk:
        if weighed.is_same:  # a second click
            return there
        raise ActionRefused(TAKEN, field="period")
    row = indicator.values.get(pk=value.pk) if value.pk else Value(indicator=indicator)
    if value.pk:
        # A page that is out of date is told so before anything in it is asked about.
        refuse_stale(content_of(row, "period", *VALUE), seen=None if weighed.is_same else seen)
    _refuse_doubts([weighed], confirmed)
    if _store(row, weighed.entry, indicator, by):
        record(IndicatorEvent.VALUES_SAVED, indicator, participation, by, what=in_words(entry.period))
    return row


@transaction.atomic
def import_values(
    *, indicator: Indicator, entries: Sequence[ValueEntry], confirmed: Collection[str], seen: str, by: User
) -> int:
    """Store the entries of a preview, all or none, and return how many differed; `seen` is `seen_of` of the preview."""
    participation, indicator = _held(indicator)
    weighed = weigh(indicator, entries)
    changed = [row for row in weighed if not row.is_same]
    if changed and seen != seen_of(indicator):
        raise ActionRefused(SINCE)
    _refuse_doubts(changed, confirmed)
    for row in changed:
        _store(row.stored or Value(indicator=indicator), row.entry, indicator, by)
    if changed:
        periods = ", ".join(in_words(row.entry.period) for row in changed)
        record(IndicatorEvent.VALUES_SAVED, indicator, participation, by, what=periods)
    return len(changed)


@transaction.atomic
def remove_value(*, value: Value, by: User) -> None:
    participation, indicator = _held(value.indicator)
    row = indicator.values.filter(pk=value.pk).first()
    if row is not None:  # a second click writes no second row in the trail
        record(IndicatorEvent.VALUE_REMOVED, indicator, participation, by, what=in_words(row.period))
        row.delete()


def _held(indicator: Indicator) -> tuple[Participation, Indicator]:
    participation = locked(indicator.participation)
    stored = participation.indicators.get(pk=indicator.pk)
    if stored.source == ValueSource.KOLADA:
        raise ActionRefused(OFFICIAL)
    return participation, stored


def _refuse_doubts(weighed: Sequence[Weighed], confirmed: Collection[str]) -> None:
    doubts = [doubt for row in weighed for doubt in row.doubts]
    if set(doubts) - set(confirmed):
        raise Doubted(doubts)


def _store(row: Value, entry: ValueEntry, indicator: Indicator, by: User) -> bool:
    new = {"period": entry.period, **content_in(entry, indicator.unit)}
    return save(row, new, seen=None, entered_by=by) is not None
