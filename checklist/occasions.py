"""An organisation's self-assessments as its pages show them: one occasion each, with what has moved since."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from checklist.models import Assessment, Item
from checklist.panels import answers_of
from checklist.statistics import Answers, Movement, own_movement, total
from cohorts.models import Participation
from cohorts.roles import Roles


@dataclass(frozen=True)
class Occasion:
    """A submitted assessment with its values. `since` is the occasion before it on the same checklist."""

    assessment: Assessment
    answers: Answers
    since: "Occasion | None"
    movement: Movement | None

    @property
    def total(self) -> Decimal | None:
        return total(self.answers)

    @property
    def name(self) -> str:
        meeting = self.assessment.meeting
        return meeting.name if meeting else "Utanför träffarna"

    @property
    def raters_changed(self) -> bool | None:
        """Whether the number of raters differs from last time; None where it is not known."""
        if self.since is None or None in (self.assessment.assessors, self.since.assessment.assessors):
            return None
        return self.assessment.assessors != self.since.assessment.assessors


def occasions_of(participation: Participation, roles: Roles, items: Iterable[Item]) -> list[Occasion]:
    """The submitted assessments at meetings that one may see, in time's order, each with its movement."""
    assessments = (
        Assessment.objects.visible_to(roles)
        .submitted()
        .at_meetings()
        .filter(participation=participation)
        .select_related("meeting")
        .with_scores()
        .order_by("meeting__starts_on", "meeting__number")
    )
    found: list[Occasion] = []
    for assessment in assessments:
        answers, since = answers_of(assessment), found[-1] if found else None
        moved = own_movement(items, since.answers, answers) if since else None
        found.append(Occasion(assessment, answers, since, moved))
    return found


def previous_answers(assessment: Assessment) -> Answers:
    """The values of the organisation's occasion before, which stand beside the new ones; empty where there is none."""
    if assessment.meeting is None:
        return {}
    earlier = assessment.participation.assessments.submitted().filter(
        meeting__starts_on__lt=assessment.meeting.starts_on
    )
    latest = earlier.order_by("-meeting__starts_on").with_scores().first()
    return answers_of(latest) if latest else {}
