"""The form pages of `kit.pages` with the template of this app."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse

from accounts.requests import PageRequest
from kit import pages
from kit.pages import FormPage
from reports.joint_chapters import USUAL

TEMPLATE = "planning/setup/form.html"


def form_page(request: PageRequest, form: forms.BaseForm, page: FormPage) -> HttpResponse:
    return pages.form_page(request, TEMPLATE, form, page)


def saved_or_form(
    request: PageRequest,
    form: forms.BaseForm,
    page: FormPage,
    action: Callable[..., Any],
    done: str = "Ändringen är sparad.",
) -> HttpResponse:
    return pages.saved_or_form(request, TEMPLATE, form, page, action, done)


def usual_chapters() -> list[dict[str, str]]:
    """Return the chapters that a list without any is offered."""
    return [{"heading": heading.text, "kind": heading.kind} for heading in USUAL]
