"""Self-assessments as page, PDF, Excel and JSON all print them; `series` decides what each is compared with."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.db.models import Q, prefetch_related_objects

from assessments.enums import AssessmentState
from assessments.figures.panels import answers_of
from assessments.figures.statistics import Answers, ItemMovement, Movement, own_movement, total
from assessments.models import Assessment
from assessments.querysets import AssessmentQuerySet
from assessments.raters import raters_line
from assessments.series import assessment_before
from checklist.models import Checklist, Item
from cohorts.models import Part, Participation
from cohorts.roles import Roles
from kit.templatetags.swedish import day

OUTSIDE = "Utanför träffarna"


@dataclass(frozen=True)
class OccasionItem(ItemMovement):
    """One item at an occasion and the time before it, with the aim set at the occasion."""

    before: Decimal | None
    now: Decimal | None
    aim: Decimal | None


@dataclass(frozen=True)
class Occasion:
    """One self-assessment with its values. `since` is the occasion before it on the same checklist."""

    assessment: Assessment
    answers: Answers
    since: "Occasion | None"

    @cached_property
    def movement(self) -> Movement | None:
        return own_movement(self.checklist_items, self.since.answers, self.answers) if self.since else None

    @cached_property
    def items(self) -> tuple[OccasionItem, ...]:
        before = self.since.answers if self.since else {}
        aims = {score.item_id: score.aim for score in self.assessment.scores.all()}
        return tuple(
            OccasionItem(item, before.get(item.key), self.answers.get(item.key), aims.get(item.pk))
            for item in self.checklist_items
        )

    @cached_property
    def total(self) -> Decimal | None:
        return total(self.answers)

    @property
    def floor(self) -> int:
        return len(self.checklist_items) * min((step.value for step in self.assessment.steps), default=0)

    @property
    def max_possible(self) -> int:
        return len(self.checklist_items) * self.assessment.highest_step

    @property
    def checklist_items(self) -> list[Item]:
        return self.assessment.items

    @property
    def checklist(self) -> Checklist:
        return self.assessment.checklist

    @property
    def part(self) -> Part | None:
        return self.assessment.part

    @property
    def raters(self) -> Mapping[str, int]:
        return self.assessment.raters

    @property
    def is_at_meeting(self) -> bool:
        return self.assessment.meeting_id is not None

    @property
    def name(self) -> str:
        meeting = self.assessment.meeting
        return meeting.name if meeting else OUTSIDE

    @property
    def label(self) -> str:
        # Outside meetings only the day tells one from another.
        return self.name if self.is_at_meeting else day(self.assessment.submitted_on)

    @property
    def since_label(self) -> str:
        if self.since is None:
            return ""
        cohort = self.since.assessment.participation.cohort
        elsewhere = cohort.pk != self.assessment.participation.cohort_id
        return f"{self.since.label} i {cohort.name}" if elsewhere else self.since.label

    @property
    def raters_line(self) -> str:
        return raters_line(self.assessment, self.since.assessment if self.since else None)


def every_occasion(participation: Participation, roles: Roles) -> list[Occasion]:
    """Return all that is handed in and readable in order of time: of the whole and its parts, also outside meetings."""
    return in_series(participation, readable(participation, roles).submitted())


def occasions_of(participation: Participation, roles: Roles) -> list[Occasion]:
    """Return the whole organisation's occasions at meetings, which the omgång's figures rest on."""
    return in_series(participation, readable(participation, roles).submitted().at_meetings())


def occasion_of(assessment: Assessment, roles: Roles) -> Occasion:
    """Return one assessment, also a draft, in the place it has or would have among those handed in."""
    series = readable(assessment.participation, roles).filter(part=assessment.part_id)
    series = series.filter(Q(state=AssessmentState.SUBMITTED) | Q(pk=assessment.pk))
    here = in_series(assessment.participation, series)
    return next(occasion for occasion in here if occasion.assessment.pk == assessment.pk)


def readable(participation: Participation, roles: Roles) -> AssessmentQuerySet:
    """Return the organisation's readable assessments in order of time, also drafts and those of other omgångar."""
    visible = Assessment.objects.visible_to(roles).filter(participation__organisation=participation.organisation_id)
    return visible.select_related("meeting", "part", "participation__cohort").with_scores().in_time()


def in_series(participation: Participation, assessments: Iterable[Assessment]) -> list[Occasion]:
    """Return this omgång's occasions. `assessments` come in order of time and may be of other omgångar too."""
    occasions = with_the_one_before(_with_versions(participation, list(assessments)))
    return [occasion for occasion in occasions if occasion.assessment.participation_id == participation.pk]


def with_the_one_before(assessments: Iterable[Assessment]) -> list[Occasion]:
    occasions: dict[int, Occasion] = {}
    for assessment in assessments:
        before = assessment_before(assessment, [occasion.assessment for occasion in occasions.values()])
        since = occasions[before.pk] if before else None
        occasions[assessment.pk] = Occasion(assessment, answers_of(assessment), since)
    return list(occasions.values())


def _with_versions(participation: Participation, assessments: list[Assessment]) -> list[Assessment]:
    planned = participation.cohort.plan.checklist
    others = {assessment.checklist_id for assessment in assessments} - {planned.pk}
    # The page has read the plan's version already; each other version is read once and shared.
    versions = {planned.pk: planned, **(Checklist.objects.in_bulk(others) if others else {})}
    prefetch_related_objects(list(versions.values()), "items", "steps")
    for assessment in assessments:
        assessment.checklist = versions[assessment.checklist_id]
        if assessment.participation_id == participation.pk:
            assessment.participation = participation
    return assessments
