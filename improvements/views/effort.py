from functools import partial
from http import HTTPStatus
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import PageRequest
from cohorts.fetch import get_participation, participation_shown_on
from cohorts.roles import roles_of
from cohorts.rules import is_own
from improvements import actions
from improvements.borrowing import homes_of, tries_of
from improvements.enums import Stage
from improvements.forms import EffortForm
from improvements.ideas import lent_by
from improvements.models import Effort, EffortStep, WithdrawnExample
from improvements.perms import EDIT_WORK
from improvements.step_form import ChainStepForm
from improvements.views.pages import form_answer, way_to, work_of_its
from improvements.views.rows import EffortRow, links_of
from kit.pages import Crumb, FormPage, posted
from kit.permissions import may, require
from kit.responses import makes_new
from kit.staleness import content_of


def get_effort(request: PageRequest, pk: int) -> Effort:
    effort = get_object_or_404(_visible(request), pk=pk)
    participation_shown_on(request, effort.participation)
    return effort


def _visible(request: PageRequest) -> QuerySet[Effort]:
    related = ("participation__organisation", "participation__cohort__plan__checklist", "item")
    rows = Effort.objects.visible_to(roles_of(request.user)).select_related(*related)
    about_steps = [f"steps__{name}" for name in ("goal", "indicator", "decision")]
    return rows.prefetch_related(*about_steps, "goals", "articles")


@require_GET
def effort(request: PageRequest, pk: int) -> HttpResponse:
    """Show an effort; an example that has been withdrawn leaves a sentence at its address."""
    effort = _visible(request).filter(pk=pk).first()
    if effort is None:
        return _withdrawn(request, pk)
    participation = effort.participation
    participation_shown_on(request, participation)
    own, roles = is_own.test(request.user, participation), roles_of(request.user)
    context = {
        "row": EffortRow(effort, tries_of([effort], homes_of(roles)).get(effort.pk, ())),
        "participation": participation,
        # What a step said before was not written for others to read.
        "links": links_of(effort, effort.past_steps.all() if own else ()),
        "crumbs": way_to(request, participation),
        "own": own,
        "lent": lent_by(participation, roles, effort) if own and effort.example else None,
        "may_edit": may(request.user, EDIT_WORK, participation),
    }
    return render(request, "improvements/effort.html", context)


def _withdrawn(request: PageRequest, pk: int) -> HttpResponse:
    withdrawn = get_object_or_404(WithdrawnExample, effort_number=pk)
    context = {"withdrawn": withdrawn, "crumbs": [Crumb(reverse("improvements:library"), "Lärande exempel")]}
    return render(request, "improvements/withdrawn.html", context, status=HTTPStatus.GONE)


@makes_new
@require_http_methods(["GET", "POST"])
def add(request: PageRequest, slug: str, code: str) -> HttpResponse:
    participation = get_participation(request, slug, code, "cohort__plan__checklist")
    require(request.user, EDIT_WORK, participation)
    form = EffortForm(posted(request), stored=None, participation=participation)
    page = FormPage(
        "Ny insats", participation.organisation.name, work_of_its(participation), way_to(request, participation)
    )
    new = Effort(participation=participation)
    done = "Insatsen är sparad. Nu kan ni lägga till dess steg i resultatkedjan."
    return form_answer(request, form, page, partial(actions.save_effort, effort=new), done, goes_to_new=True)


@require_http_methods(["GET", "POST"])
def edit(request: PageRequest, pk: int) -> HttpResponse:
    effort = get_effort(request, pk)
    require(request.user, EDIT_WORK, effort.participation)
    stored = content_of(effort, *actions.EFFORT)
    form = EffortForm(posted(request), stored=stored, participation=effort.participation)
    page = _page(request, effort, "Ändra insatsen")
    return form_answer(request, form, page, partial(actions.save_effort, effort=effort), "Insatsen är sparad.")


@makes_new
@require_http_methods(["GET", "POST"])
def step_add(request: PageRequest, pk: int) -> HttpResponse:
    effort = get_effort(request, pk)
    require(request.user, EDIT_WORK, effort.participation)
    free = [link.stage for link in links_of(effort) if link.step is None]
    if request.method == "GET" and not free:
        return redirect("improvements:effort", pk)
    # A posted stage may be any: the action refuses one that was taken in the meantime, unless it is a second click.
    stages = tuple(Stage if request.method == "POST" else free)
    form = ChainStepForm(posted(request), stored=None, effort=effort, stages=stages)

    def save(*, stage: str, **content: Any) -> EffortStep:
        return actions.save_step(step=EffortStep(effort=effort, stage=stage), **content)

    return form_answer(request, form, _page(request, effort, "Nytt steg"), save, "Steget är sparat.")


@require_http_methods(["GET", "POST"])
def step_edit(request: PageRequest, pk: int, stage: str) -> HttpResponse:
    effort = get_effort(request, pk)
    require(request.user, EDIT_WORK, effort.participation)
    step = next((step for step in effort.steps.all() if step.stage == stage), None)
    if step is None:
        raise Http404
    form = ChainStepForm(posted(request), stored=content_of(step, *actions.STEP), effort=effort, stage=stage)
    page = _page(request, effort, f"Ändra steget {step.get_stage_display().lower()}")
    return form_answer(request, form, page, partial(actions.save_step, step=step), "Steget är sparat.")


def _page(request: PageRequest, effort: Effort, title: str) -> FormPage:
    here = reverse("improvements:effort", args=[effort.pk])
    crumbs = [*way_to(request, effort.participation), Crumb(here, effort.title)]
    return FormPage(title, effort.title, here, crumbs)
