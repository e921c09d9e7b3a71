"""Whom a meeting is for: the one rule. The page, the answers, the reminders, the calendar and the mail all ask here.

It stands twice, for rows that are read and for the database; tests/test_whom.py holds the two to each other.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Protocol

from django.db.models import Exists, OuterRef, Q, QuerySet

from cohorts.enums import Function, MentorModel, Role, Status
from cohorts.models import Delegate, GroupMentor, Participation
from cohorts.roles import Roles, Seat
from meetings.enums import MeetingKind
from meetings.models import Meeting


class Mentored(Protocol):
    """A group that an organisation mentors, often for one theme."""

    @property
    def group_id(self) -> int: ...

    @property
    def theme(self) -> str: ...


def functions_for(meeting: Meeting) -> tuple[str, ...]:
    """A strategträff is for strategists; the others for all."""
    return (Function.STRATEGIST,) if meeting.kind == MeetingKind.STRATEGIST_MEETING else tuple(Function)


def is_expected(participation: Participation, meeting: Meeting, mentored: Iterable[Mentored]) -> bool:
    """Whether the organisation is to be there: neither before it joined nor after it has left."""
    if participation.cohort_id != meeting.cohort_id or not participation.is_active_on(meeting.starts_on):
        return False
    if participation.is_participant:
        return _is_for_participant(meeting, participation.group_id)
    return _is_for_mentor(meeting, mentored)


def _is_for_participant(meeting: Meeting, group_id: int | None) -> bool:
    return meeting.kind != MeetingKind.MENTOR_MEETING and meeting.group_id in (None, group_id)


def _is_for_mentor(meeting: Meeting, mentored: Iterable[Mentored]) -> bool:
    """A mentor comes to what its groups come to; a shared lärandeträff is for the mentor whose theme it is."""
    own = [one for one in mentored if meeting.group_id in (None, one.group_id)]
    if meeting.group_id is not None and not own:
        return False
    themes = {one.theme for one in own if one.theme} if _is_shared(meeting) else set()
    return not themes or meeting.theme in themes


def _is_shared(meeting: Meeting) -> bool:
    """Whether the mentors share it out among them by theme."""
    return meeting.kind == MeetingKind.LEARNING_MEETING and meeting.cohort.mentor_model == MentorModel.BY_THEME


def organisations_at(meeting: Meeting) -> QuerySet[Participation]:
    """`is_expected`, for the database."""
    groups = GroupMentor.objects.filter(participation=OuterRef("pk"))
    if meeting.group_id is not None:
        groups = groups.filter(group=meeting.group_id)
    participants = Q(role=Role.PARTICIPANT) if meeting.kind != MeetingKind.MENTOR_MEETING else Q(pk__in=[])
    mentors = ~Q(role=Role.PARTICIPANT)
    if meeting.group_id is not None:
        participants &= Q(group=meeting.group_id)
        mentors &= Q(Exists(groups))
    if _is_shared(meeting):
        themed = groups.exclude(theme="")
        mentors &= Q(~Exists(themed)) | Q(Exists(themed.filter(theme=meeting.theme)))
    there = ~Q(status=Status.WITHDRAWN) | Q(withdrawn_on__gte=meeting.starts_on)
    joined = Q(joined_on=None) | Q(joined_on__lte=meeting.starts_on)
    found = Participation.objects.with_organisation().filter(there, joined, cohort=meeting.cohort_id)
    return found.filter(participants | mentors)


def delegates_at(meeting: Meeting, today: date, *, also: int | None = None) -> QuerySet[Delegate]:
    """Who was a representant on its day; before it, who is one today. `also` is one more, whose time may be over."""
    there = Delegate.objects.filter(
        participation__in=organisations_at(meeting).order_by().values("pk"), function__in=functions_for(meeting)
    ).current(min(today, meeting.starts_on))
    return there if also is None else there | Delegate.objects.filter(pk=also)


def seats_at(roles: Roles, meeting: Meeting) -> Iterator[Seat]:
    """The person's seats that the meeting lies within, whatever their function: they read what was said there.

    A mentor reads all its groups' meetings, also those that another mentor has taken by theme.
    """
    for seat in roles.seats:
        if seat.cohort_id != meeting.cohort_id:
            continue
        if not seat.is_mentoring:
            within = _is_for_participant(meeting, seat.group_id)
        else:
            within = meeting.group_id is None or meeting.group_id in roles.mentored_group_ids
        if within:
            yield seat


def seats_asked_to(roles: Roles, meeting: Meeting) -> list[Seat]:
    """Those of them that are asked to come."""
    return [
        seat
        for seat in seats_at(roles, meeting)
        if seat.function in functions_for(meeting)
        and not seat.has_left
        and (not seat.is_mentoring or _is_for_mentor(meeting, roles.mentored))
    ]


def meetings_of(roles: Roles) -> list[Meeting]:
    """What a person is asked to come to, in time's order, and all in the omgångar they evaluate; of SKR's staff the
    omgångar they are the contact of."""
    meetings = Meeting.objects.visible_to(roles).select_related("cohort").order_by("starts_on", "pk")
    if roles.is_skr:
        return list(meetings.filter(cohort__contact=roles.user_id))
    evaluated = roles.evaluated_cohort_ids
    own = meetings.filter(cohort__in=roles.cohort_ids | evaluated)
    return [meeting for meeting in own if meeting.cohort_id in evaluated or seats_asked_to(roles, meeting)]
