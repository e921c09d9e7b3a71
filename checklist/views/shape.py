"""Pages where the process leader copies the checklist and changes the copy's shape."""

from functools import partial

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.requests import PageRequest
from checklist.actions import shape as editions
from checklist.forms import ItemForm, ItemLinkForm, PropertiesForm, VersionCopyForm
from checklist.models import Checklist, Item
from checklist.models.version import LOCKED
from checklist.perms import EDIT_CHECKLIST
from kit.pages import Crumb, FormPage, form_page, line_in, posted, press, saved_or_form, store
from kit.permissions import require
from kit.responses import makes_new, post_only

TEMPLATE = "checklist/version_form.html"


@makes_new
@require_http_methods(["GET", "POST"])
def copy(request: PageRequest, key: str) -> HttpResponse:
    old = _checklist(request, key)
    form = VersionCopyForm(posted(request), initial={"year": timezone.localdate().year}, use_required_attribute=False)
    lead = "Steg, moment, vägledning och frågor följer med. Varje moment länkas till det som det kommer från."
    page = _page(old, "Gör en ny version som kopia", button="Gör kopian", lead=lead)
    new = store(request, form, partial(editions.copy_checklist, checklist=old))
    if new:
        messages.success(
            request, "Den nya versionen finns nu. Ni kan ändra i den tills en självskattning använder den."
        )
        return redirect("checklist:version", new.key)
    return form_page(request, TEMPLATE, form, page)


@require_http_methods(["GET", "POST"])
def edit(request: PageRequest, key: str) -> HttpResponse:
    checklist = _checklist(request, key)
    form = PropertiesForm(posted(request), checklist=checklist)
    page = _page(checklist, "Ändra uppgifterna om versionen", fixed=_fixed(checklist))
    return saved_or_form(request, TEMPLATE, form, page, partial(editions.edit_checklist, checklist=checklist))


@require_http_methods(["GET", "POST"])
def delete(request: PageRequest, key: str) -> HttpResponse:
    checklist = _checklist(request, key)
    title, back = "Ta bort versionen", reverse("checklist:versions")
    lead = "Moment, vägledning och historik försvinner. Det går inte att ångra."
    page = _page(checklist, title, back=back, button=title, lead=lead, fixed=editions.why_not_deleted(checklist))
    form = forms.Form(posted(request))
    return saved_or_form(request, TEMPLATE, form, page, partial(editions.delete_checklist, checklist=checklist))


@makes_new
@require_http_methods(["GET", "POST"])
def item_add(request: PageRequest, key: str) -> HttpResponse:
    checklist = _checklist(request, key)
    form = ItemForm(posted(request), item=Item(number=checklist.items.count() + 1))
    page = _page(checklist, "Lägg till ett moment", fixed=_fixed(checklist))
    return saved_or_form(request, TEMPLATE, form, page, partial(editions.add_item, checklist=checklist))


@require_http_methods(["GET", "POST"])
def item(request: PageRequest, key: str, number: int) -> HttpResponse:
    stored = _item(request, key, number)
    form = ItemForm(posted(request), item=stored)
    title = f"Ändra plats och uppgifter för moment {number}"
    page = _page(stored.checklist, title, lead=stored.text, fixed=_fixed(stored.checklist))
    return saved_or_form(request, TEMPLATE, form, page, partial(editions.edit_item, item=stored))


@require_http_methods(["GET", "POST"])
def item_remove(request: PageRequest, key: str, number: int) -> HttpResponse:
    stored = _item(request, key, number)
    page = _page(
        stored.checklist,
        f"Ta bort moment {number}",
        button="Ta bort momentet",
        lead=f"{stored.text}. Vägledning och historik försvinner också. De moment som kommer efter flyttas upp.",
        fixed=_fixed(stored.checklist),
    )
    return saved_or_form(
        request, TEMPLATE, forms.Form(posted(request)), page, partial(editions.remove_item, item=stored)
    )


@require_http_methods(["GET", "POST"])
def links(request: PageRequest, key: str, number: int) -> HttpResponse:
    stored = _item(request, key, number)
    here = reverse("checklist:version_links", args=[key, number])
    if request.method == "POST" and request.POST.get("remove", "").isdecimal():
        link = get_object_or_404(stored.origins, pk=request.POST["remove"])
        press(request, partial(editions.unlink_item, link=link), "Länken är borttagen.")
        return redirect(here)
    form = ItemLinkForm(posted(request), item=stored)
    if store(request, form, partial(editions.link_item, item=stored)):
        messages.success(request, "Länken är sparad.")
        return redirect(here)
    title = f"Tidigare moment för moment {number}"
    page = _page(stored.checklist, title, button="Lägg till länken", fixed=_fixed(stored.checklist))
    there = stored.origins.select_related("old__checklist")
    return form_page(request, "checklist/version_links.html", form, page, item=stored, links=there)


@makes_new
@post_only
def step(request: PageRequest, key: str) -> HttpResponse:
    checklist = _checklist(request, key)
    if "remove" in request.POST:
        press(request, partial(editions.remove_step, checklist=checklist), "Steget är borttaget.")
    else:
        label = line_in(request, "label")
        press(request, partial(editions.add_step, checklist=checklist, label=label), "Steget är tillagt.")
    return redirect("checklist:version_steps", key)


def _checklist(request: PageRequest, key: str) -> Checklist:
    require(request.user, EDIT_CHECKLIST)
    return get_object_or_404(Checklist, key=key)


def _item(request: PageRequest, key: str, number: int) -> Item:
    return get_object_or_404(_checklist(request, key).items.select_related("checklist"), number=number)


def _way_back(checklist: Checklist) -> str:
    return reverse("checklist:version", args=[checklist.key])


def _fixed(checklist: Checklist) -> str:
    return LOCKED if checklist.is_used() else ""


def _page(
    checklist: Checklist, title: str, *, back: str = "", button: str = "Spara", lead: str = "", fixed: str = ""
) -> FormPage:
    crumbs = [Crumb(reverse("checklist:versions"), "Checklistor"), Crumb(_way_back(checklist), checklist.name)]
    return FormPage(
        title, checklist.name, back or _way_back(checklist), crumbs=crumbs, button=button, lead=lead, fixed=fixed
    )
