"""Who is told when a meeting is moved or called off: those it is for (`meetings.whom`), each person once."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from cohorts.enums import Status
from cohorts.models import Cohort, Delegate, GroupMentor
from meetings.models import Meeting
from meetings.whom import functions_for, is_expected


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
        own = [row for row in self.mentorships if row.participation_id == delegate.participation_id]
        return delegate.function in functions_for(meeting) and is_expected(delegate.participation, meeting, own)
