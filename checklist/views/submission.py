from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from checklist.actions.assessments import retract_assessment, submit_assessment
from checklist.forms.rating import SubmitForm
from checklist.look_over import look_over
from checklist.models import Assessment, Evidence
from checklist.moments import Earlier, Scores, judged_and_rated, scores_in_time, value_of
from checklist.views.rating import find_assessment
from cohorts.models import Participation
from modell.http import PageRequest
from modell.permissions import Perm, require
from modell.refusals import ActionRefused
from modell.responses import refuse


@require_http_methods(["GET", "POST"])
def submit(request: PageRequest, pk: int) -> HttpResponse:
    """Hand in, after a look at what is worth one and at who will see what."""
    assessment = find_assessment(request, pk)
    if assessment.is_submitted:  # a second click, or the back button: it is done, and nothing is done twice
        return redirect(assessment)
    require(request.user, Perm.SUBMIT_ASSESSMENT, assessment)
    form = SubmitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            submit_assessment(assessment=assessment, by=request.user, **form.cleaned_data)
        except ActionRefused as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            messages.success(request, "Självskattningen är inlämnad.")
            return redirect(assessment)
    (scores, earlier), evidence = scores_in_time(assessment, 2), list(assessment.evidence.select_related("item"))
    form.initial = judged_and_rated(assessment, earlier)
    looked_over = _looked_over(assessment, scores, earlier, evidence)
    context = {"assessment": assessment, "form": form, **looked_over, **_readers(assessment, scores, evidence)}
    return render(request, "checklist/rating/submit.html", context, status=422 if form.errors else 200)


@require_POST
def retract(request: PageRequest, pk: int) -> HttpResponse:
    assessment = find_assessment(request, pk)
    require(request.user, Perm.RETRACT_ASSESSMENT, assessment)
    if assessment.is_draft:
        return redirect(assessment)
    try:
        retract_assessment(assessment=assessment, by=request.user)
    except ActionRefused as refusal:
        return refuse(request, refusal, assessment)
    messages.success(request, "Självskattningen är tillbaka hos er. Era värden räknas inte i omgångens siffror.")
    return redirect(assessment)


def _looked_over(
    assessment: Assessment, scores: Scores, earlier: list[Earlier], evidence: list[Evidence]
) -> dict[str, object]:
    """The moment without a value, which hinder, and what else is worth a look."""
    missing = [item for item in assessment.items if value_of(scores.get(item.pk)) is None]
    remarks = look_over(
        assessment.items,
        scores,
        [occasion.scores for occasion in earlier],
        assessment.highest_step,
        {one.item_id for one in evidence},
        is_missing=bool(missing),
    )
    return {"missing": missing, "remarks": remarks}


def _readers(assessment: Assessment, scores: Scores, evidence: list[Evidence]) -> dict[str, object]:
    """What others will read and what stays at home, and who they are."""
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
            "shared": [one for one in evidence if one.shared],
            "own": [one for one in evidence if not one.shared],
        },
        "group": _group(assessment.participation),
    }


def _group(participation: Participation) -> dict[str, list[Participation]]:
    if participation.group is None:
        return {"members": [], "mentors": []}
    others = participation.group.participations.exclude(pk=participation.pk).select_related("organisation")
    mentors = participation.group.mentorships.select_related("participation__organisation")
    return {"members": list(others), "mentors": [mentorship.participation for mentorship in mentors]}
