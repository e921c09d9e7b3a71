"""Crumbs and the answer of a form, for all pages of the app."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts.requests import PageRequest
from cohorts.crumbs import cohort_crumb
from cohorts.models import Cohort
from kit.pages import Crumb, NotePage, Removal, form_page, store
from kit.staleness import SeenForm

TEMPLATE = "evaluation/form.html"


def page_of(
    cohort: Cohort, title: str, *, back: str, lead: str = "", removal: Removal | None = None, eyebrow: str = ""
) -> NotePage:
    return NotePage(title, eyebrow or cohort.name, back, way_to(cohort), lead=lead, removal=removal)


def way_to(cohort: Cohort) -> list[Crumb]:
    return [cohort_crumb(cohort), Crumb(reverse("evaluation:evaluation", args=[cohort.slug]), "Utvärdering")]


def saved_or_form(
    request: PageRequest, form: SeenForm, page: NotePage, action: Callable[..., Any], done: str
) -> HttpResponse:
    if store(request, form, action):
        messages.success(request, done)
        return redirect(page.back)
    return form_page(request, TEMPLATE, form, page)
