"""Actions that change a meeting, but not its dates. The meeting's page and the page for dates both write here."""

from __future__ import annotations

from collections.abc import Collection
from datetime import time
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from cohorts.models import Participation
from kit import audit
from kit.editing import change
from kit.refusals import ActionRefused
from meetings.actions.holding import about, hold_days, locked, trail_of
from meetings.actions.mentors import meet_wishes
from meetings.circles import circle_from, circle_words
from meetings.kinds import MeetingKind
from meetings.models import Meeting
from meetings.models.meeting import ENDS_TOO_EARLY, NO_START, PREPARES_ITSELF, hours_in_order
from meetings.page import when_of
from meetings.telling import tell_of_hours
from meetings.trail import MeetingEvent

PLACE = ("goals", "place", "link", "starts_at", "ends_at")
HOURS = ("starts_at", "ends_at")
DOCUMENTATION = ("documentation",)


@transaction.atomic
def save_meeting(*, meeting: Meeting, seen: str | None, by: User, is_told: bool = True, **facts: Any) -> Meeting:
    """Save the given fields. Changed hours make all answers void, and send a mail to those who had said yes.

    `is_told` is False where a mail about another day is sent instead.
    """
    if "hangs_on" in facts:
        hold_days(meeting.cohort)
    return _save(locked(meeting), facts, seen, by, is_told=is_told)


@transaction.atomic
def change_host(*, meeting: Meeting, host: Participation | None, by: User) -> Meeting:
    # Only SKR chooses the host, because a host may change the agenda and the place.
    if host is not None and host.cohort_id != meeting.cohort_id:
        raise ActionRefused("Värden är en organisation i omgången.", field="host")
    return _save(locked(meeting), {"host": host}, None, by)


@transaction.atomic
def save_documentation(*, meeting: Meeting, documentation: str, seen: str, by: User) -> Meeting:
    return _save(locked(meeting), {"documentation": documentation}, seen, by)


def _save(row: Meeting, new: dict[str, Any], seen: str | None, by: User, *, is_told: bool = True) -> Meeting:
    trail, before = trail_of(row, by), when_of(row)
    changes = change(row, new, seen=seen)
    if changes is None:
        return row
    refuse_facts(row, new)
    is_another_time = changes.touch(HOURS)
    if is_another_time:
        row.sequence += 1
    row.save()
    if changes.touch(("theme", "name")):
        meet_wishes(row)
    if is_another_time and is_told:
        tell_of_hours(row, before=before, now=when_of(row), today=timezone.localdate())
    audit.record(
        MeetingEvent.MEETING_SAVED,
        target=row,
        by=by,
        organisation=trail,
        what=changes.labels(Meeting),
        **about(row),
    )
    return row


def refuse_facts(meeting: Meeting, names: Collection[str]) -> None:
    """Refuse values that a meeting cannot have, each at its field; `names` are the fields that are being written."""
    if "theme" in names:
        refuse_theme(MeetingKind(meeting.kind), meeting.theme)
    if "ends_at" in names:
        refuse_hours(meeting.starts_at, meeting.ends_at, days=meeting.n_days)
    if "hangs_on" in names:
        _refuse_circle(meeting)


def refuse_theme(kind: MeetingKind, theme: str) -> None:
    if kind.facts.is_themed and not theme:
        raise ActionRefused(f"En {kind.label.lower()} har ett tema. Skriv det.", field="theme")


def refuse_hours(starts_at: time | None, ends_at: time | None, *, days: int) -> None:
    if ends_at and not starts_at:
        raise ActionRefused(NO_START, field="starts_at")
    if not hours_in_order(starts_at, ends_at, days=days):
        raise ActionRefused(ENDS_TOO_EARLY, field="ends_at")


def _refuse_circle(meeting: Meeting) -> None:
    # Read again, because `meeting.hangs_on` was read before the omgång's dates were locked.
    rows = Meeting.objects.filter(cohort=meeting.cohort_id).in_bulk()
    if meeting.hangs_on_id is not None and meeting.hangs_on_id not in rows:
        raise ActionRefused("Träffen som förbereds hör till en annan omgång.", field="hangs_on")
    hangs_on = {pk: row.hangs_on_id for pk, row in rows.items()} | {meeting.pk: meeting.hangs_on_id}
    circle = circle_from(meeting.pk, hangs_on)
    if len(circle) == 1:
        raise ActionRefused(PREPARES_ITSELF, field="hangs_on")
    if circle:
        raise ActionRefused(circle_words([str(rows[pk]) for pk in circle]), field="hangs_on")
