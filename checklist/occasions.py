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


def previous_assessment(assessment: Assessment) -> Assessment | None:
    """The last one handed in before it by the same organisation or part on the same checklist, in any omgång."""
    earlier = (
        Assessment.objects.submitted()
        .filter(
            participation__organisation=assessment.participation.organisation_id,
            part=assessment.part_id,
            checklist=assessment.checklist_id,
        )
        .exclude(pk=assessment.pk)
        .in_time()
    )
    on = assessment.meeting.starts_on if assessment.meeting else assessment.submitted_on
    if on:
        earlier = earlier.filter(on__lt=on)
    return earlier.select_related("meeting", "part").with_scores().last()


def previous_answers(assessment: Assessment) -> Answers:
    """The values of the time before, which stand beside the new ones; empty where there is none."""
    latest = previous_assessment(assessment)
    return answers_of(latest) if latest else {}
