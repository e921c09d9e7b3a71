"""Values that the letter is built from, read in a fixed number of queries."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils import timezone

from admission.enums import InterestState
from admission.letter.timetable import without_cancelled
from admission.letter.words import LetterParagraph
from admission.models import Letter
from cohorts.enums import Function, Status
from cohorts.models import Cohort, CohortContact, Delegate, ExpectedResult, GroupMentor, Participation
from kit.filling import fill_known
from kit.ordering import by_name
from kit.prose import split_in_paragraphs
from kit.templatetags.swedish import enumerated
from meetings.kinds import MeetingKind
from meetings.models import Meeting, Period, Preparation


@dataclass(frozen=True)
class LetterMaterial:
    cohort: Cohort
    today: date
    letter: Letter
    members: tuple[Participation, ...]
    mentors: tuple[Participation, ...]
    wanted: tuple[ExpectedResult, ...]
    tasks: tuple[GroupMentor, ...]
    meetings: tuple[Meeting, ...]
    preparations: tuple[Preparation, ...]
    periods: tuple[Period, ...]
    strategists: tuple[Delegate, ...]
    colleagues: tuple[CohortContact, ...]

    def say(self, paragraph: LetterParagraph, **own: str) -> tuple[str, ...]:
        """Return the text in its paragraphs, SKR's if there is one, with its fields filled in."""
        values = {**self._common, **own}
        return tuple(fill_known(part, values) for part in split_in_paragraphs(self.letter.text_of(paragraph)))

    @cached_property
    def _common(self) -> dict[str, str]:
        contact = self.cohort.contact
        return {
            "omgang": self.cohort.name,
            "deltagare": enumerated(row.organisation.name for row in self.members),
            "mentorer": enumerated(row.organisation.name for row in self.mentors) or "mentorerna",
            "kontaktperson": contact.name if contact else "kontaktpersonen på SKR",
        }

    @property
    def joint(self) -> list[Meeting]:
        """Return the meetings for all; strategists and mentors may have met before the first of them."""
        return [meeting for meeting in self.meetings if MeetingKind(meeting.kind).facts.is_main]

    @property
    def first(self) -> Meeting | None:
        return next(iter(self.joint or self.meetings), None)

    @property
    def coming(self) -> Meeting | None:
        """Return the first joint meeting that has not begun, which is another for those who join late."""
        joint = self.joint or self.meetings
        return next((meeting for meeting in joint if meeting.starts_on >= self.today), None)


def board_decision(row: Participation) -> tuple[date, str] | None:
    """Return when and by whom the organisation was admitted; None if nobody has noted it."""
    interest = getattr(row, "interest", None)
    if interest is None or interest.state != InterestState.ADMITTED:
        return None
    return (interest.answered_on, interest.answered_by) if interest.answered_on and interest.answered_by else None


def material_of(cohort: Cohort) -> LetterMaterial:
    today = timezone.localdate()
    present = cohort.participations.with_organisation().exclude(status=Status.WITHDRAWN)
    rows = list(present.select_related("interest", "group").order_by(by_name("organisation__name")))
    meetings = without_cancelled(cohort.meetings.select_related("group"))
    by_group = GroupMentor.objects.filter(group__cohort=cohort).select_related("participation__organisation")
    delegates = Delegate.objects.filter(
        participation__cohort=cohort, function=Function.STRATEGIST, deputy=False
    ).current_or_coming(today)
    return LetterMaterial(
        cohort=cohort,
        today=today,
        letter=getattr(cohort, "letter", None) or Letter(cohort=cohort),
        members=tuple(row for row in rows if row.is_participant),
        mentors=tuple(row for row in rows if not row.is_participant),
        wanted=tuple(cohort.expected_results.all()),
        tasks=tuple(by_group.prefetch_related("meetings").order_by("group__position", "position", "pk")),
        meetings=tuple(meetings),
        preparations=tuple(Preparation.objects.filter(meeting__in=meetings).select_related("meeting")),
        periods=tuple(cohort.periods.select_related("after", "before", "cohort")),
        strategists=tuple(delegates.select_related("user").order_by(by_name("user__name"), "pk")),
        colleagues=tuple(cohort.colleagues),
    )
