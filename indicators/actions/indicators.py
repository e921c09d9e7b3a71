"""Every write to an organisation's indicators, without their values.

Each takes the row as it was fetched, or a new one that is not stored yet. `seen` is the digest of the content its
page was drawn with (kit/editing.py). The same content posted again is no change and writes nothing.
"""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from accounts.models import User
from cohorts.locking import locked
from cohorts.models import Participation
from decisions.models import PoliticalDecision
from indicators.actions.recording import record
from indicators.enums import ValueSource
from indicators.models import MOST_CHOSEN, Indicator, Value
from indicators.periods import is_period
from indicators.trail import IndicatorEvent
from kit.editing import change, refuse_broken_rule, refuse_stale
from kit.refusals import ActionRefused
from kit.staleness import Stale, content_of

INDICATOR = (
    *("title", "unit", "direction", "kind", "source", "definition", "says", "original_source"),
    *("frequency", "whom"),
    *("age_group", "owner", "baseline", "target_women", "target_men", "target_gap", "target_on"),
    *("item", "part", "fewest_people", "shared", "labels"),
)
# What another omgång's indicator is copied with; people and decisions are of their omgång.
COPIED = (
    *("key", "title", "definition", "says", "unit", "direction", "kind", "source", "original_source", "key_figure_id"),
    *("frequency", "whom", "age_group", "baseline", "target_women", "target_men", "target_gap", "target_on"),
    *("item_id", "part_id", "fewest_people", "labels", "position"),
)
CHANGED = "Någon har ändrat nyckeltalet sedan du öppnade sidan. Läs det igen innan du tar bort det."
TOO_MANY = "Välj högst tre nyckeltal till Läget."


@transaction.atomic
def save_indicator(
    *, indicator: Indicator, decisions: Collection[PoliticalDecision] = (), seen: str | None, by: User, **fields: Any
) -> Indicator:
    """Save an indicator; a new one gets its key from its title, and keeps it when the title changes."""
    participation = locked(indicator.participation)
    stored = _stored(indicator) or _twin(participation, indicator, fields)
    row = stored or indicator
    _refuse_other_place(row, participation)
    _refuse_baseline(fields["baseline"])
    if stored and stored.kind != fields["kind"] and stored.values.exists():
        # The kind says which numbers are people, so small ones would be shown by another.
        raise ActionRefused("Slaget kan inte ändras när nyckeltalet har värden.", field="kind")
    if stored is None:
        row.key = _key(participation, fields["title"])
        row.position = participation.indicators.count() + 1
    changes = change(row, fields, seen=seen)
    new_marks = stored is not None and set(row.decisions.all()) != set(decisions)
    if changes is None and not new_marks:
        return row
    refuse_broken_rule(row, field="title")
    row.save()
    row.decisions.set(decisions)
    record(IndicatorEvent.INDICATOR_SAVED, row, participation, by)
    return row


@transaction.atomic
def remove_indicator(*, indicator: Indicator, seen: str = "", by: User) -> None:
    """Remove an indicator with its own values; official values stay with Kolada's."""
    participation = locked(indicator.participation)
    stored = participation.indicators.filter(pk=indicator.pk).first()
    if stored is None:  # a second click
        return
    try:
        refuse_stale(content_of(stored, *INDICATOR), seen=seen or None)
    except Stale as stale:
        raise ActionRefused(CHANGED) from stale
    record(IndicatorEvent.INDICATOR_REMOVED, stored, participation, by)
    stored.delete()


@transaction.atomic
def move_indicator(*, indicator: Indicator, up: bool, seen: int, by: User) -> None:
    """Move an indicator one step; `seen` is the place that the page showed, so that a second click moves nothing."""
    participation = locked(indicator.participation)
    rows = list(participation.indicators.order_by("position", "pk"))
    place = next((place for place, row in enumerate(rows) if row.pk == indicator.pk), None)
    if place is None or place != seen:
        return
    other = place + (-1 if up else 1)
    if not 0 <= other < len(rows):
        return
    rows[place], rows[other] = rows[other], rows[place]
    for position, row in enumerate(rows, start=1):
        row.position = position
    Indicator.objects.bulk_update(rows, ["position"])
    record(IndicatorEvent.INDICATORS_ORDERED, indicator, participation, by)


@transaction.atomic
def choose_indicators(*, participation: Participation, chosen: Collection[int], by: User) -> bool:
    """Let these stand on Läget and no others; return True if anything changed."""
    participation = locked(participation)
    if len(chosen) > MOST_CHOSEN:
        raise ActionRefused(TOO_MANY, field="chosen")
    changed = [row for row in participation.indicators.all() if row.chosen != (row.pk in chosen)]
    for row in changed:
        row.chosen = not row.chosen
        row.save(update_fields=["chosen"])
    if changed:
        record(IndicatorEvent.INDICATORS_CHOSEN, participation.organisation.name, participation, by)
    return bool(changed)


@transaction.atomic
def copy_indicators(*, participation: Participation, earlier: Participation, by: User) -> list[Indicator]:
    """Copy what an earlier omgång followed, with its values, and return the new ones; what is here is left alone."""
    participation = locked(participation)
    if earlier.organisation_id != participation.organisation_id:
        raise ActionRefused("Nyckeltal hämtas bara från er egen organisation.")
    there = set(participation.indicators.values_list("key", flat=True))
    titles = set(participation.indicators.values_list("title", flat=True))
    items = _items_of(participation)
    followed = earlier.indicators.prefetch_related("values").order_by("position", "pk")
    wanted = [old for old in followed if old.key not in there and old.title not in titles]
    made = [_copied(old, participation, items) for old in wanted]
    if made:
        record(IndicatorEvent.INDICATORS_COPIED, str(earlier.cohort), participation, by, n=len(made))
    return made


def _copied(old: Indicator, participation: Participation, items: set[int]) -> Indicator:
    content = content_of(old, *COPIED)
    if content["item_id"] not in items:  # the omgångar may rate by different versions of the checklist
        content["item_id"] = None
    new = Indicator.objects.create(participation=participation, **content)
    rows = list(old.values.all())
    for row in rows:
        row.pk, row.indicator = None, new
    Value.objects.bulk_create(rows)
    return new


def _items_of(participation: Participation) -> set[int]:
    plan = getattr(participation.cohort, "plan", None)
    return set(plan.checklist.items.values_list("pk", flat=True)) if plan else set()


def _stored(indicator: Indicator) -> Indicator | None:
    return Indicator.objects.get(pk=indicator.pk) if indicator.pk else None


def _twin(participation: Participation, new: Indicator, fields: dict[str, Any]) -> Indicator | None:
    """Return the stored indicator that says the same: a first click has stored it."""
    row = participation.indicators.filter(title=fields["title"], key_figure=new.key_figure_id).first()
    return row if row is not None and content_of(row, *fields) == fields else None


def _key(participation: Participation, title: str) -> str:
    """Return the title in the letters of an address, with a number where another has the same."""
    base = slugify(title)[:50].strip("-") or "nyckeltal"
    taken = set(participation.indicators.values_list("key", flat=True))
    return next(key for key in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if key not in taken)


def _refuse_other_place(row: Indicator, participation: Participation) -> None:
    if row.source == ValueSource.KOLADA and row.key_figure and not row.key_figure.exists_for(participation.code):
        raise ActionRefused("Nyckeltalet finns inte för er typ av organisation.")


def _refuse_baseline(period: str) -> None:
    if period and not is_period(period):
        raise ActionRefused("Utgångsläget är ingen period.", field="baseline")
