"""An organisation's self-assessments as everything tells them: page, PDF, Excel and JSON print this one object.

An occasion at a meeting is compared with the one at the meeting before it; one outside meetings with whatever was
handed in last. Both only within the omgång, for the same whole or part, and on the same version of the checklist.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from django.db.models import Q, prefetch_related_objects

from checklist.enums import AssessmentState
from checklist.models import Assessment, Checklist, Item, Part
from checklist.panels import answers_of
from checklist.querysets import AssessmentQuerySet
from checklist.raters import raters_line
from checklist.statistics import Answers, Movement, own_movement, total
from cohorts.models import Participation
from cohorts.roles import Roles
from modell.templatetags.swedish import day

OUTSIDE = "Utanför träffarna"


@dataclass(frozen=True)
class OccasionItem:
    """One moment at an occasion: its value, what it was the time before, the change and what is aimed at."""

    item: Item
    value: Decimal | None
    before: Decimal | None
    change: Fraction | None
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
        """Every moment of the version, in order; one without a value too."""
        before = self.since.answers if self.since else {}
        aims = {score.item_id: score.aim for score in self.assessment.scores.all()}
        return tuple(
            OccasionItem(
                row.item, self.answers.get(row.item.key), before.get(row.item.key), row.change, aims.get(row.item.pk)
            )
            for row in own_movement(self.checklist_items, before, self.answers).items
        )

    @cached_property
    def total(self) -> Decimal | None:
        return total(self.answers)

    @property
    def floor(self) -> int:
        """The lowest sum there is; it stands beside every sum, and so does `max_possible`."""
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
    def raters_before(self) -> Mapping[str, int]:
        return self.since.raters if self.since else {}

    @property
    def is_at_meeting(self) -> bool:
        return self.assessment.meeting_id is not None

    @property
    def name(self) -> str:
        meeting = self.assessment.meeting
        return meeting.name if meeting else OUTSIDE

    @property
    def label(self) -> str:
        """Its name; outside meetings the day is what tells one from another."""
        return self.name if self.is_at_meeting else day(self.assessment.submitted_on)

    @property
    def raters_line(self) -> str:
        """Whose judgement it is and who took part, and whether that was so the time before."""
        return raters_line(self.assessment, self.since.assessment if self.since else None)


def every_occasion(participation: Participation, roles: Roles) -> list[Occasion]:
    """All that is handed in and that one may see, in time's order: the whole's and the parts', outside meetings too."""
    return in_series(participation, readable(participation, roles).submitted())


def occasions_of(participation: Participation, roles: Roles) -> list[Occasion]:
    """The whole organisation's at meetings: what an omgång's figures rest on."""
    return in_series(participation, readable(participation, roles).submitted().at_meetings())


def part_occasions_of(part: Part, participation: Participation, roles: Roles) -> list[Occasion]:
    """One nämnd's or förvaltning's, at meetings and outside them."""
    return in_series(participation, readable(participation, roles).submitted().filter(part=part))


def outside_occasions_of(participation: Participation, roles: Roles) -> list[Occasion]:
    """The whole organisation's own outside meetings, each compared with what was handed in last."""
    whole = in_series(participation, readable(participation, roles).submitted().whole())
    return [occasion for occasion in whole if not occasion.is_at_meeting]


def occasion_of(assessment: Assessment, roles: Roles) -> Occasion:
    """One self-assessment, a draft too, in the place it has or would have among those handed in."""
    series = readable(assessment.participation, roles).filter(part=assessment.part_id)
    series = series.filter(Q(state=AssessmentState.SUBMITTED) | Q(pk=assessment.pk))
    found = in_series(assessment.participation, series)
    return next(occasion for occasion in found if occasion.assessment.pk == assessment.pk)


def previous_assessment(assessment: Assessment) -> Assessment | None:
    """The last one handed in before it by the same organisation or part on the same checklist, in any omgång."""
    return Assessment.objects.before(assessment).select_related("meeting", "part").with_scores().last()


def previous_answers(assessment: Assessment) -> Answers:
    """The values of the time before, which stand beside the new ones; empty where there is none."""
    latest = previous_assessment(assessment)
    return answers_of(latest) if latest else {}


def readable(participation: Participation, roles: Roles) -> AssessmentQuerySet:
    """Every assessment of it that one may see, one's own drafts too, as `in_series` wants them."""
    visible = Assessment.objects.visible_to(roles).filter(participation=participation)
    return visible.select_related("meeting", "part").with_scores().in_time()


def in_series(participation: Participation, assessments: Iterable[Assessment]) -> list[Occasion]:
    """Each with the one before it; they come in time's order."""
    found: list[Occasion] = []
    at_meetings: dict[tuple[int | None, int], Occasion] = {}
    latest: dict[tuple[int | None, int], Occasion] = {}
    for assessment in _with_versions(participation, list(assessments)):
        series = (assessment.part_id, assessment.checklist_id)
        since = (at_meetings if assessment.meeting_id else latest).get(series)
        occasion = Occasion(assessment, answers_of(assessment), since)
        found.append(occasion)
        latest[series] = occasion
        if assessment.meeting_id:
            at_meetings[series] = occasion
    return found


def _with_versions(participation: Participation, assessments: list[Assessment]) -> list[Assessment]:
    """With what all share: the participation, and each version once, the plan's, which a page has, and any other."""
    planned = participation.cohort.plan.checklist
    others = {assessment.checklist_id for assessment in assessments} - {planned.pk}
    versions = {planned.pk: planned, **(Checklist.objects.in_bulk(others) if others else {})}
    prefetch_related_objects(list(versions.values()), "items", "steps")
    for assessment in assessments:
        assessment.participation, assessment.checklist = participation, versions[assessment.checklist_id]
    return assessments
