"""What a meeting is to give, where it is and what was written down of it. Its days are moved elsewhere."""

from __future__ import annotations

from datetime import time
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from cohorts.models import Participation
from meetings.actions.holding import about, held, trail_of
from meetings.models import Meeting
from meetings.page import when_of
from meetings.telling import tell_of_hours
from modell import audit
from modell.audit import Kind
from modell.refusals import ActionRefused
from modell.staleness import Stale, content_of, digest

PLACE = ("goals", "place", "link", "starts_at", "ends_at")
HOURS = ("starts_at", "ends_at")
DOCUMENTATION = ("documentation",)


@transaction.atomic
def save_meeting(
    *,
    meeting: Meeting,
    goals: str,
    place: str,
    link: str,
    starts_at: time | None,
    ends_at: time | None,
    seen: str,
    by: User,
) -> Meeting:
    """Other hours are another time to come: those who have answered are asked again, those who come are told."""
    if ends_at and not starts_at:
        raise ActionRefused("Ange också när träffen börjar.", field="starts_at")
    if starts_at and ends_at and meeting.starts_on == meeting.ends_on and ends_at <= starts_at:
        raise ActionRefused("Träffen slutar efter att den har börjat.", field="ends_at")
    new = {"goals": goals, "place": place, "link": link, "starts_at": starts_at, "ends_at": ends_at}
    return _save(meeting, new, seen, by)


@transaction.atomic
def change_host(*, meeting: Meeting, host: Participation | None, by: User) -> Meeting:
    """Who is host may change agenda and place; so only SKR says who."""
    if host is not None and host.cohort_id != meeting.cohort_id:
        raise ActionRefused("Värden är en organisation i omgången.", field="host")
    return _save(meeting, {"host": host}, digest(content_of(held(meeting), "host")), by)


@transaction.atomic
def save_documentation(*, meeting: Meeting, documentation: str, seen: str, by: User) -> Meeting:
    return _save(meeting, {"documentation": documentation}, seen, by)


def _save(meeting: Meeting, new: dict[str, Any], seen: str, by: User) -> Meeting:
    row = held(meeting)
    stored = content_of(row, *new)
    if stored == new:
        return row
    if digest(stored) != seen:
        raise Stale(stored)
    changed = [name for name in new if stored[name] != new[name]]
    trail, before = trail_of(row, by), when_of(row)
    for name in changed:
        setattr(row, name, new[name])
    is_another_time = any(name in HOURS for name in changed)
    if is_another_time:
        row.sequence += 1
    row.save()
    if is_another_time:
        tell_of_hours(row, before=before, now=when_of(row), today=timezone.localdate())
    what = ", ".join(str(Meeting._meta.get_field(name).verbose_name) for name in changed)  # type: ignore[union-attr]
    audit.record(Kind.MEETING_SAVED, target=row, by=by, organisation=trail, what=what, **about(row))
    return row
