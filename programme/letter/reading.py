"""All that the letter is made of, read at once."""

from dataclasses import dataclass

from django.utils import timezone

from accounts.enums import SkrRole
from accounts.models import User
from cohorts.enums import Function, Status
from cohorts.models import Cohort, Delegate, ExpectedResult, GroupMentor, Participation
from meetings.enums import MeetingKind
from meetings.models import Meeting, Period, Preparation
from programme.letter.timetable import whole
from programme.models import Letter

ASIDE = (MeetingKind.MENTOR_MEETING, MeetingKind.STRATEGIST_MEETING, MeetingKind.DEEP_DIVE)


@dataclass(frozen=True)
class Read:
    """The number of queries is the same however many take part."""

    cohort: Cohort
    letter: Letter
    members: tuple[Participation, ...]
    mentors: tuple[Participation, ...]
    wanted: tuple[ExpectedResult, ...]
    tasks: tuple[GroupMentor, ...]
    meetings: tuple[Meeting, ...]
    preparations: tuple[Preparation, ...]
    periods: tuple[Period, ...]
    strategists: tuple[Delegate, ...]
    staff: tuple[User, ...]

    @property
    def first(self) -> Meeting | None:
        """Where all meet for the first time; strategists and mentors may have met before."""
        joint = [meeting for meeting in self.meetings if meeting.kind not in ASIDE]
        return next(iter(joint or self.meetings), None)


def read(cohort: Cohort) -> Read:
    today = timezone.localdate()
    present = cohort.participations.with_organisation().exclude(status=Status.WITHDRAWN)
    rows = list(present.select_related("interest", "group").order_by("organisation__name"))
    meetings = whole(cohort.meetings.select_related("group"))
    by_group = GroupMentor.objects.filter(group__cohort=cohort).select_related("participation__organisation")
    delegates = Delegate.objects.filter(
        participation__cohort=cohort, function=Function.STRATEGIST, deputy=False
    ).current_or_coming(today)
    return Read(
        cohort=cohort,
        letter=getattr(cohort, "letter", None) or Letter(cohort=cohort),
        members=tuple(row for row in rows if row.is_participant),
        mentors=tuple(row for row in rows if not row.is_participant),
        wanted=tuple(cohort.expected_results.all()),
        tasks=tuple(by_group.order_by("group__position", "position", "pk")),
        meetings=tuple(meetings),
        preparations=tuple(Preparation.objects.filter(meeting__in=meetings).select_related("meeting")),
        periods=tuple(cohort.periods.select_related("after", "before", "cohort")),
        strategists=tuple(delegates.select_related("user").order_by("user__name", "pk")),
        staff=tuple(User.objects.filter(skr_role=SkrRole.ADMINISTRATOR, is_active=True).order_by("name")),
    )
