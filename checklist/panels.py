"""Panels read from the database: as things stand (live), or as the omgång has been shown them (released)."""

from collections.abc import Mapping
from decimal import Decimal

from django.conf import settings
from django.db.models import Exists, OuterRef

from checklist.enums import AssessmentState
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


def kinds_of(cohort: Cohort) -> tuple[str, ...]:
    """The kinds whose figures stand apart in the omgång: they are never pooled."""
    return KINDS[cohort.kind]


def answered_meetings(cohort: Cohort) -> MeetingQuerySet:
    """The meetings some participant has submitted an assessment for, in time's order."""
    submitted = Assessment.objects.submitted().filter(
        meeting=OuterRef("pk"), participation__in=Participation.objects.participants()
    )
    return cohort.meetings.filter(Exists(submitted)).order_by("starts_on", "number", "pk")


def expected_at(meeting: Meeting) -> list[Participation]:
    """The participants active on the meeting's day; those of the group alone where it is a group's meeting."""
    participants = Participation.objects.participants().filter(cohort=meeting.cohort_id).active_on(meeting.starts_on)
    if meeting.group_id:
        participants = participants.filter(group=meeting.group_id)
    return list(participants.select_related("organisation"))


def live_panels(meeting: Meeting, plan: AssessmentPlan) -> dict[str, Panel]:
    """By kind, what is submitted right now. For those who may read the values behind, and for `statistics`."""
    expected = expected_at(meeting)
    kinds = {participation.pk: participation.kind for participation in expected}
    answers = {pk: values for pk, values in _submitted_answers(meeting).items() if pk in kinds}
    return {
        kind: Panel(
            items=tuple(plan.items),
            highest_step=plan.highest_step,
            answers={pk: values for pk, values in answers.items() if kinds[pk] == kind},
            n_expected=sum(of_kind == kind for of_kind in kinds.values()),
        )
        for kind in kinds_of(meeting.cohort)
    }


def released_panels(meeting: Meeting, plan: AssessmentPlan) -> dict[str, Panel]:
    """By kind, what the omgång has been shown; a kind that is not opened, or has too few, has an empty panel."""
    newest = {release.kind: release for release in Release.objects.filter(meeting=meeting).order_by("pk")}
    expected = [participation.kind for participation in expected_at(meeting)]
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
    """The values of one assessment by item key; needs `scores__item` prefetched to cost nothing."""
    return {score.item.key: score.value for score in assessment.scores.all() if score.value is not None}


def _submitted_answers(meeting: Meeting) -> dict[int, Answers]:
    assessments = Assessment.objects.filter(meeting=meeting, state=AssessmentState.SUBMITTED)
    return {
        assessment.participation_id: answers_of(assessment)
        for assessment in assessments.prefetch_related("scores__item")
    }
