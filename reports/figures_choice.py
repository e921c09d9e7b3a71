"""Which meeting of an omgång someone's figures are of, and which earlier one they are compared with."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from assessments.figures.panels import answered_meetings
from cohorts.models import Cohort
from cohorts.roles import Roles
from meetings.models import Meeting
from meetings.whom import is_of_group
from reports.figures import reads_all


class NoSuchMeeting(LookupError):
    """A key names no meeting with figures that the person reaches."""


@dataclass(frozen=True)
class FiguresChoice:
    meetings: tuple[Meeting, ...]
    meeting: Meeting | None
    since: Meeting | None


def choice_of(roles: Roles, cohort: Cohort, key: str | None = None, since: str | None = None) -> FiguresChoice:
    """Return the meetings to choose from and the two chosen; raise `NoSuchMeeting` for a key that is not among them."""
    meetings = _meetings(cohort, roles)
    meeting = _named(meetings, key) if key is not None else _last(meetings, live=reads_all(roles, cohort))
    if meeting is None:
        return FiguresChoice(tuple(meetings), None, None)
    if since is None:
        return FiguresChoice(tuple(meetings), meeting, _before(meeting, meetings))
    earlier = _named(meetings[: meetings.index(meeting)], since)
    return FiguresChoice(tuple(meetings), meeting, earlier)


def _meetings(cohort: Cohort, roles: Roles) -> list[Meeting]:
    answered = answered_meetings(cohort).select_related("cohort", "group")
    if reads_all(roles, cohort):
        return list(answered)
    return list(answered.filter(Q(group=None) | Q(group__in=roles.group_ids | roles.mentored_group_ids)))


def _named(meetings: list[Meeting], key: str) -> Meeting:
    meeting = next((meeting for meeting in meetings if meeting.key == key), None)
    if meeting is None:
        raise NoSuchMeeting(key)
    return meeting


def _last(meetings: list[Meeting], *, live: bool) -> Meeting | None:
    """Return the last meeting that has opened; with `live` figures the last of all."""
    open_to_all = [meeting for meeting in meetings if meeting.has_begun(timezone.localdate())]
    of_interest = meetings if live else open_to_all or meetings
    return of_interest[-1] if of_interest else None


def _before(meeting: Meeting, meetings: list[Meeting]) -> Meeting | None:
    earlier = meetings[: meetings.index(meeting)]
    same = [other for other in earlier if is_of_group(other, meeting.group_id)]
    return same[-1] if same else None
