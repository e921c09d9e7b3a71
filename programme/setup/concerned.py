"""Whom a meeting concerns: who is told when it is moved or called off."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from cohorts.enums import Function, MentorModel, Role, Status
from cohorts.models import Cohort, Delegate, GroupMentor
from meetings.enums import MeetingKind
from meetings.models import Meeting

THEMED = (MeetingKind.LEARNING_MEETING, MeetingKind.DEEP_DIVE)


class Concerned:
    """The omgång's present representatives, read once; those of an organisation that has left are not among them."""

    def __init__(self, cohort: Cohort, today: date) -> None:
        self.cohort = cohort
        there = ~Q(participation__status=Status.WITHDRAWN) | Q(participation__withdrawn_on__gte=today)
        self.delegates = list(
            Delegate.objects.filter(there, participation__cohort=cohort)
            .current(today)
            .select_related("user", "participation__organisation")
            .order_by("participation__position", "pk")
        )
        self.mentorships = list(GroupMentor.objects.filter(group__cohort=cohort))

    def by(self, meetings: Iterable[Meeting]) -> dict[Delegate, list[Meeting]]:
        """Each person once, by their first seat, with those of the meetings that concern any of their seats."""
        meetings = list(meetings)
        seats: dict[int, Delegate] = {}
        found: dict[int, list[Meeting]] = {}
        for delegate in self.delegates:
            for meeting in meetings:
                known = found.setdefault(delegate.user_id, [])
                if meeting not in known and self._concerns(meeting, delegate):
                    seats.setdefault(delegate.user_id, delegate)
                    known.append(meeting)
        return {seat: [one for one in meetings if one in found[user]] for user, seat in seats.items()}

    def _concerns(self, meeting: Meeting, delegate: Delegate) -> bool:
        if meeting.kind == MeetingKind.STRATEGIST_MEETING and delegate.function != Function.STRATEGIST:
            return False
        participation = delegate.participation
        if participation.role == Role.PARTICIPANT:
            own = meeting.group_id is None or meeting.group_id == participation.group_id
            return own and meeting.kind != MeetingKind.MENTOR_MEETING
        return self._concerns_mentor(meeting, delegate)

    def _concerns_mentor(self, meeting: Meeting, delegate: Delegate) -> bool:
        """Those of the group; and where mentors share by theme, of a themed meeting those whose theme it is."""
        own = [row for row in self.mentorships if row.participation_id == delegate.participation_id]
        if meeting.group_id is not None:
            own = [row for row in own if row.group_id == meeting.group_id]
            if not own:
                return False
        themes = {row.theme.casefold() for row in own if row.theme}
        by_theme = self.cohort.mentor_model == MentorModel.BY_THEME and meeting.kind in THEMED
        return not (by_theme and themes) or meeting.theme.casefold() in themes
