"""Who has handed in what for a meeting. Of a draft only how many moment have a value is told."""

from dataclasses import dataclass
from datetime import date

from checklist.models import Assessment
from checklist.panels import expected_at
from cohorts.models import Cohort, Participation
from meetings.models import Meeting


@dataclass(frozen=True)
class Readiness:
    """One organisation before a meeting. `rated` counts moment with a value; None where nothing is begun."""

    participation: Participation
    submitted_on: date | None
    rated: int | None

    @property
    def is_submitted(self) -> bool:
        return self.submitted_on is not None


def meeting_to_watch(cohort: Cohort, today: date) -> Meeting | None:
    """The coming meeting that organisations rate themselves before; when there is none, the last one."""
    assessed = cohort.meetings.assessed()
    return assessed.coming(today).first() or assessed.order_by("-starts_on", "-number").first()


def readiness_for(meeting: Meeting) -> list[Readiness]:
    assessments = Assessment.objects.filter(meeting=meeting).with_progress()
    by_participation = {assessment.participation_id: assessment for assessment in assessments}
    return [_readiness(participation, by_participation.get(participation.pk)) for participation in expected_at(meeting)]


def _readiness(participation: Participation, assessment: Assessment | None) -> Readiness:
    if assessment is None:
        return Readiness(participation, None, None)
    return Readiness(participation, assessment.submitted_on, assessment.rated)
