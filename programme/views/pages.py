"""What the pages with one form share: their words, and saving with what was typed kept."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from modell.http import PageRequest
from modell.refusals import ActionRefused
from modell.staleness import SeenForm

Crumb = dict[str, str]


@dataclass(frozen=True)
class FormPage:
    """The words of a page with one form; `fixed` says why there is none. Where one comes from is where one goes."""

    title: str
    eyebrow: str
    back: str
    crumbs: list[Crumb] = field(default_factory=list)
    button: str = "Spara"
    lead: str = ""
    fixed: str = ""
    danger: bool = False


def posted(request: PageRequest) -> Any:
    return request.POST if request.method == "POST" else None


def stored(request: PageRequest, form: forms.Form, action: Callable[..., Any], **values: Any) -> Any:
    """What the action gives, True where it gives nothing; None if the form says why not."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        return action(**(values or form.cleaned_data), by=request.user) or True
    except ActionRefused as refusal:
        if isinstance(form, SeenForm):
            form.refuse(refusal)
        else:
            form.add_error(refusal.field, refusal.sentence)
    return None


def form_page(request: PageRequest, form: forms.Form, page: FormPage, **context: Any) -> HttpResponse:
    context = {"form": form, "page": page, **context}
    return render(request, "programme/setup/form.html", context, status=422 if form.errors else 200)


def saved_or_form(
    request: PageRequest,
    form: forms.Form,
    page: FormPage,
    action: Callable[..., Any],
    done: str = "Ändringen är sparad.",
) -> HttpResponse:
    if not page.fixed and stored(request, form, action):
        messages.success(request, done)
        return redirect(page.back)
    return form_page(request, form, page)
