"""Every write to an agenda. The meeting's row is held, so that the order stays one."""

from __future__ import annotations

from datetime import time
from typing import Any

from django.db import transaction

from accounts.models import User
from meetings.actions.holding import about, held, trail_of
from meetings.agenda import ALONE
from meetings.models import AgendaItem, Meeting
from modell import audit
from modell.audit import Kind
from modell.refusals import ActionRefused
from modell.staleness import Stale, content_of, digest

ITEM = ("title", "minutes", "part", "whose", "text", "day", "starts_at")
# Where an item is put: at the end of its day, or at the position of another one, side by side.
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
    """`beside` is the position of what runs at the same time, LAST for an item by itself, None to leave it there."""
    meeting = held(item.meeting)
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
    there = list(meeting.agenda.all())
    row = next((one for one in there if one.pk == item.pk), None)
    if row is None and item.pk:
        raise ActionRefused("Punkten är borttagen. Gå tillbaka till dagordningen.")
    if row is None and (twin := _twin(new, there, beside)):
        return twin  # the second of two clicks
    row = row or AgendaItem(meeting=meeting)
    position = _position(row, there, day, beside)
    if row.pk and (content_of(row, *ITEM), row.position) == (new, position):
        return row
    if row.pk and digest(content_of(row, *ITEM)) != seen:
        raise Stale(content_of(row, *ITEM))
    _refuse_beside([one for one in there if (one.day, one.position) == (day, position) and one.pk != row.pk], part)
    _store(row, {**new, "position": position})
    _record(meeting, row.title, by)
    return row


@transaction.atomic
def move_block(*, item: AgendaItem, up: bool, seen: int, by: User) -> None:
    """One step earlier or later in its day, with what runs beside it. `seen` is where it stood on the page."""
    meeting = held(item.meeting)
    there = list(meeting.agenda.all())
    row = next((one for one in there if one.pk == item.pk), None)
    if row is None or row.position != seen:
        return
    positions = sorted({one.position for one in there if one.day == row.day})
    place = positions.index(row.position) + (-1 if up else 1)
    if not 0 <= place < len(positions):
        return
    mine, other = row.position, positions[place]
    swapped = {mine: other, other: mine}
    for one in there:
        if one.day == row.day and one.position in swapped:
            one.position = swapped[one.position]
            one.save(update_fields=["position"])
    _record(meeting, row.title, by)


@transaction.atomic
def remove_item(*, item: AgendaItem, by: User) -> None:
    meeting = held(item.meeting)
    if AgendaItem.objects.filter(pk=item.pk, meeting=meeting).delete()[0]:
        _record(meeting, item.title, by)


def _twin(new: dict[str, Any], there: list[AgendaItem], beside: int | None) -> AgendaItem | None:
    """The same item where this one would be put: as the last, or at the position that is chosen."""
    at = [one for one in there if one.position == beside] if beside else there[-1:]
    return next((one for one in at if content_of(one, *ITEM) == new), None)


def _position(row: AgendaItem, there: list[AgendaItem], day: int, beside: int | None) -> int:
    if beside is None and row.pk and row.day == day:
        return row.position
    if beside:
        if not any((one.day, one.position) == (day, beside) for one in there):
            raise ActionRefused("Välj en punkt samma dag som den ska ligga samtidigt med.", field="beside")
        return beside
    return max((one.position for one in there), default=0) + 1


def _refuse_day(meeting: Meeting, day: int) -> None:
    if not 1 <= day <= (meeting.ends_on - meeting.starts_on).days + 1:
        raise ActionRefused("Träffen har inte så många dagar.", field="day")


def _refuse_beside(others: list[AgendaItem], part: str) -> None:
    if not others:
        return
    if part in ALONE or any(one.part in ALONE for one in others):
        raise ActionRefused("En punkt där alla är med kan inte ligga samtidigt som en annan.", field="beside")
    if any(one.part == part for one in others):
        raise ActionRefused("Samma deltagare har redan en annan punkt samtidigt.", field="beside")


def _store(row: AgendaItem, new: dict[str, Any]) -> None:
    for name, value in new.items():
        setattr(row, name, value)
    row.save()


def _record(meeting: Meeting, what: str, by: User) -> None:
    audit.record(
        Kind.AGENDA_SAVED, target=meeting, by=by, organisation=trail_of(meeting, by), what=what, **about(meeting)
    )
