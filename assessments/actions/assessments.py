"""Actions that begin, hand in and take back an assessment."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from assessments.actions.rounds import reduce_ratings
from assessments.enums import AssessmentState, Judges
from assessments.figures.releases import renew_release
from assessments.models import Assessment
from assessments.trail import AssessmentEvent
from checklist.models import Item
from cohorts.models import Part, Participation
from kit import audit
from kit.refusals import ActionRefused
from meetings.models import Meeting
from meetings.whom import is_expected

MOVES: dict[AssessmentState, set[AssessmentState]] = {
    AssessmentState.DRAFT: {AssessmentState.SUBMITTED},
    AssessmentState.SUBMITTED: {AssessmentState.DRAFT},
}


@transaction.atomic
def start_assessment(
    *, participation: Participation, meeting: Meeting | None, part: Part | None = None, by: User | None
) -> Assessment:
    """Return the assessment for the meeting, or the draft outside meetings, and create it if there is none.

    Whole organisations rate themselves by the checklist of the omgång, parts by the one that it has for parts.
    """
    if meeting:
        _refuse_meeting(participation, meeting)
    if part and part.organisation_id != participation.organisation_id:
        raise ActionRefused("Delen hör till en annan organisation.")
    Participation.objects.select_for_update(no_key=True).get(pk=participation.pk)  # two clicks, one draft
    if part and not Part.objects.select_for_update().filter(pk=part.pk).exists():
        raise ActionRefused("Delen är borttagen.")
    plan = participation.cohort.plan
    lookup: dict[str, object] = {"participation": participation, "meeting": meeting, "part": part}
    if meeting is None:
        lookup["state"] = AssessmentState.DRAFT
    checklist = (part and plan.part_checklist) or plan.checklist
    half_steps = plan.half_steps and checklist.half_steps
    assessment, created = Assessment.objects.get_or_create(
        **lookup, defaults={"checklist": checklist, "half_steps": half_steps}
    )
    if created:
        audit.record(
            AssessmentEvent.ASSESSMENT_STARTED, target=assessment, by=by, organisation=participation.organisation.code
        )
    return assessment


def _refuse_meeting(participation: Participation, meeting: Meeting) -> None:
    if meeting.cohort_id != participation.cohort_id or not meeting.is_assessed or not participation.is_participant:
        raise ActionRefused("Till den träffen görs ingen självskattning.")
    if not is_expected(participation, meeting, ()):
        raise ActionRefused("Träffen är en annan grupps, eller utanför organisationens tid i omgången.")


@transaction.atomic
def submit_assessment(
    *,
    assessment: Assessment,
    assessors: int | None = None,
    raters: Mapping[str, int] | None = None,
    judged_by: Judges | str = "",
    by: User | None,
) -> Assessment:
    """Hand in an assessment where every moment has a value; after this a change of a value needs a reason.

    `raters` has the number of people of each function; their sum is then the number of assessors. The individual
    ratings are deleted, and what the omgång is shown of the meeting's figures is renewed.
    """
    assessment = locked(assessment)
    missing = missing_items(assessment)
    if missing and assessment.is_draft:
        numbers = ", ".join(str(item.number) for item in missing)
        raise ActionRefused(f"Alla moment behöver ett värde innan ni lämnar in. Det saknas på {numbers}.")
    individual = getattr(assessment, "round", None)
    if assessment.is_draft and individual and individual.is_open:
        raise ActionRefused("Den enskilda skattningen pågår. Stäng den innan ni lämnar in.")
    move(assessment, AssessmentState.SUBMITTED)
    _refuse_second_of_the_day(assessment)
    assessment.submitted_on = timezone.localdate()
    assessment.submitted_by = by
    assessment.raters = {function: count for function, count in (raters or {}).items() if count}
    assessment.assessors = sum(assessment.raters.values()) or assessors
    assessment.judged_by = judged_by
    assessment.save()
    assessment.scores.update(agreed=True, suggested=None)
    if individual:
        reduce_ratings(assessment)
    audit.record(
        AssessmentEvent.ASSESSMENT_SUBMITTED,
        target=assessment,
        by=by,
        organisation=assessment.participation.organisation.code,
    )
    if assessment.meeting:
        renew_release(meeting=assessment.meeting)
    return assessment


def _refuse_second_of_the_day(assessment: Assessment) -> None:
    if assessment.meeting_id:
        return
    # The lock keeps two from being handed in at the same second.
    Participation.objects.select_for_update(no_key=True).get(pk=assessment.participation_id)
    # Outside meetings only the day tells two assessments apart.
    same = Assessment.objects.submitted().filter(
        participation=assessment.participation_id, meeting=None, part=assessment.part_id
    )
    if same.filter(submitted_on=timezone.localdate()).exists():
        raise ActionRefused(
            "Ni har redan lämnat in en självskattning utanför träffarna i dag. Ta tillbaka den om något ska ändras, "
            "eller lämna in den här en annan dag."
        )


@transaction.atomic
def retract_assessment(*, assessment: Assessment, by: User) -> Assessment:
    """Take it back before its meeting begins. Its values leave the omgång's figures."""
    assessment = locked(assessment)
    if assessment.is_locked(timezone.localdate()):
        raise ActionRefused("Träffen har börjat, så självskattningen kan inte längre tas tillbaka.")
    return open_again(assessment, AssessmentEvent.ASSESSMENT_RETRACTED, by)


def open_again(assessment: Assessment, kind: AssessmentEvent, by: User | None) -> Assessment:
    """Make it a draft again and record `kind` in the trail. The caller has locked the row."""
    move(assessment, AssessmentState.DRAFT)
    assessment.submitted_on = None
    assessment.submitted_by = None
    assessment.save()
    audit.record(kind, target=assessment, by=by, organisation=assessment.participation.organisation.code)
    return assessment


def missing_items(assessment: Assessment) -> list[Item]:
    rated = set(assessment.scores.filter(value__isnull=False).values_list("item_id", flat=True))
    return [item for item in assessment.items if item.pk not in rated]


def locked(assessment: Assessment) -> Assessment:
    related = ("participation__organisation", "participation__cohort", "checklist", "meeting__cohort__plan__checklist")
    rows = Assessment.objects.select_for_update(of=("self",)).select_related(*related, "part")
    return rows.get(pk=assessment.pk)


def refuse_handed_in(assessment: Assessment, field: str | None = None) -> None:
    if not assessment.is_draft:
        raise ActionRefused("Självskattningen är inlämnad och ändras inte. Ta tillbaka den först.", field=field)


def move(assessment: Assessment, to: AssessmentState) -> None:
    """Change the assessment's state, or refuse. No other code changes it."""
    was = AssessmentState(assessment.state)
    if to not in MOVES[was]:
        raise ActionRefused(f"Självskattningen är redan {was.label.lower()}.")
    assessment.state = to
