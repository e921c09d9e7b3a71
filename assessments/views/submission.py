from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from accounts.requests import PageRequest
from assessments.actions.assessments import retract_assessment, submit_assessment
from assessments.forms.rating import SubmitForm
from assessments.look_over import look_over
from assessments.models import Assessment, Evidence
from assessments.perms import RETRACT_ASSESSMENT, SUBMIT_ASSESSMENT
from assessments.rating_page import Earlier, Scores, judged_and_rated, scores_in_time, value_of
from assessments.views.rating import find_assessment
from cohorts.models import Participation
from kit.pages import draw, posted, press, store
from kit.permissions import require
from kit.responses import post_only


@require_http_methods(["GET", "POST"])
def submit(request: PageRequest, pk: int) -> HttpResponse:
    assessment = find_assessment(request, pk)
    if assessment.is_submitted:  # after a second click, or the back button, it is already handed in
        return redirect(assessment)
    require(request.user, SUBMIT_ASSESSMENT, assessment)
    form = SubmitForm(posted(request))
    if store(request, form, partial(submit_assessment, assessment=assessment)):
        messages.success(request, "Självskattningen är inlämnad.")
        return redirect(assessment)
    (scores, earlier), evidence = scores_in_time(assessment, 2), list(assessment.evidence.select_related("item"))
    form.initial = judged_and_rated(assessment, earlier)
    looked_over = _looked_over(assessment, scores, earlier, evidence)
    context = {"assessment": assessment, "form": form, **looked_over, **_readers(assessment, scores, evidence)}
    return draw(request, "assessments/rating/submit.html", form, **context)


@post_only
def retract(request: PageRequest, pk: int) -> HttpResponse:
    assessment = find_assessment(request, pk)
    require(request.user, RETRACT_ASSESSMENT, assessment)
    if assessment.is_draft:
        return redirect(assessment)
    done = "Självskattningen är tillbaka hos er. Era värden räknas inte i omgångens siffror."
    press(request, partial(retract_assessment, assessment=assessment), done)
    return redirect(assessment)


def _looked_over(
    assessment: Assessment, scores: Scores, earlier: list[Earlier], evidence: list[Evidence]
) -> dict[str, object]:
    missing = [item for item in assessment.items if value_of(scores.get(item.pk)) is None]
    remarks = look_over(
        assessment.items,
        scores,
        [occasion.scores for occasion in earlier],
        assessment.highest_step,
        {row.item_id for row in evidence},
        is_missing=bool(missing),
    )
    return {"missing": missing, "remarks": remarks}


def _readers(assessment: Assessment, scores: Scores, evidence: list[Evidence]) -> dict[str, object]:
    said = [score for score in scores.values() if score.comment or score.since_last]
    own = [score for score in scores.values() if score.aim or score.reasoning or score.next_step]
    return {
        "comments": {
            "shared": [score.item.number for score in said if score.shared],
            "own": [score.item.number for score in said if not score.shared],
            "glad": [score.item.number for score in scores.values() if score.glad_to_tell],
        },
        "kept": [score.item.number for score in own],
        "evidence": {
            "shared": [row for row in evidence if row.shared],
            "own": [row for row in evidence if not row.shared],
        },
        "group": _group(assessment.participation),
    }


def _group(participation: Participation) -> dict[str, list[Participation]]:
    if participation.group is None:
        return {"members": [], "mentors": []}
    others = participation.group.participations.exclude(pk=participation.pk).select_related("organisation")
    mentors = participation.group.mentorships.select_related("participation__organisation")
    return {"members": list(others), "mentors": [mentorship.participation for mentorship in mentors]}
