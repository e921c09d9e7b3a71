"""The forms of a new improvement, filled in from an idea, an example, or from whom one can learn."""

from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.requests import PageRequest
from assessments.comparing.learning import learning_for
from assessments.perms import LEARN_FROM
from cohorts.fetch import get_participation, participation_shown_on
from cohorts.models import Organisation, Participation
from cohorts.roles import roles_of
from improvements import actions
from improvements.borrowing import TITLE_LENGTH, may_borrow, words_of
from improvements.forms import ImprovementForm
from improvements.items import same_item
from improvements.models import Effort, Improvement
from improvements.perms import EDIT_WORK
from improvements.views.pages import FOLDED, SAVED, form_answer, way_to, work_of_its
from kit.pages import FormPage, posted
from kit.permissions import require
from kit.responses import makes_new
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
    new = Improvement(participation=participation, takeaway=idea)
    return _new(request, "Nytt förbättringsarbete av en idé", "", new, source, filled)


@require_http_methods(["GET", "POST"])
def from_example(request: PageRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """Draw a new improvement in the example's own words; redirect to the improvement if it is already made."""
    participation = get_participation(request, slug, code, "cohort__plan__checklist")
    require(request.user, EDIT_WORK, participation)
    offered = Effort.objects.visible_to(roles_of(request.user)).examples().prefetch_related("steps")
    effort = get_object_or_404(offered.select_related("participation__cohort", "participation__organisation"), pk=pk)
    if not may_borrow(participation, effort):
        raise Http404
    made = participation.improvements.filter(example=effort).first()
    if made and request.method == "GET":
        return redirect("improvements:improvement", made.pk)
    lender = effort.participation.organisation
    filled = {**words_of(effort), "item": same_item(effort.item, participation), "borrowed_from": lender}
    lead = f"Det står som {lender} har skrivit det. Ändra det till det ni vill pröva hos er."
    new = Improvement(participation=participation, example=effort)
    return _new(request, "Pröva exemplet hos er", lead, new, lender, filled)


@makes_new
@require_http_methods(["GET", "POST"])
def from_teacher(request: PageRequest, slug: str, code: str, number: int, lender: str) -> HttpResponse:
    """Draw a new improvement about an item where the organisation stands low and the lender gladly tells."""
    participation = get_participation(request, slug, code, "cohort__plan__checklist")
    require(request.user, LEARN_FROM, participation)
    require(request.user, EDIT_WORK, participation)
    learning = learning_for(participation, request.user, timezone.localdate())
    lessons = [lesson for lesson in learning.taught if lesson.item.number == number]
    teachers = [row for lesson in lessons for row in lesson.teachers if row.participation.code == lender]
    if not teachers:
        raise Http404
    teacher = teachers[0].participation.organisation
    filled = {"item": same_item(lessons[0].item, participation), "borrowed_from": teacher}
    lead = f"{teacher} berättar gärna hur de gör. Skriv vad ni vill pröva, när ni har hört eller läst det."
    new = Improvement(participation=participation)
    return _new(request, f"Pröva något från {teacher}", lead, new, teacher, filled)


def _new(
    request: PageRequest, title: str, lead: str, new: Improvement, lender: Organisation, filled: dict[str, Any]
) -> HttpResponse:
    participation: Participation = new.participation
    form = ImprovementForm(posted(request), stored=None, participation=participation, source=lender, initial=filled)
    page = FormPage(
        title, participation.organisation.name, work_of_its(participation), way_to(request, participation), lead=lead
    )
    action = partial(actions.save_improvement, improvement=new)
    return form_answer(request, form, page, action, SAVED, goes_to_new=True, template=FOLDED)
