from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import PageRequest
from cohorts.fetch import get_participation, participation_shown_on
from cohorts.roles import roles_of
from improvements import actions
from improvements.forms import CycleForm, ImprovementForm
from improvements.models import Cycle, Improvement
from improvements.perms import EDIT_WORK
from improvements.views.pages import form_answer, is_own, way_to, work_of_its
from improvements.views.rows import ImprovementRow
from kit.pages import Crumb, FormPage, posted
from kit.permissions import may, require
from kit.responses import makes_new
from kit.staleness import content_of


def get_improvement(request: PageRequest, pk: int) -> Improvement:
    related = ("participation__organisation", "participation__cohort__plan__checklist", "item", "borrowed_from")
    visible = Improvement.objects.visible_to(roles_of(request.user)).select_related(*related)
    improvement = get_object_or_404(visible, pk=pk)
    participation_shown_on(request, improvement.participation)
    return improvement


@require_GET
def improvement(request: PageRequest, pk: int) -> HttpResponse:
    improvement = get_improvement(request, pk)
    participation = improvement.participation
    context = {
        "row": ImprovementRow(improvement),
        "participation": participation,
        "cycles": list(improvement.cycles.all()),
        "crumbs": way_to(request, participation),
        "own": is_own(request, participation),
        "may_edit": may(request.user, EDIT_WORK, participation),
    }
    return render(request, "improvements/improvement.html", context)


@makes_new
@require_http_methods(["GET", "POST"])
def add(request: PageRequest, slug: str, code: str) -> HttpResponse:
    participation = get_participation(request, slug, code, "cohort__plan__checklist")
    require(request.user, EDIT_WORK, participation)
    form = ImprovementForm(posted(request), stored=None, participation=participation)
    page = FormPage(
        "Nytt förbättringsarbete",
        participation.organisation.name,
        work_of_its(participation),
        way_to(request, participation),
    )
    new = Improvement(participation=participation)
    done = "Förbättringsarbetet är sparat. Nu kan ni beskriva den första PDSA-cykeln."
    return form_answer(request, form, page, partial(actions.save_improvement, improvement=new), done, goes_to_new=True)


@require_http_methods(["GET", "POST"])
def edit(request: PageRequest, pk: int) -> HttpResponse:
    improvement = get_improvement(request, pk)
    require(request.user, EDIT_WORK, improvement.participation)
    stored = content_of(improvement, *actions.IMPROVEMENT)
    form = ImprovementForm(posted(request), stored=stored, participation=improvement.participation)
    page = _page(request, improvement, "Ändra förbättringsarbetet")
    return form_answer(
        request,
        form,
        page,
        partial(actions.save_improvement, improvement=improvement),
        "Förbättringsarbetet är sparat.",
    )


@makes_new
@require_http_methods(["GET", "POST"])
def cycle_add(request: PageRequest, pk: int) -> HttpResponse:
    improvement = get_improvement(request, pk)
    require(request.user, EDIT_WORK, improvement.participation)
    form = CycleForm(posted(request), stored=None)
    page = _page(request, improvement, "Ny PDSA-cykel")
    new = Cycle(improvement=improvement)
    return form_answer(request, form, page, partial(actions.save_cycle, cycle=new), "Cykeln är sparad.")


@require_http_methods(["GET", "POST"])
def cycle_edit(request: PageRequest, pk: int, number: int) -> HttpResponse:
    improvement = get_improvement(request, pk)
    require(request.user, EDIT_WORK, improvement.participation)
    cycle = get_object_or_404(improvement.cycles, number=number)
    form = CycleForm(posted(request), stored=content_of(cycle, *actions.CYCLE))
    page = _page(request, improvement, f"Ändra PDSA-cykel {number}")
    return form_answer(request, form, page, partial(actions.save_cycle, cycle=cycle), f"Cykel {number} är sparad.")


def _page(request: PageRequest, improvement: Improvement, title: str) -> FormPage:
    here = reverse("improvements:improvement", args=[improvement.pk])
    crumbs = [*way_to(request, improvement.participation), Crumb(here, improvement.title)]
    return FormPage(title, improvement.title, here, crumbs)
