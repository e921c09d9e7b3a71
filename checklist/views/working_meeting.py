from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from checklist.actions.agreeing import agree_value
from checklist.actions.scores import ScoreTaken
from checklist.forms.rounds import AgreeForm
from checklist.models import Assessment, Item, Score
from checklist.together.working_meeting import first_to_agree, sheet_of
from checklist.views.rating import get_assessment, item_of
from modell.http import PageRequest
from modell.permissions import Perm, require
from modell.refusals import ActionRefused


@require_GET
def meet(request: PageRequest, pk: int) -> HttpResponse:
    """To the first moment that is not agreed yet."""
    assessment = get_assessment(request, pk)
    require(request.user, Perm.EDIT_ASSESSMENT, assessment)
    return redirect("checklist:working_meeting", pk, first_to_agree(assessment).number)


@require_http_methods(["GET", "POST"])
def working_meeting(request: PageRequest, pk: int, number: int) -> HttpResponse:
    """One moment on the wall: the spread, what was said the time before, and what the group agrees on now."""
    assessment = get_assessment(request, pk)
    item = item_of(assessment, number)
    require(request.user, Perm.EDIT_ASSESSMENT, assessment)
    if request.method == "GET" and not assessment.is_draft:
        return redirect(assessment)
    sheet, taken = sheet_of(assessment, item), None
    form = AgreeForm(request.POST if request.method == "POST" else None, item=item, scale=assessment, score=sheet.score)
    if request.method == "POST" and form.is_valid():
        try:
            agree_value(assessment=assessment, item=item, by=request.user, **form.agreeing())
        except ActionRefused as refusal:
            taken = _refused(form, refusal)
        else:
            return _onward(request, assessment, sheet.after)
    context = {"assessment": assessment, "sheet": sheet, "form": form, "taken": taken}
    return render(request, "checklist/together/working_meeting.html", context, status=422 if form.errors else 200)


def _refused(form: AgreeForm, refusal: ActionRefused) -> Score | None:
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
    if not isinstance(refusal, ScoreTaken):
        return None
    form.has_seen(refusal.score)
    return refusal.score


def _onward(request: PageRequest, assessment: Assessment, after: Item | None) -> HttpResponse:
    """A page of its own for each moment, also where htmx posted the form: address, title and focus follow."""
    if after:
        response = redirect("checklist:working_meeting", assessment.pk, after.number)
    else:
        response = redirect("checklist:minutes", assessment.pk)
    return HttpResponseClientRedirect(response.url) if request.htmx else response
