"""The process leader makes the checklist's next edition: a copy, then one page for each thing to change in it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from checklist.actions import editions
from checklist.forms.versions import CopyForm, ItemForm, LinkForm, PropertiesForm
from checklist.models import Checklist, Item
from checklist.models.version import LOCKED
from modell.http import PageRequest
from modell.permissions import Perm, require
from modell.refusals import ActionRefused
from modell.staleness import SeenForm


@dataclass(frozen=True)
class FormPage:
    """The words of a page with one form; `fixed` says why there is none. Where one comes from is where one goes."""

    title: str
    checklist: Checklist
    back: str
    button: str = "Spara"
    lead: str = ""
    fixed: str = ""


@require_http_methods(["GET", "POST"])
def copy(request: PageRequest, key: str) -> HttpResponse:
    old = _checklist(request, key)
    form = CopyForm(_posted(request), initial={"year": timezone.localdate().year}, use_required_attribute=False)
    lead = "Steg, moment, vägledning och frågor följer med. Varje moment länkas till det som det kommer från."
    page = FormPage("Gör en ny version som kopia", old, _way_back(old), button="Gör kopian", lead=lead)
    new = _stored(request, form, partial(editions.copy_checklist, checklist=old))
    if new:
        messages.success(
            request, "Den nya versionen finns nu. Ni kan ändra i den tills en självskattning använder den."
        )
        return redirect("checklist:version", new.key)
    return _form_page(request, form, page)


@require_http_methods(["GET", "POST"])
def edit(request: PageRequest, key: str) -> HttpResponse:
    checklist = _checklist(request, key)
    form = PropertiesForm(_posted(request), checklist=checklist)
    page = FormPage("Ändra uppgifterna om versionen", checklist, _way_back(checklist), fixed=_fixed(checklist))
    return _saved_or_form(request, form, page, partial(editions.edit_checklist, checklist=checklist))


@require_http_methods(["GET", "POST"])
def delete(request: PageRequest, key: str) -> HttpResponse:
    checklist = _checklist(request, key)
    title, back = "Ta bort versionen", reverse("checklist:versions")
    lead = "Moment, vägledning och historik försvinner. Det går inte att ångra."
    page = FormPage(title, checklist, back, button=title, lead=lead, fixed=editions.why_not_deleted(checklist))
    form = forms.Form(_posted(request))
    return _saved_or_form(request, form, page, partial(editions.delete_checklist, checklist=checklist))


@require_http_methods(["GET", "POST"])
def item_add(request: PageRequest, key: str) -> HttpResponse:
    checklist = _checklist(request, key)
    form = ItemForm(_posted(request), item=Item(number=checklist.items.count() + 1))
    page = FormPage("Lägg till ett moment", checklist, _way_back(checklist), fixed=_fixed(checklist))
    return _saved_or_form(request, form, page, partial(editions.add_item, checklist=checklist))


@require_http_methods(["GET", "POST"])
def item(request: PageRequest, key: str, number: int) -> HttpResponse:
    found = _item(request, key, number)
    form = ItemForm(_posted(request), item=found)
    title = f"Ändra plats och uppgifter för moment {number}"
    page = FormPage(title, found.checklist, _way_back(found.checklist), lead=found.text, fixed=_fixed(found.checklist))
    return _saved_or_form(request, form, page, partial(editions.edit_item, item=found))


@require_http_methods(["GET", "POST"])
def item_remove(request: PageRequest, key: str, number: int) -> HttpResponse:
    found = _item(request, key, number)
    page = FormPage(
        f"Ta bort moment {number}",
        found.checklist,
        _way_back(found.checklist),
        button="Ta bort momentet",
        lead=f"{found.text}. Vägledning och historik försvinner också. De moment som kommer efter flyttas upp.",
        fixed=_fixed(found.checklist),
    )
    return _saved_or_form(request, forms.Form(_posted(request)), page, partial(editions.remove_item, item=found))


@require_http_methods(["GET", "POST"])
def links(request: PageRequest, key: str, number: int) -> HttpResponse:
    """Which older moment this one comes from: a list, each with a button to take it away, and a form to add one."""
    found = _item(request, key, number)
    here = reverse("checklist:version_links", args=[key, number])
    if request.method == "POST" and request.POST.get("remove", "").isdecimal():
        link = get_object_or_404(found.origins, pk=request.POST["remove"])
        _try(request, partial(editions.unlink_item, link=link), "Länken är borttagen.")
        return redirect(here)
    form = LinkForm(_posted(request), item=found)
    if _stored(request, form, partial(editions.link_item, item=found)):
        messages.success(request, "Länken är sparad.")
        return redirect(here)
    title, back = f"Tidigare moment för moment {number}", _way_back(found.checklist)
    page = FormPage(title, found.checklist, back, button="Lägg till länken", fixed=_fixed(found.checklist))
    context = {"form": form, "page": page, "item": found, "links": found.origins.select_related("old__checklist")}
    return render(request, "checklist/versions/version_links.html", context, status=422 if form.errors else 200)


@require_POST
def step(request: PageRequest, key: str) -> HttpResponse:
    """Add a highest step, or take the highest away."""
    checklist = _checklist(request, key)
    if "remove" in request.POST:
        _try(request, partial(editions.remove_step, checklist=checklist), "Steget är borttaget.")
    else:
        label = request.POST.get("label", "")
        _try(request, partial(editions.add_step, checklist=checklist, label=label), "Steget är tillagt.")
    return redirect("checklist:version_steps", key)


def _checklist(request: PageRequest, key: str) -> Checklist:
    require(request.user, Perm.EDIT_CHECKLIST)
    return get_object_or_404(Checklist, key=key)


def _item(request: PageRequest, key: str, number: int) -> Item:
    return get_object_or_404(_checklist(request, key).items.select_related("checklist"), number=number)


def _way_back(checklist: Checklist) -> str:
    return reverse("checklist:version", args=[checklist.key])


def _fixed(checklist: Checklist) -> str:
    return LOCKED if checklist.is_used() else ""


def _posted(request: PageRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _try(request: PageRequest, action: Callable[..., Any], done: str) -> None:
    """For a button without fields: what came of it stands on the next page."""
    try:
        action(by=request.user)
    except ActionRefused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, done)


def _stored(request: PageRequest, form: forms.Form, action: Callable[..., Any]) -> Any:
    """What the action gives, True where it gives nothing; None if the form says why not."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        return action(**form.cleaned_data, by=request.user) or True
    except ActionRefused as refusal:
        if isinstance(form, SeenForm):
            form.refuse(refusal)
        else:
            form.add_error(refusal.field, refusal.sentence)
    return None


def _saved_or_form(request: PageRequest, form: forms.Form, page: FormPage, action: Callable[..., Any]) -> HttpResponse:
    if _stored(request, form, action):
        messages.success(request, "Ändringen är sparad.")
        return redirect(page.back)
    return _form_page(request, form, page)


def _form_page(request: PageRequest, form: forms.Form, page: FormPage) -> HttpResponse:
    context = {"form": form, "page": page}
    return render(request, "checklist/versions/version_form.html", context, status=422 if form.errors else 200)
