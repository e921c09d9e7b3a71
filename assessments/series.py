"""Rule that decides which assessment is the one before, "förra gången"."""

from collections.abc import Iterable

from django.db.models import prefetch_related_objects

from assessments.models import Assessment
from assessments.querysets import AssessmentQuerySet, scores_at_hand
from cohorts.roles import Roles


def earlier_than(assessment: Assessment, others: Iterable[Assessment]) -> list[Assessment]:
    """Return those of `others` that it may be compared with, the latest first.

    They are handed in by the same organisation or part on the same version of the checklist, in any omgång. An
    assessment at a meeting is compared only with those at meetings, one outside meetings with whatever came last.
    """
    comparable = [other for other in others if _is_comparable(other, assessment) and other.when < assessment.when]
    return sorted(comparable, key=lambda other: other.when, reverse=True)


def assessment_before(assessment: Assessment, others: Iterable[Assessment]) -> Assessment | None:
    return next(iter(earlier_than(assessment, others)), None)


def earlier_assessments(assessment: Assessment, roles: Roles | None = None) -> list[Assessment]:
    """Return the assessments before it, the latest first; with `roles` only those that they may read."""
    everything = Assessment.objects.all() if roles is None else Assessment.objects.visible_to(roles)
    return earlier_than(assessment, handed_in_by([assessment.participation.organisation_id], everything))


def previous_assessment(assessment: Assessment, roles: Roles | None = None) -> Assessment | None:
    """Return the assessment before it with its scores fetched, or None."""
    previous = next(iter(earlier_assessments(assessment, roles)), None)
    if previous:
        prefetch_related_objects([previous], scores_at_hand())
    return previous


def handed_in_by(organisation_ids: Iterable[int], assessments: AssessmentQuerySet) -> AssessmentQuerySet:
    theirs = assessments.submitted().filter(participation__organisation__in=organisation_ids)
    return theirs.select_related("meeting", "part", "participation__cohort").in_time()


def _is_comparable(other: Assessment, assessment: Assessment) -> bool:
    of_a_kind = other.meeting_id is not None or assessment.meeting_id is None
    return other.is_submitted and other.pk != assessment.pk and other.series == assessment.series and of_a_kind
