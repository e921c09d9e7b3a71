"""Concept editions: read by SKR, changed by the process leader, a page for each thing to change."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from modell.http import PageRequest
from modell.permissions import Perm, may, require
from programme.actions import editions as actions
from programme.actions.rows import OF_EDITION, OF_STEP, RowList, save_rows
from programme.forms.editions import EditionCopyForm, EditionForm, StepForm
from programme.forms.rows import RowsForm
from programme.models import Edition, EditionStep
from programme.setup.outline import outline
from programme.views.pages import FormPage, form_page, posted, saved_or_form, stored

# The lists' names in addresses.
PARTS = {"arrangor": "host_tasks", "resultat": "results", "avsnitt": "sections"}
STEP_PARTS = {"forberedelser": "preparations", "dagordning": "agenda"}


def editions(request: PageRequest) -> HttpResponse:
    require(request.user, Perm.READ_EDITIONS)
    context = {"editions": Edition.objects.all(), "may_edit": may(request.user, Perm.EDIT_EDITION)}
    return render(request, "programme/editions/editions.html", context)


def edition(request: PageRequest, key: str) -> HttpResponse:
    """One concept, whole: its steps with what is prepared, its lists."""
    require(request.user, Perm.READ_EDITIONS)
    found = get_object_or_404(Edition.objects.select_related("checklist"), key=key)
    context = {
        "edition": found,
        "outline": outline(found),
        "crumbs": _way_to(),
        "may_edit": may(request.user, Perm.EDIT_EDITION),
        "may_start": may(request.user, Perm.START_COHORT),
    }
    return render(request, "programme/editions/edition.html", context)


@require_http_methods(["GET", "POST"])
def copy(request: PageRequest, key: str) -> HttpResponse:
    found = _edition(request, key)
    form = EditionCopyForm(posted(request), use_required_attribute=False)
    page = _page(found, "Gör en kopia", button="Gör kopian", lead="Alla steg och listor följer med.")
    new = stored(request, form, partial(actions.copy_edition, edition=found))
    if new:
        messages.success(request, "Kopian finns nu. Ändra den som ni vill.")
        return redirect(new)
    return form_page(request, form, page)


@require_http_methods(["GET", "POST"])
def edit(request: PageRequest, key: str) -> HttpResponse:
    found = _edition(request, key)
    page = _page(found, "Ändra uppgifterna")
    return saved_or_form(
        request, EditionForm(posted(request), edition=found), page, partial(actions.edit_edition, edition=found)
    )


@require_http_methods(["GET", "POST"])
def delete(request: PageRequest, key: str) -> HttpResponse:
    found = _edition(request, key)
    page = FormPage(
        "Ta bort konceptet",
        found.name,
        reverse("programme:editions"),
        crumbs=_way_to(found),
        button="Ta bort konceptet",
        lead="Steg och listor försvinner. Det går inte att ångra.",
        fixed=actions.why_not_deleted(found),
        danger=True,
    )
    action = partial(actions.delete_edition, edition=found)
    return saved_or_form(request, forms.Form(posted(request)), page, action, "Konceptet är borttaget.")


@require_http_methods(["GET", "POST"])
def step_add(request: PageRequest, key: str) -> HttpResponse:
    found = _edition(request, key)
    form = StepForm(posted(request), edition=found, step=None)
    page = _page(found, "Lägg till ett steg", lead="Steget hamnar sist. Flytta det sedan till sin plats.")
    return saved_or_form(request, form, page, partial(actions.save_step, edition=found, step=None))


@require_http_methods(["GET", "POST"])
def step_edit(request: PageRequest, key: str, pk: int) -> HttpResponse:
    step = _step(request, key, pk)
    form = StepForm(posted(request), edition=step.edition, step=step)
    page = _page(step.edition, f"Ändra {step.name}")
    return saved_or_form(request, form, page, partial(actions.save_step, edition=step.edition, step=step))


@require_POST
def step_move(request: PageRequest, key: str, pk: int) -> HttpResponse:
    step = _step(request, key, pk)
    actions.move_step(step=step, up="upp" in request.POST, by=request.user)
    return redirect(f"{step.edition.get_absolute_url()}#steg-{step.pk}")


@require_http_methods(["GET", "POST"])
def step_remove(request: PageRequest, key: str, pk: int) -> HttpResponse:
    found = _edition(request, key)
    step = found.steps.select_related("edition").filter(pk=pk).first()
    if step is None and request.method == "POST":  # a second click
        return redirect(found)
    step = _step(request, key, pk)
    page = _page(found, f"Ta bort {step.name}", button="Ta bort steget", danger=True)
    action = partial(actions.remove_step, step=step)
    return saved_or_form(request, forms.Form(posted(request)), page, action, "Steget är borttaget.")


@require_http_methods(["GET", "POST"])
def rows(request: PageRequest, key: str, part: str) -> HttpResponse:
    found = _edition(request, key)
    return _rows(request, _list(PARTS, OF_EDITION, part), found, found)


@require_http_methods(["GET", "POST"])
def step_rows(request: PageRequest, key: str, pk: int, part: str) -> HttpResponse:
    step = _step(request, key, pk)
    return _rows(request, _list(STEP_PARTS, OF_STEP, part), step.edition, step)


def _list(names: dict[str, str], lists: tuple[RowList, ...], part: str) -> RowList:
    found = next((one for one in lists if one.part == names.get(part)), None)
    if found is None:
        raise Http404
    return found


def _rows(request: PageRequest, of: RowList, edition: Edition, parent: Edition | EditionStep) -> HttpResponse:
    form = RowsForm(posted(request), of=of, parent=parent)
    title = of.titled if parent is edition else f"{of.titled} för {parent.name}"
    page = _page(edition, title)
    values: dict[str, Any] = {"of": of, "parent": parent}
    if request.method == "POST" and form.is_valid():
        values |= {"rows": form.chosen, "known": form.known, "seen": form.cleaned_data["seen"]}
        if stored(request, form, save_rows, **values):
            messages.success(request, "Listan är sparad.")
            return redirect(page.back)
    return form_page(request, form, page)


def _edition(request: PageRequest, key: str) -> Edition:
    require(request.user, Perm.EDIT_EDITION)
    return get_object_or_404(Edition, key=key)


def _step(request: PageRequest, key: str, pk: int) -> EditionStep:
    return get_object_or_404(_edition(request, key).steps.select_related("edition", "prepares"), pk=pk)


def _way_to(found: Edition | None = None) -> list[dict[str, str]]:
    crumbs = [{"url": reverse("programme:editions"), "label": "Koncept"}]
    return [*crumbs, {"url": found.get_absolute_url(), "label": found.name}] if found else crumbs


def _page(found: Edition, title: str, *, button: str = "Spara", lead: str = "", danger: bool = False) -> FormPage:
    return FormPage(
        title, found.name, found.get_absolute_url(), crumbs=_way_to(found), button=button, lead=lead, danger=danger
    )
