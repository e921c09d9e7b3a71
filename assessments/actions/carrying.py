"""Action that carries over the values of the time before as suggestions."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from assessments.actions.assessments import locked, refuse_handed_in
from assessments.models import Assessment, Score
from assessments.series import previous_assessment
from assessments.trail import AssessmentEvent
from checklist.models import Item
from kit import audit
from kit.refusals import ActionRefused


@transaction.atomic
def carry_over(*, assessment: Assessment, by: User) -> list[Item]:
    """Suggest the value of the time before at each moment without one; return those with a new suggestion.

    A suggestion is not content, so `revision` does not change, and a page that is open may still be saved.
    """
    assessment = locked(assessment)
    refuse_handed_in(assessment)
    past = previous_assessment(assessment)
    if past is None:
        raise ActionRefused("Det finns ingen tidigare självskattning att ta med värden från.")
    scores = {score.item_id: score for score in Score.objects.filter(assessment=assessment)}
    carried = []
    # A scale may have lost its half steps since: a value that is no longer on it is not suggested.
    for then in (score for score in past.scores.all() if score.value in assessment.values):
        score = scores.get(then.item_id) or Score(assessment=assessment, item=then.item)
        if score.value is None and score.suggested != then.value:
            score.suggested = then.value
            score.save()
            carried.append(then.item)
    if carried:
        audit.record(
            AssessmentEvent.VALUES_CARRIED_OVER,
            target=assessment,
            by=by,
            organisation=assessment.participation.organisation.code,
            moment=[item.number for item in carried],
        )
    return carried
