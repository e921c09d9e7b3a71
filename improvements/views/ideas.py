from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from cohorts.fetch import shown_on
from cohorts.roles import roles_of
from improvements import actions
from improvements.forms import ImprovementForm
from improvements.models import Improvement
from improvements.views.pages import FormPage, form_answer, posted, way_to, work_of_its
from meetings.models import Takeaway
from modell.http import PageRequest
from modell.permissions import Perm, require

TITLE_LENGTH = 160


@require_http_methods(["GET", "POST"])
def from_idea(request: PageRequest, pk: int) -> HttpResponse:
    """The form of a new improvement, filled in from an idea; of one that is made already, the improvement."""
    related = ("participation__cohort__plan__checklist", "participation__organisation", "source__organisation")
    visible = Takeaway.objects.visible_to(roles_of(request.user)).select_related(*related)
    idea = get_object_or_404(visible, pk=pk)
    participation, source = idea.participation, idea.source.organisation
    shown_on(request, participation.cohort)
    require(request.user, Perm.EDIT_WORK, participation)
    made = participation.improvements.filter(takeaway=idea).first()
    if made and request.method == "GET":
        return redirect("improvements:improvement", made.pk)
    filled = {"title": " ".join(idea.text.split())[:TITLE_LENGTH], "borrowed_from": source}
    form = ImprovementForm(posted(request), stored=None, participation=participation, source=source, initial=filled)
    page = FormPage(
        "Nytt förbättringsarbete av en idé",
        participation.organisation.name,
        way_to(request, participation),
        work_of_its(participation),
        "Förbättringsarbetet är sparat. Nu kan ni beskriva den första PDSA-cykeln.",
        goes_to_new=True,
    )
    new = Improvement(participation=participation, takeaway=idea)
    return form_answer(request, form, page, partial(actions.save_improvement, improvement=new))
