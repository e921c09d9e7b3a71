"""Records that tasks, readiness and reminders are derived from.

Reading them costs as many queries for one person as for 310 organisations. No task is stored: tasks follow the
function, so a hand-over loses none.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from accounts.models import User
from assessments.duties import AssessmentRecords, read_assessments
from cohorts.enums import Function
from cohorts.holders import Holder, takes_part
from cohorts.models import Delegate, Participation
from improvements.duties import WorkRecords, read_work
from kit.ordering import swedish
from meetings.models import Meeting
from meetings.records import MeetingRecords, read_meetings
from mentoring.duties import MentoringRecords, read_mentoring
from reports.duties import ReportRecords, read_reports


@dataclass(frozen=True)
class FollowedRecords:
    """Everything that readiness needs to know; `delegates` are those who have a function today, by participation."""

    today: date
    participations: tuple[Participation, ...]
    delegates: Mapping[int, tuple[Delegate, ...]]
    meetings: MeetingRecords
    assessments: AssessmentRecords
    reports: ReportRecords


@dataclass(frozen=True)
class Records(FollowedRecords):
    """Everything the tasks need to know."""

    mentoring: MentoringRecords
    work: WorkRecords

    def holders(self, user_id: int | None = None) -> list[Holder]:
        return [
            Holder(self.today, participation, delegate, self.delegates[participation.pk])
            for participation in self.participations
            if takes_part(participation)
            for delegate in self.delegates.get(participation.pk, ())
            if user_id in (None, delegate.user_id)
        ]


def read_records(
    participations: QuerySet[Participation], today: date, *, user: User | None = None, only: Meeting | None = None
) -> Records:
    """Read the records. `user` adds which assessments wait for that person's rating; `only` limits to one meeting."""
    rows = tuple(participations.select_related("cohort__contact", "organisation"))
    followed = read_followed(rows, today, user=user, only=only)
    return Records(**vars(followed), mentoring=read_mentoring(rows, today), work=read_work(rows, today))


def read_followed(
    rows: Sequence[Participation], today: date, *, user: User | None = None, only: Meeting | None = None
) -> FollowedRecords:
    """Read what readiness needs about organisations that are read already, with their omgång."""
    return FollowedRecords(
        today=today,
        participations=tuple(rows),
        delegates=_delegates([row.pk for row in rows], today),
        meetings=read_meetings(rows, today, only=only),
        assessments=read_assessments(rows, user),
        reports=read_reports(rows),
    )


def _delegates(participations: list[int], today: date) -> Mapping[int, tuple[Delegate, ...]]:
    current = Delegate.objects.current(today).filter(participation__in=participations).select_related("user")
    by_organisation: dict[int, list[Delegate]] = defaultdict(list)
    for delegate in sorted(current, key=_by_function):
        by_organisation[delegate.participation_id].append(delegate)
    return {pk: tuple(delegates) for pk, delegates in by_organisation.items()}


def _by_function(delegate: Delegate) -> tuple[int, bool, tuple[str, ...], int]:
    return Function.values.index(delegate.function), delegate.deputy, swedish(delegate.user.name), delegate.pk
