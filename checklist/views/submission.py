from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from checklist.actions.assessments import missing_items, retract_assessment, submit_assessment
from checklist.forms import SubmitForm
from checklist.models import Assessment
from checklist.views.rating import get_assessment
from cohorts.models import Participation
from modell.http import PageRequest
from modell.permissions import Perm, require
from modell.refusals import ActionRefused
from modell.responses import refuse


@require_http_methods(["GET", "POST"])
def submit(request: PageRequest, pk: int) -> HttpResponse:
    """Hand in, after a look at who will see what."""
    assessment = get_assessment(request, pk)
    if assessment.is_submitted:  # a second click, or the back button: it is done, and nothing is done twice
        return redirect(assessment)
    require(request.user, Perm.SUBMIT_ASSESSMENT, assessment)
    form = SubmitForm(request.POST or None, initial={"assessors": assessment.assessors})
    if request.method == "POST" and form.is_valid():
        try:
            submit_assessment(assessment=assessment, by=request.user, **form.cleaned_data)
        except ActionRefused as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            messages.success(request, "Självskattningen är inlämnad.")
            return redirect(assessment)
    context = {
        "assessment": assessment,
        "form": form,
        "missing": missing_items(assessment),
        "comments": _comments(assessment),
        "group": _group(assessment.participation),
    }
    return render(request, "checklist/submit.html", context, status=422 if form.errors else 200)


@require_POST
def retract(request: PageRequest, pk: int) -> HttpResponse:
    assessment = get_assessment(request, pk)
    require(request.user, Perm.RETRACT_ASSESSMENT, assessment)
    if assessment.is_draft:
        return redirect(assessment)
    try:
        retract_assessment(assessment=assessment, by=request.user)
    except ActionRefused as refusal:
        return refuse(request, refusal, assessment)
    messages.success(request, "Självskattningen är tillbaka hos er. Era värden räknas inte i omgångens siffror.")
    return redirect(assessment)


def _comments(assessment: Assessment) -> dict[str, list[int]]:
    """The numbers of the moment whose comment the group will read, and of those that stay at home."""
    commented = [score for score in assessment.scores.all() if score.comment]
    return {
        "shared": [score.item.number for score in commented if score.shared],
        "own": [score.item.number for score in commented if not score.shared],
        "glad": [score.item.number for score in assessment.scores.all() if score.glad_to_tell],
    }


def _group(participation: Participation) -> dict[str, list[Participation]]:
    if participation.group is None:
        return {"members": [], "mentors": []}
    others = participation.group.participations.exclude(pk=participation.pk).select_related("organisation")
    mentors = participation.group.mentorships.select_related("participation__organisation")
    return {"members": list(others), "mentors": [mentorship.participation for mentorship in mentors]}
