from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from accounts.requests import PageRequest
from cohorts.fetch import participation_shown_on
from cohorts.roles import roles_of
from improvements import actions
from improvements.borrowing import TITLE_LENGTH
from improvements.forms import ImprovementForm
from improvements.models import Improvement
from improvements.perms import EDIT_WORK
from improvements.views.pages import FOLDED, SAVED, form_answer, way_to, work_of_its
from kit.pages import FormPage, posted
from kit.permissions import require
from meetings.models import Takeaway


@require_http_methods(["GET", "POST"])
def from_idea(request: PageRequest, pk: int) -> HttpResponse:
    """Draw a new improvement filled in from an idea; redirect to the improvement if it is already made."""
    related = ("participation__cohort__plan__checklist", "participation__organisation", "source__organisation")
    visible = Takeaway.objects.visible_to(roles_of(request.user)).select_related(*related)
    idea = get_object_or_404(visible, pk=pk)
    participation, source = idea.participation, idea.source.organisation
    participation_shown_on(request, participation)
    require(request.user, EDIT_WORK, participation)
    made = participation.improvements.filter(takeaway=idea).first()
    if made and request.method == "GET":
        return redirect("improvements:improvement", made.pk)
    filled = {"title": " ".join(idea.text.split())[:TITLE_LENGTH], "aim": idea.text, "borrowed_from": source}
    form = ImprovementForm(posted(request), stored=None, participation=participation, source=source, initial=filled)
    page = FormPage(
        "Nytt förbättringsarbete av en idé",
        participation.organisation.name,
        work_of_its(participation),
        way_to(request, participation),
    )
    new = Improvement(participation=participation, takeaway=idea)
    action = partial(actions.save_improvement, improvement=new)
    return form_answer(request, form, page, action, SAVED, goes_to_new=True, template=FOLDED)
