"""Views of the concept editions: SKR reads them, and the process leader has a page for each change."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import PageRequest
from kit.pages import Crumb, FormPage, posted, store
from kit.permissions import may, require
from kit.responses import makes_new, post_only
from planning.actions import editions as actions
from planning.actions.rows import OF_EDITION, OF_STEP, RowList, save_rows
from planning.forms.editions import EditionCopyForm, EditionForm, EditionStepForm
from planning.forms.rows import RowsForm
from planning.models import Edition, EditionStep
from planning.perms import EDIT_EDITION, READ_EDITIONS, START_COHORT
from planning.setup.changes import answers_to_carry
from planning.setup.outline import outline
from planning.views.pages import form_page, saved_or_form, usual_chapters

# The lists' names in addresses.
PARTS = {"arrangor": "host_tasks", "resultat": "results", "avsnitt": "sections", "kapitel": "chapters"}
STEP_PARTS = {"forberedelser": "preparations", "dagordning": "agenda"}


@require_GET
def editions(request: PageRequest) -> HttpResponse:
    require(request.user, READ_EDITIONS)
    context = {"editions": Edition.objects.all(), "may_edit": may(request.user, EDIT_EDITION)}
    return render(request, "planning/editions/editions.html", context)


@require_GET
def edition(request: PageRequest, key: str) -> HttpResponse:
    require(request.user, READ_EDITIONS)
    concept = get_object_or_404(Edition.objects.select_related("checklist"), key=key)
    context = {
        "edition": concept,
        "outline": outline(concept),
        "changes": concept.changes.select_related("cohort"),
        "to_carry": answers_to_carry(concept),
        "crumbs": _way_to(),
        "may_edit": may(request.user, EDIT_EDITION),
        "may_start": may(request.user, START_COHORT),
    }
    return render(request, "planning/editions/edition.html", context)


@makes_new
@require_http_methods(["GET", "POST"])
def copy(request: PageRequest, key: str) -> HttpResponse:
    concept = _edition(request, key)
    form = EditionCopyForm(posted(request), use_required_attribute=False)
    page = page_of(concept, "Gör en kopia", button="Gör kopian", lead="Alla steg och listor följer med.")
    new = store(request, form, partial(actions.copy_edition, edition=concept))
    if new:
        messages.success(request, "Kopian finns nu. Ändra den som ni vill.")
        return redirect(new)
    return form_page(request, form, page)


@require_http_methods(["GET", "POST"])
def edit(request: PageRequest, key: str) -> HttpResponse:
    concept = _edition(request, key)
    page = page_of(concept, "Ändra uppgifterna")
    return saved_or_form(
        request, EditionForm(posted(request), edition=concept), page, partial(actions.edit_edition, edition=concept)
    )


@require_http_methods(["GET", "POST"])
def delete(request: PageRequest, key: str) -> HttpResponse:
    concept = _edition(request, key)
    page = FormPage(
        "Ta bort konceptet",
        concept.name,
        reverse("planning:editions"),
        crumbs=_way_to(concept),
        button="Ta bort konceptet",
        lead="Steg och listor försvinner. Det går inte att ångra.",
        fixed=actions.why_not_deleted(concept),
        danger=True,
    )
    action = partial(actions.delete_edition, edition=concept)
    return saved_or_form(request, forms.Form(posted(request)), page, action, "Konceptet är borttaget.")


@makes_new
@require_http_methods(["GET", "POST"])
def step_add(request: PageRequest, key: str) -> HttpResponse:
    concept = _edition(request, key)
    form = EditionStepForm(posted(request), edition=concept, step=None)
    page = page_of(concept, "Lägg till ett steg", lead="Steget hamnar sist. Flytta det sedan till sin plats.")
    return saved_or_form(request, form, page, partial(actions.save_step, edition=concept, step=None))


@require_http_methods(["GET", "POST"])
def step_edit(request: PageRequest, key: str, pk: int) -> HttpResponse:
    step = _step(request, key, pk)
    form = EditionStepForm(posted(request), edition=step.edition, step=step)
    page = page_of(step.edition, f"Ändra {step.name}")
    return saved_or_form(request, form, page, partial(actions.save_step, edition=step.edition, step=step))


@post_only
def step_move(request: PageRequest, key: str, pk: int) -> HttpResponse:
    step = _step(request, key, pk)
    actions.move_step(step=step, up="upp" in request.POST, by=request.user)
    return redirect(f"{step.edition.get_absolute_url()}#steg-{step.pk}")


@require_http_methods(["GET", "POST"])
def step_remove(request: PageRequest, key: str, pk: int) -> HttpResponse:
    concept = _edition(request, key)
    step = concept.steps.select_related("edition").filter(pk=pk).first()
    if step is None and request.method == "POST":  # a second click
        return redirect(concept)
    step = _step(request, key, pk)
    page = page_of(concept, f"Ta bort {step.name}", button="Ta bort steget", danger=True)
    action = partial(actions.remove_step, step=step)
    return saved_or_form(request, forms.Form(posted(request)), page, action, "Steget är borttaget.")


@require_http_methods(["GET", "POST"])
def rows(request: PageRequest, key: str, part: str) -> HttpResponse:
    concept = _edition(request, key)
    return _rows(request, _list(PARTS, OF_EDITION, part), concept, concept)


@require_http_methods(["GET", "POST"])
def step_rows(request: PageRequest, key: str, pk: int, part: str) -> HttpResponse:
    step = _step(request, key, pk)
    return _rows(request, _list(STEP_PARTS, OF_STEP, part), step.edition, step)


def _list(names: dict[str, str], lists: tuple[RowList, ...], part: str) -> RowList:
    match = next((row_list for row_list in lists if row_list.part == names.get(part)), None)
    if match is None:
        raise Http404
    return match


def _rows(request: PageRequest, of: RowList, edition: Edition, parent: Edition | EditionStep) -> HttpResponse:
    offered = usual_chapters() if of.part == "chapters" and not of.of(parent) else []
    form = RowsForm(posted(request), of=of, parent=parent, offered=offered)
    title = of.titled if parent is edition else f"{of.titled} för {parent.name}"
    page = page_of(edition, title)
    values: dict[str, Any] = {"of": of, "parent": parent}
    if request.method == "POST" and form.is_valid():
        values |= {"rows": form.chosen, "known": form.known, "seen": form.cleaned_data["seen"]}
        if store(request, form, save_rows, **values):
            messages.success(request, "Listan är sparad.")
            return redirect(page.back)
    return form_page(request, form, page)


def _edition(request: PageRequest, key: str) -> Edition:
    require(request.user, EDIT_EDITION)
    return get_object_or_404(Edition, key=key)


def _step(request: PageRequest, key: str, pk: int) -> EditionStep:
    return get_object_or_404(_edition(request, key).steps.select_related("edition", "prepares"), pk=pk)


def _way_to(concept: Edition | None = None) -> list[Crumb]:
    crumbs = [Crumb(reverse("planning:editions"), "Koncept")]
    return [*crumbs, Crumb(concept.get_absolute_url(), concept.name)] if concept else crumbs


def page_of(concept: Edition, title: str, *, button: str = "Spara", lead: str = "", danger: bool = False) -> FormPage:
    return FormPage(
        title,
        concept.name,
        concept.get_absolute_url(),
        crumbs=_way_to(concept),
        button=button,
        lead=lead,
        danger=danger,
    )
