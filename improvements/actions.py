"""Every write to improvements, their cycles, efforts and their steps.

Each takes the row as it was fetched, or a new one that is not stored yet. `seen` is the digest of the content its
page was drawn with (modell/staleness.py). The same content posted again is no change and writes nothing.
"""

from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model

from accounts.models import User
from checklist.models import Item
from cohorts.models import Organisation, Participation
from improvements.models import Cycle, Effort, EffortStep, Improvement
from modell import audit
from modell.audit import Kind
from modell.refusals import ActionRefused
from modell.staleness import Stale, content_of, digest

IMPROVEMENT = ("title", "item", "borrowed_from", "shared")
CYCLE = ("plan", "do", "study", "act", "decision")
EFFORT = ("title", "item", "shared", "example")
STEP = ("state", "year", "text")

Row = TypeVar("Row", bound=Model)


@transaction.atomic
def save_improvement(
    *,
    improvement: Improvement,
    title: str,
    item: Item | None,
    borrowed_from: Organisation | None,
    shared: bool,
    seen: str,
    by: User,
) -> Improvement:
    """One made of an idea carries it (`takeaway`), and an idea becomes one improvement, however often it is sent."""
    participation = _hold(improvement.participation)
    new = {"title": title, "item": item, "borrowed_from": borrowed_from, "shared": shared}
    if not improvement.pk and improvement.takeaway_id:
        there = Improvement.objects.filter(takeaway=improvement.takeaway_id).first()
        if there and content_of(there, *new) != new:
            raise ActionRefused("Idén är redan ett förbättringsarbete.")
        improvement = there or improvement
    stored = _stored(improvement) or _twin(participation.improvements.filter(title=title).first(), new)
    row = stored or improvement
    if stored is None:
        row.position = participation.improvements.count() + 1
    if _store(row, new, seen, field="title"):
        _record(Kind.IMPROVEMENT_SAVED, row, participation, by)
    return row


@transaction.atomic
def save_cycle(*, cycle: Cycle, plan: str, do: str, study: str, act: str, decision: str, seen: str, by: User) -> Cycle:
    """A new cycle gets the next number; two clicks give one, since the second says what the last one says."""
    improvement = cycle.improvement
    participation = _hold(improvement.participation)
    new = {"plan": plan, "do": do, "study": study, "act": act, "decision": decision}
    last = improvement.cycles.last()
    stored = _stored(cycle) or _twin(last, new)
    row = stored or cycle
    if stored is None:
        row.number = last.number + 1 if last else 1
    if _store(row, new, seen, field="decision"):
        _record(Kind.CYCLE_SAVED, row, participation, by)
    return row


@transaction.atomic
def save_effort(
    *, effort: Effort, title: str, item: Item | None, shared: bool, example: bool, seen: str, by: User
) -> Effort:
    """An effort offered as an example is always shared too."""
    participation = _hold(effort.participation)
    new = {"title": title, "item": item, "shared": shared or example, "example": example}
    stored = _stored(effort) or _twin(participation.efforts.filter(title=title).first(), new)
    row = stored or effort
    if stored is None:
        row.position = participation.efforts.count() + 1
    if _store(row, new, seen, field="title"):
        _record(Kind.EFFORT_SAVED, row, participation, by)
    return row


@transaction.atomic
def save_step(*, step: EffortStep, state: str, year: int, text: str, seen: str, by: User) -> EffortStep:
    effort = step.effort
    participation = _hold(effort.participation)
    new = {"state": state, "year": year, "text": text}
    row = _stored(step) or _twin(effort.steps.filter(stage=step.stage).first(), new) or step
    if _store(row, new, seen, field="stage"):
        _record(Kind.STEP_SAVED, row, participation, by)
    return row


def _hold(participation: Participation) -> Participation:
    """One organisation's writes wait for each other, so that numbers and titles stay its own."""
    rows = Participation.objects.select_for_update(of=("self",), no_key=True).select_related("organisation", "cohort")
    return rows.get(pk=participation.pk)


def _stored(row: Row) -> Row | None:
    """The row as it stands now, or None if it is new."""
    return type(row)._default_manager.get(pk=row.pk) if row.pk else None


def _twin(row: Row | None, new: dict[str, Any]) -> Row | None:
    """What a first click stored already: the same in every word."""
    return row if row is not None and content_of(row, *new) == new else None


def _store(row: Model, new: dict[str, Any], seen: str, *, field: str) -> bool:
    """Whether anything was to be stored. Refuses what the database would, with the constraint's sentence."""
    if row.pk:
        stored = content_of(row, *new)
        if stored == new:
            return False
        if digest(stored) != seen:
            raise Stale(stored)
    for name, value in new.items():
        setattr(row, name, value)
    try:
        row.validate_constraints()
    except ValidationError as error:
        raise ActionRefused(error.messages[0], field=field) from error
    row.save()
    return True


def _record(kind: Kind, row: Model, participation: Participation, by: User) -> None:
    """Texts stay out of the trail; what they are about and where they stand is enough."""
    place = str(participation.cohort)
    audit.record(kind, target=row, by=by, organisation=participation.organisation.code, cohort=place)
