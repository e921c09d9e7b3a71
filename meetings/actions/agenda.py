"""Actions that change an agenda. Each locks the meeting's row, so that the order of the items stays consistent."""

from __future__ import annotations

from datetime import time
from typing import Any

from django.db import transaction

from accounts.models import User
from kit import audit
from kit.editing import change
from kit.refusals import ActionRefused
from kit.staleness import content_of
from meetings.actions.holding import about, locked, trail_of
from meetings.agenda import ALONE
from meetings.models import AgendaItem, Meeting
from meetings.trail import MeetingEvent

ITEM = ("title", "minutes", "part", "whose", "text", "day", "starts_at")
# The value of `beside` that puts an item last in its day, by itself.
LAST = 0


@transaction.atomic
def save_item(
    *,
    item: AgendaItem,
    title: str,
    minutes: int,
    part: str,
    whose: str,
    text: str,
    day: int,
    starts_at: time | None,
    beside: int | None,
    seen: str,
    by: User,
) -> AgendaItem:
    """Save an item; `beside` is the position of a parallel item, LAST for one of its own, None to keep its place."""
    meeting = locked(item.meeting)
    new = {
        "title": title,
        "minutes": minutes,
        "part": part,
        "whose": whose,
        "text": text,
        "day": day,
        "starts_at": starts_at,
    }
    _refuse_day(meeting, day)
    items = list(meeting.agenda.all())
    row = next((stored for stored in items if stored.pk == item.pk), None)
    if row is None and item.pk:
        raise ActionRefused("Punkten är borttagen. Gå tillbaka till dagordningen.")
    if row is None and (twin := _twin(new, items, beside)):
        return twin  # the second of two clicks
    row = row or AgendaItem(meeting=meeting)
    position = _position(row, items, day, beside)
    if change(row, new, seen=seen) is None and row.position == position:
        return row
    parallel = [other for other in items if (other.day, other.position) == (day, position) and other.pk != row.pk]
    _refuse_beside(parallel, part)
    row.position = position
    row.save()
    _record(meeting, row.title, by)
    return row


@transaction.atomic
def move_block(*, item: AgendaItem, up: bool, seen: int, by: User) -> None:
    """Move an item and its parallel items one step in their day; `seen` is the position that the page showed."""
    meeting = locked(item.meeting)
    items = list(meeting.agenda.all())
    row = next((stored for stored in items if stored.pk == item.pk), None)
    if row is None or row.position != seen:
        return
    positions = sorted({other.position for other in items if other.day == row.day})
    place = positions.index(row.position) + (-1 if up else 1)
    if not 0 <= place < len(positions):
        return
    own, next_to_it = row.position, positions[place]
    swapped = {own: next_to_it, next_to_it: own}
    for other in items:
        if other.day == row.day and other.position in swapped:
            other.position = swapped[other.position]
            other.save(update_fields=["position"])
    _record(meeting, row.title, by)


@transaction.atomic
def remove_item(*, item: AgendaItem, by: User) -> None:
    meeting = locked(item.meeting)
    if AgendaItem.objects.filter(pk=item.pk, meeting=meeting).delete()[0]:
        _record(meeting, item.title, by)


def _twin(new: dict[str, Any], items: list[AgendaItem], beside: int | None) -> AgendaItem | None:
    candidates = [item for item in items if item.position == beside] if beside else items[-1:]
    return next((item for item in candidates if content_of(item, *ITEM) == new), None)


def _position(row: AgendaItem, items: list[AgendaItem], day: int, beside: int | None) -> int:
    if beside is None and row.pk and row.day == day:
        return row.position
    if beside:
        if not any((item.day, item.position) == (day, beside) for item in items):
            raise ActionRefused("Välj en punkt samma dag som den ska ligga samtidigt med.", field="beside")
        return beside
    return max((item.position for item in items), default=0) + 1


def _refuse_day(meeting: Meeting, day: int) -> None:
    if not 1 <= day <= (meeting.ends_on - meeting.starts_on).days + 1:
        raise ActionRefused("Träffen har inte så många dagar.", field="day")


def _refuse_beside(others: list[AgendaItem], part: str) -> None:
    if not others:
        return
    if part in ALONE or any(other.part in ALONE for other in others):
        raise ActionRefused("En punkt där alla är med kan inte ligga samtidigt som en annan.", field="beside")
    if any(other.part == part for other in others):
        raise ActionRefused("Samma deltagare har redan en annan punkt samtidigt.", field="beside")


def _record(meeting: Meeting, what: str, by: User) -> None:
    audit.record(
        MeetingEvent.AGENDA_SAVED,
        target=meeting,
        by=by,
        organisation=trail_of(meeting, by),
        what=what,
        **about(meeting),
    )
