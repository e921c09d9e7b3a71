"""What waits for a person: the assessment that is due, the report, the work of the groups they mentor."""

from dataclasses import dataclass
from datetime import date

from checklist.models import Assessment
from cohorts.models import Participation
from cohorts.roles import Roles
from meetings.models import Meeting


@dataclass(frozen=True)
class Due:
    """The next meeting's assessment of one organisation; `assessment` is None before it is begun."""

    participation: Participation
    meeting: Meeting
    assessment: Assessment | None
    today: date

    @property
    def is_late(self) -> bool:
        return not self.is_done and self.meeting.assessment_due_on < self.today

    @property
    def is_done(self) -> bool:
        return self.assessment is not None and self.assessment.is_submitted


def next_due(participation: Participation, today: date) -> Due | None:
    """The first assessment not yet handed in whose meeting lies ahead, else the next one, done or not."""
    meetings = Meeting.objects.assessed().concerning(participation).coming(today)
    assessments = {row.meeting_id: row for row in Assessment.objects.filter(participation=participation).with_progress()}
    found = [Due(participation, meeting, assessments.get(meeting.pk), today) for meeting in meetings]
    return next((due for due in found if not due.is_done), found[0] if found else None)


def to_read(roles: Roles) -> list[Assessment]:
    """The newest submitted assessment of each organisation one mentors."""
    assessments = (
        Assessment.objects.visible_to(roles)
        .submitted()
        .at_meetings()
        .filter(participation__group__in=roles.mentored_group_ids)
        .select_related("participation__organisation", "participation__cohort", "meeting")
        .order_by("participation__position", "-meeting__starts_on")
    )
    newest: dict[int, Assessment] = {}
    for assessment in assessments:
        newest.setdefault(assessment.participation_id, assessment)
    return list(newest.values())
