"""Panels read from the database: as things stand (live), or as the omgång has been shown them (released)."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.conf import settings
from django.db.models import Exists, OuterRef

from checklist.models import Assessment, AssessmentPlan, Release
from checklist.statistics import Answers, Panel
from cohorts.enums import CohortKind
from cohorts.models import Cohort, Participation
from meetings.models import Meeting
from meetings.querysets import MeetingQuerySet

KINDS: Mapping[str, tuple[str, ...]] = {
    CohortKind.KOMMUNER: ("kommun",),
    CohortKind.REGIONER: ("region",),
    CohortKind.MIXED: ("kommun", "region"),
}
Among = Iterable[Participation] | None


def kinds_of(cohort: Cohort) -> tuple[str, ...]:
    """The kinds whose figures stand apart in the omgång: they are never pooled."""
    return KINDS[cohort.kind]


def answered_meetings(cohort: Cohort) -> MeetingQuerySet:
    """The meetings some participant has submitted an assessment for, in time's order."""
    submitted = (
        Assessment.objects.submitted()
        .whole()
        .filter(meeting=OuterRef("pk"), participation__in=Participation.objects.participants())
    )
    return cohort.meetings.filter(Exists(submitted)).order_by("starts_on", "number", "pk")


def participants_of(cohort_id: int) -> list[Participation]:
    """All who have been participants. A page with several meetings reads them once, and gives them as `among`."""
    return list(Participation.objects.participants().filter(cohort=cohort_id).with_organisation())


def expected_at(meeting: Meeting, among: Among = None) -> list[Participation]:
    """The participants active on the meeting's day; those of the group alone where it is a group's meeting."""
    participants = participants_of(meeting.cohort_id) if among is None else among
    return [
        participation
        for participation in participants
        if participation.is_active_on(meeting.starts_on) and meeting.group_id in (None, participation.group_id)
    ]


def live_panels(meeting: Meeting, plan: AssessmentPlan, among: Among = None) -> dict[str, Panel]:
    """By kind, what is submitted right now. For those who may read the values behind, and for `statistics`."""
    expected = expected_at(meeting, among)
    kinds = {participation.pk: participation.kind for participation in expected}
    answers = {pk: values for pk, values in _submitted_answers(meeting, plan).items() if pk in kinds}
    return {
        kind: Panel(
            items=tuple(plan.items),
            highest_step=plan.highest_step,
            answers={pk: values for pk, values in answers.items() if kinds[pk] == kind},
            n_expected=sum(of_kind == kind for of_kind in kinds.values()),
        )
        for kind in kinds_of(meeting.cohort)
    }


def released_panels(meeting: Meeting, plan: AssessmentPlan, among: Among = None) -> dict[str, Panel]:
    """By kind, what the omgång has been shown; a kind that is not opened, or has too few, has an empty panel.

    A page with several meetings prefetches their `releases`.
    """
    newest = {release.kind: release for release in meeting.releases.all()}
    expected = [participation.kind for participation in expected_at(meeting, among)]
    return {
        kind: Panel(
            items=tuple(plan.items),
            highest_step=plan.highest_step,
            answers=read_panel(newest[kind]) if kind in newest else {},
            n_expected=expected.count(kind),
        )
        for kind in kinds_of(meeting.cohort)
    }


def read_panel(release: Release) -> dict[int, Answers]:
    return {
        int(member): {key: Decimal(value) for key, value in answers.items()}
        for member, answers in release.panel.items()
    }


def is_enough(n: int, known: int = 1) -> bool:
    """Whether an aggregate of n may be shown to one who knows `known` of the values behind it already."""
    return n >= settings.MIN_GROUP and (n - known >= 2 or n == known)


def answers_of(assessment: Assessment) -> Answers:
    """The values of one assessment by item key; needs `with_scores` to cost nothing."""
    return {score.item.key: score.value for score in assessment.scores.all() if score.value is not None}


def _submitted_answers(meeting: Meeting, plan: AssessmentPlan) -> dict[int, Answers]:
    """By the plan's version alone: versions are never mixed, and two of them may have moment of the same key.

    One query without a row object for each value: an omgång of three hundred has thousands.
    """
    by_plan = Assessment.objects.submitted().whole().filter(meeting=meeting, checklist=plan.checklist_id)
    assessments = by_plan.order_by("pk")
    answers: dict[int, dict[str, Decimal]] = {}
    for member, key, value in assessments.values_list("participation", "scores__item__key", "scores__value"):
        rated = answers.setdefault(member, {})
        if value is not None:
            rated[key] = value
    return dict(answers)
