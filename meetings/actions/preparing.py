"""What is done before a meeting: the preparation list and its ticks, the organiser's checklist, a copy of another's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from cohorts.models import Delegate
from meetings.actions.holding import about, held, seats_held, trail_of
from meetings.models import AgendaItem, HostTask, Meeting, Preparation, PreparationTick
from modell import audit
from modell.audit import Kind
from modell.refusals import ActionRefused
from modell.staleness import Stale, content_of, digest

PREPARATION = ("function", "text", "url", "days_before")


@transaction.atomic
def save_preparation(
    *, preparation: Preparation, function: str, text: str, url: str, days_before: int, seen: str, by: User
) -> Preparation:
    meeting = held(preparation.meeting)
    new = {"function": function, "text": text, "url": url, "days_before": days_before}
    there = list(meeting.preparations.all())
    row = next((one for one in there if one.pk == preparation.pk), None)
    if row is None and preparation.pk:
        raise ActionRefused("Förberedelsen är borttagen. Gå tillbaka till listan.")
    twin = next((one for one in there if (one.function, one.text) == (function, text)), None)
    if twin and twin.pk != preparation.pk:
        if row is None and content_of(twin, *PREPARATION) == new:
            return twin  # the second of two clicks
        raise ActionRefused("Den förberedelsen finns redan i listan.", field="text")
    if row and content_of(row, *PREPARATION) == new:
        return row
    if row and digest(content_of(row, *PREPARATION)) != seen:
        raise Stale(content_of(row, *PREPARATION))
    row = row or Preparation(meeting=meeting, position=len(there) + 1)
    for name, value in new.items():
        setattr(row, name, value)
    row.save()
    _record(Kind.PREPARATIONS_SAVED, meeting, row.text, by)
    return row


@transaction.atomic
def remove_preparation(*, preparation: Preparation, by: User) -> None:
    meeting = held(preparation.meeting)
    if Preparation.objects.filter(pk=preparation.pk, meeting=meeting).delete()[0]:
        _record(Kind.PREPARATIONS_SAVED, meeting, preparation.text, by)


@transaction.atomic
def tick_preparation(*, preparation: Preparation, delegates: Iterable[Delegate], done: bool, by: User) -> None:
    """For the seats of the one who ticks; each seat's organisation sees it in its trail."""
    seats = seats_held(delegate.pk for delegate in delegates)
    meeting = held(preparation.meeting)
    for delegate in seats.values():
        if done:
            changed = PreparationTick.objects.get_or_create(preparation=preparation, delegate=delegate)[1]
        else:
            changed = bool(PreparationTick.objects.filter(preparation=preparation, delegate=delegate).delete()[0])
        if changed:
            audit.record(
                Kind.PREPARATION_TICKED,
                target=meeting,
                by=by,
                organisation=delegate.participation.organisation.code,
                what=preparation.text if done else f"{preparation.text} (inte klar)",
                **about(meeting),
            )


@transaction.atomic
def add_task(*, meeting: Meeting, phase: str, text: str, by: User) -> HostTask:
    meeting = held(meeting)
    there = meeting.host_tasks.filter(phase=phase, text=text).first()
    if there:
        return there
    task = HostTask.objects.create(meeting=meeting, phase=phase, text=text, position=meeting.host_tasks.count() + 1)
    _record(Kind.MEETING_SAVED, meeting, task.text, by)
    return task


@transaction.atomic
def tick_task(*, task: HostTask, done: bool, by: User) -> None:
    """With who did it and when, so that host and SKR see each other's ticks."""
    meeting = held(task.meeting)
    row = HostTask.objects.filter(pk=task.pk, meeting=meeting).first()
    if row is None or bool(row.done_on) == done:
        return
    row.done_on, row.done_by = (timezone.localdate(), by.name) if done else (None, "")
    row.save()
    _record(Kind.HOST_TASK_TICKED, meeting, row.text if done else f"{row.text} (inte klar)", by)


@transaction.atomic
def remove_task(*, task: HostTask, by: User) -> None:
    meeting = held(task.meeting)
    if HostTask.objects.filter(pk=task.pk, meeting=meeting).delete()[0]:
        _record(Kind.MEETING_SAVED, meeting, f"{task.text} (borttagen)", by)


@transaction.atomic
def copy_from(*, meeting: Meeting, source: Meeting, agenda: bool, preparations: bool, tasks: bool, by: User) -> int:
    """Add what the other meeting has and this one lacks. Nothing is replaced; the same again adds nothing."""
    if not (agenda or preparations or tasks):
        raise ActionRefused("Välj något att kopiera.", field="what")
    if source.pk == meeting.pk:
        raise ActionRefused("Välj en annan träff än den här.", field="source")
    meeting = held(meeting)
    added = 0
    if agenda:
        added += _copy_agenda(meeting, source)
    if preparations:
        there = {(one.function, one.text) for one in meeting.preparations.all()}
        new = [one for one in source.preparations.all() if (one.function, one.text) not in there]
        added += _copy(meeting, new, place=len(there))
    if tasks:
        known = {(one.phase, one.text) for one in meeting.host_tasks.all()}
        lacking = [one for one in source.host_tasks.all() if (one.phase, one.text) not in known]
        for task in lacking:
            task.done_on, task.done_by = None, ""
        added += _copy(meeting, lacking, place=len(known))
    if added:
        _record(Kind.MEETING_SAVED, meeting, f"kopierade från {source}", by)
    return added


def _copy_agenda(meeting: Meeting, source: Meeting) -> int:
    """What runs side by side there does so here, after what stands already; days that this one lacks are its last."""
    there = list(meeting.agenda.all())
    known = {(one.title, one.part, one.minutes) for one in there}
    last_day = (meeting.ends_on - meeting.starts_on).days + 1
    after = max((one.position for one in there), default=0)
    new = [one for one in source.agenda.all() if (one.title, one.part, one.minutes) not in known]
    places = {key: after + place for place, key in enumerate(sorted({(one.day, one.position) for one in new}), 1)}
    for one in new:
        one.position = places[one.day, one.position]
        one.day = min(one.day, last_day)
        one.pk, one.meeting, one._state.adding = None, meeting, True
    AgendaItem.objects.bulk_create(new)
    return len(new)


def _copy(meeting: Meeting, rows: Sequence[Preparation | HostTask], *, place: int) -> int:
    for number, row in enumerate(rows, start=place + 1):
        row.meeting, row.position = meeting, number
        row.pk, row._state.adding = None, True
        row.save()
    return len(rows)


def _record(kind: Kind, meeting: Meeting, what: str, by: User) -> None:
    audit.record(kind, target=meeting, by=by, organisation=trail_of(meeting, by), what=what, **about(meeting))
