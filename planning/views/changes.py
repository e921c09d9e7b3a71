"""Views of a concept's log of changes, which the process leader writes."""

from functools import partial

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.requests import PageRequest
from kit.pages import posted, store
from kit.permissions import require
from kit.responses import makes_new
from kit.staleness import content_of
from planning.actions import changes as actions
from planning.forms.changes import EditionChangeForm
from planning.models import Edition
from planning.perms import EDIT_EDITION
from planning.setup.changes import answers_that_change
from planning.views.editions import page_of
from planning.views.pages import form_page, saved_or_form

LOG = "andringar"


@makes_new
@require_http_methods(["GET", "POST"])
def change_add(request: PageRequest, key: str) -> HttpResponse:
    """Write a line of the log; `?svar=` names the answer to advice that it comes from."""
    edition = _edition(request, key)
    number = request.GET.get("svar", "")
    answer = answers_that_change().filter(pk=number).first() if number.isdecimal() else None
    initial = {"changed_on": timezone.localdate(), "text": answer.text if answer else ""}
    form = EditionChangeForm(posted(request), stored=None, initial=initial)
    lead = f"Från råden i {answer.cohort.name}." if answer else ""
    page = page_of(edition, "För in en ändring", button="För in", lead=lead)
    if store(request, form, partial(actions.log_change, edition=edition, answer=answer)):
        messages.success(request, "Ändringen står nu i konceptet.")
        return redirect(f"{page.back}#{LOG}")
    return form_page(request, form, page)


@require_http_methods(["GET", "POST"])
def change_edit(request: PageRequest, key: str, pk: int) -> HttpResponse:
    edition = _edition(request, key)
    change = get_object_or_404(edition.changes, pk=pk)
    form = EditionChangeForm(posted(request), stored=content_of(change, *actions.CHANGE))
    page = page_of(edition, "Ändra raden")
    return saved_or_form(request, form, page, partial(actions.edit_change, change=change))


@require_http_methods(["GET", "POST"])
def change_remove(request: PageRequest, key: str, pk: int) -> HttpResponse:
    edition = _edition(request, key)
    change = edition.changes.filter(pk=pk).first()
    if change is None and request.method == "POST":  # a second click
        return redirect(edition)
    change = get_object_or_404(edition.changes, pk=pk)
    page = page_of(edition, "Ta bort ändringen", button="Ta bort ändringen", lead=change.text, danger=True)
    action = partial(actions.remove_change, change=change)
    return saved_or_form(request, forms.Form(posted(request)), page, action, "Ändringen är borttagen ur listan.")


def _edition(request: PageRequest, key: str) -> Edition:
    require(request.user, EDIT_EDITION)
    return get_object_or_404(Edition, key=key)
