"""Action that saves the days, hours and places of all coming meetings at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from cohorts.models import Cohort
from kit.editing import compare
from kit.refusals import ActionRefused
from kit.staleness import content_of
from meetings.actions.editing import save_meeting
from meetings.actions.holding import hold_days, hold_in_order
from meetings.models import Meeting
from planning.actions.cohorts import widen
from planning.actions.dates import put_on, record_move
from planning.setup.move_mails import Move, tell_of_move
from planning.setup.moving import consequences_of

FACTS = ("starts_at", "ends_at", "place", "link")
COLUMNS = ("starts_on", *FACTS)


@dataclass(frozen=True)
class TableSaved:
    """`n_changed` counts the meetings whose day, hours or place were changed."""

    n_changed: int
    n_mailed: int


def table_meetings(cohort: Cohort, today: date) -> list[Meeting]:
    return list(cohort.meetings.taking_place().filter(ends_on__gte=today).select_related("group", "cohort"))


def stored_table(meetings: Iterable[Meeting]) -> dict[str, Any]:
    return {
        f"{name}_{meeting.pk}": value for meeting in meetings for name, value in content_of(meeting, *COLUMNS).items()
    }


def moves_of(meetings: Iterable[Meeting], wanted: Mapping[str, Any]) -> list[Move]:
    """Return the meetings that get another day; each keeps its length, and none follows another."""
    moves = []
    for meeting in meetings:
        first, before = wanted[f"starts_on_{meeting.pk}"], (meeting.starts_on, meeting.ends_on)
        if first != meeting.starts_on:
            moves.append(Move(meeting, before, (first, first + (meeting.ends_on - meeting.starts_on))))
    return moves


@transaction.atomic
def save_date_table(*, cohort: Cohort, wanted: Mapping[str, Any], seen: str, by: User) -> TableSaved:
    """Save the table and mail each person once about meetings on another day.

    Refuse a move that opens or locks what is handed in: that is done, with a reason, on the meeting's own page.
    """
    today = timezone.localdate()
    cohort = hold_days(cohort)
    hold_in_order(cohort.meetings.all())
    meetings = table_meetings(cohort, today)
    changes = compare(stored_table(meetings), wanted, seen=seen)
    if changes is None:
        return TableSaved(0, 0)
    moves = moves_of(meetings, wanted)
    _move(cohort, moves, today, by)
    moved = {move.meeting for move in moves}
    for meeting in meetings:
        _save_facts(meeting, wanted, by, is_told=meeting not in moved)
    n_mailed = tell_of_move(cohort, moves, why="", today=today) if moves else 0
    return TableSaved(len({name.rpartition("_")[2] for name in changes.names}), n_mailed)


def _move(cohort: Cohort, moves: Sequence[Move], today: date, by: User) -> None:
    for move in moves:
        if sentence := why_not_here(move, today):
            raise ActionRefused(sentence, field=f"starts_on_{move.meeting.pk}")
        put_on(move.meeting, move.after)
        record_move(move.meeting, [move], "", by)
    if moves:
        firsts, lasts = zip(*(move.after for move in moves), strict=True)
        widen(cohort, min(firsts), max(lasts))


def why_not_here(move: Move, today: date) -> str:
    """Return why a meeting is not moved from the table; empty if it can be."""
    if consequences_of(move.meeting, *move.after, today):
        return f"Flytta {move.meeting} på sin egen sida. Där ser du vad det innebär och skriver varför."
    return ""


def _save_facts(meeting: Meeting, wanted: Mapping[str, Any], by: User, *, is_told: bool) -> None:
    facts = {name: wanted[f"{name}_{meeting.pk}"] for name in FACTS}
    if facts == content_of(meeting, *FACTS):
        return
    try:
        save_meeting(meeting=meeting, seen=None, by=by, is_told=is_told, **facts)
    except ActionRefused as refusal:
        raise ActionRefused(refusal.sentence, field=f"{refusal.field}_{meeting.pk}") from refusal
