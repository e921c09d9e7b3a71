from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import PageRequest
from assessments.actions.agreeing import agree_value
from assessments.actions.scores import ScoreTaken
from assessments.forms.rounds import AgreeForm
from assessments.models import Assessment, Score
from assessments.perms import EDIT_ASSESSMENT
from assessments.together.working_meeting import first_to_agree, sheet_of
from assessments.views.rating import get_assessment, item_of
from checklist.models import Item
from kit.pages import draw, posted, refuse_on
from kit.permissions import require
from kit.refusals import ActionRefused


@require_GET
def meet(request: PageRequest, pk: int) -> HttpResponse:
    assessment = get_assessment(request, pk)
    require(request.user, EDIT_ASSESSMENT, assessment)
    return redirect("assessments:working_meeting", pk, first_to_agree(assessment).number)


@require_http_methods(["GET", "POST"])
def working_meeting(request: PageRequest, pk: int, number: int) -> HttpResponse:
    assessment = get_assessment(request, pk)
    item = item_of(assessment, number)
    require(request.user, EDIT_ASSESSMENT, assessment)
    if request.method == "GET" and not assessment.is_draft:
        return redirect(assessment)
    sheet, taken = sheet_of(assessment, item), None
    form = AgreeForm(posted(request), item=item, scale=assessment, score=sheet.score)
    if request.method == "POST" and form.is_valid():
        try:
            agree_value(assessment=assessment, item=item, by=request.user, **form.agreeing())
        except ActionRefused as refusal:
            taken = _refused(form, refusal)
        else:
            return _onward(assessment, sheet.after)
    context = {"assessment": assessment, "sheet": sheet, "form": form, "taken": taken}
    return draw(request, "assessments/together/working_meeting.html", form, **context)


def _refused(form: AgreeForm, refusal: ActionRefused) -> Score | None:
    refuse_on(form, refusal)
    if not isinstance(refusal, ScoreTaken):
        return None
    form.has_seen(refusal.score)
    return refusal.score


def _onward(assessment: Assessment, after: Item | None) -> HttpResponse:
    if after:
        return redirect("assessments:working_meeting", assessment.pk, after.number)
    return redirect("assessments:minutes", assessment.pk)
