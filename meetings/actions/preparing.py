"""Actions before a meeting: preparations and their ticks, the organiser's checklist, copies from another meeting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from cohorts.models import Delegate
from kit import audit
from kit.editing import save
from kit.refusals import ActionRefused
from kit.staleness import content_of
from meetings.actions.holding import about, locked, locked_seats, trail_of
from meetings.models import AgendaItem, HostTask, Meeting, Preparation, PreparationTick
from meetings.trail import MeetingEvent

PREPARATION = ("function", "text", "url", "days_before")


@transaction.atomic
def save_preparation(
    *, preparation: Preparation, function: str, text: str, url: str, days_before: int, seen: str, by: User
) -> Preparation:
    meeting = locked(preparation.meeting)
    new = {"function": function, "text": text, "url": url, "days_before": days_before}
    rows = list(meeting.preparations.all())
    row = next((stored for stored in rows if stored.pk == preparation.pk), None)
    if row is None and preparation.pk:
        raise ActionRefused("Förberedelsen är borttagen. Gå tillbaka till listan.")
    twin = next((stored for stored in rows if (stored.function, stored.text) == (function, text)), None)
    if twin and twin.pk != preparation.pk:
        if row is None and content_of(twin, *PREPARATION) == new:
            return twin  # the second of two clicks
        raise ActionRefused("Den förberedelsen finns redan i listan.", field="text")
    row = row or Preparation(meeting=meeting, position=len(rows) + 1)
    if save(row, new, seen=seen):
        _record(MeetingEvent.PREPARATIONS_SAVED, meeting, row.text, by)
    return row


@transaction.atomic
def remove_preparation(*, preparation: Preparation, by: User) -> None:
    meeting = locked(preparation.meeting)
    if Preparation.objects.filter(pk=preparation.pk, meeting=meeting).delete()[0]:
        _record(MeetingEvent.PREPARATIONS_SAVED, meeting, preparation.text, by)


@transaction.atomic
def tick_preparation(*, preparation: Preparation, delegates: Iterable[Delegate], done: bool, by: User) -> None:
    seats = locked_seats(delegate.pk for delegate in delegates)
    meeting = locked(preparation.meeting)
    for delegate in seats.values():
        if done:
            changed = PreparationTick.objects.get_or_create(preparation=preparation, delegate=delegate)[1]
        else:
            changed = bool(PreparationTick.objects.filter(preparation=preparation, delegate=delegate).delete()[0])
        if changed:
            audit.record(
                MeetingEvent.PREPARATION_TICKED,
                target=meeting,
                by=by,
                organisation=delegate.participation.organisation.code,
                what=preparation.text if done else f"{preparation.text} (inte klar)",
                **about(meeting),
            )


@transaction.atomic
def add_task(*, meeting: Meeting, phase: str, text: str, by: User) -> HostTask:
    meeting = locked(meeting)
    twin = meeting.host_tasks.filter(phase=phase, text=text).first()
    if twin:
        return twin
    task = HostTask.objects.create(meeting=meeting, phase=phase, text=text, position=meeting.host_tasks.count() + 1)
    _record(MeetingEvent.MEETING_SAVED, meeting, task.text, by)
    return task


@transaction.atomic
def tick_task(*, task: HostTask, done: bool, by: User) -> None:
    meeting = locked(task.meeting)
    row = HostTask.objects.filter(pk=task.pk, meeting=meeting).first()
    if row is None or bool(row.done_on) == done:
        return
    row.done_on, row.done_by = (timezone.localdate(), by.name) if done else (None, "")
    row.save()
    _record(MeetingEvent.HOST_TASK_TICKED, meeting, row.text if done else f"{row.text} (inte klar)", by)


@transaction.atomic
def remove_task(*, task: HostTask, by: User) -> None:
    meeting = locked(task.meeting)
    if HostTask.objects.filter(pk=task.pk, meeting=meeting).delete()[0]:
        _record(MeetingEvent.MEETING_SAVED, meeting, f"{task.text} (borttagen)", by)


@transaction.atomic
def copy_from(*, meeting: Meeting, source: Meeting, agenda: bool, preparations: bool, tasks: bool, by: User) -> int:
    """Add what the other meeting has and this one lacks, replace nothing, and return the number of rows added."""
    if not (agenda or preparations or tasks):
        raise ActionRefused("Välj något att kopiera.", field="what")
    if source.pk == meeting.pk:
        raise ActionRefused("Välj en annan träff än den här.", field="source")
    meeting = locked(meeting)
    added = 0
    if agenda:
        added += _copy_agenda(meeting, source)
    if preparations:
        listed = {(row.function, row.text) for row in meeting.preparations.all()}
        new = [row for row in source.preparations.all() if (row.function, row.text) not in listed]
        added += _copy(meeting, new, place=len(listed))
    if tasks:
        known = {(task.phase, task.text) for task in meeting.host_tasks.all()}
        lacking = [task for task in source.host_tasks.all() if (task.phase, task.text) not in known]
        for task in lacking:
            task.done_on, task.done_by = None, ""
        added += _copy(meeting, lacking, place=len(known))
    if added:
        _record(MeetingEvent.MEETING_SAVED, meeting, f"kopierade från {source}", by)
    return added


def _copy_agenda(meeting: Meeting, source: Meeting) -> int:
    items = list(meeting.agenda.all())
    known = {(item.title, item.part, item.minutes) for item in items}
    last_day = (meeting.ends_on - meeting.starts_on).days + 1
    after = max((item.position for item in items), default=0)
    new = [item for item in source.agenda.all() if (item.title, item.part, item.minutes) not in known]
    # Items that run at the same time keep doing so, after everything that is here already.
    places = {key: after + place for place, key in enumerate(sorted({(item.day, item.position) for item in new}), 1)}
    for item in new:
        item.position = places[item.day, item.position]
        item.day = min(item.day, last_day)  # the other meeting may have more days
        item.pk, item.meeting, item._state.adding = None, meeting, True
    AgendaItem.objects.bulk_create(new)
    return len(new)


def _copy(meeting: Meeting, rows: Sequence[Preparation | HostTask], *, place: int) -> int:
    for number, row in enumerate(rows, start=place + 1):
        row.meeting, row.position = meeting, number
        row.pk, row._state.adding = None, True
        row.save()
    return len(rows)


def _record(kind: MeetingEvent, meeting: Meeting, what: str, by: User) -> None:
    audit.record(kind, target=meeting, by=by, organisation=trail_of(meeting, by), what=what, **about(meeting))
