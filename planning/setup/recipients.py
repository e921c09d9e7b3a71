"""The persons who are mailed when a meeting is moved or cancelled: those it is for (`meetings.whom`), once each."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from cohorts.enums import Status
from cohorts.models import Cohort, Delegate, GroupMentor
from meetings.models import Meeting
from meetings.whom import functions_asked


class Recipients:
    """The omgång's present representatives, without those of an organisation that has left. They are read once."""

    def __init__(self, cohort: Cohort, today: date) -> None:
        self.cohort = cohort
        there = ~Q(participation__status=Status.WITHDRAWN) | Q(participation__withdrawn_on__gte=today)
        self.delegates = list(
            Delegate.objects.filter(there, participation__cohort=cohort)
            .current(today)
            .select_related("user", "participation__organisation")
            .order_by("participation__position", "pk")
        )
        self.mentorships = list(GroupMentor.objects.filter(group__cohort=cohort).prefetch_related("meetings"))

    def with_meetings(self, meetings: Iterable[Meeting]) -> dict[Delegate, list[Meeting]]:
        """Return each person's first seat with those of the meetings that concern any of the person's seats."""
        meetings = list(meetings)
        seats: dict[int, Delegate] = {}
        concerning: dict[int, list[Meeting]] = {}
        for delegate in self.delegates:
            for meeting in meetings:
                known = concerning.setdefault(delegate.user_id, [])
                if meeting not in known and self._concerns(meeting, delegate):
                    seats.setdefault(delegate.user_id, delegate)
                    known.append(meeting)
        return {seat: [meeting for meeting in meetings if meeting in concerning[user]] for user, seat in seats.items()}

    def _concerns(self, meeting: Meeting, delegate: Delegate) -> bool:
        own = [row for row in self.mentorships if row.participation_id == delegate.participation_id]
        return delegate.function in functions_asked(delegate.participation, meeting, own)
