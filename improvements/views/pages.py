"""Crumbs and the answer of a form, for all pages of the app."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts.requests import PageRequest
from assessments.perms import READ_VALUES, SEE_FIGURES
from cohorts.models import Participation
from cohorts.roles import roles_of
from cohorts.rules import is_own
from improvements.forms import PUBLIC
from improvements.models import Improvement
from kit.pages import Crumb, FormPage, form_page, store
from kit.permissions import may
from kit.staleness import SeenForm

FOLDED = "improvements/folded_form.html"
SAVED = "Förbättringsarbetet är sparat. Planera nu något litet som ni kan pröva."


def form_answer(
    request: PageRequest,
    form: SeenForm,
    page: FormPage,
    action: Callable[..., Model],
    done: str,
    *,
    goes_to_new: bool = False,
    template: str = "improvements/form.html",
) -> HttpResponse:
    """Draw the form; if it is posted, store it and redirect, or draw it again with the reason why not."""
    row = store(request, form, action)
    if row is not None:
        messages.success(request, done)
        return redirect(f"improvements:{row._meta.model_name}", row.pk) if goes_to_new else redirect(page.back)
    return form_page(request, template, form, page, public=PUBLIC)


def way_to(request: PageRequest, participation: Participation) -> list[Crumb]:
    """Return crumbs to the organisation's work for its readers; for others to the examples, of the omgång or of all."""
    roles, slug = roles_of(request.user), participation.cohort.slug
    if not (roles.is_skr or participation.cohort_id in roles.cohort_ids | roles.evaluated_cohort_ids):
        own = is_own.test(request.user, participation)  # in an omgång that the reader was not in
        return [] if own else [Crumb(reverse("improvements:library"), "Lärande exempel")]
    if may(request.user, READ_VALUES, participation):
        return [Crumb(work_of_its(participation), "Förbättringar")]
    if may(request.user, SEE_FIGURES, participation.cohort):
        return [Crumb(reverse("improvements:examples", args=[slug]), "Lärande exempel")]
    return [Crumb(reverse("improvements:library"), "Lärande exempel")]


def page_of(request: PageRequest, improvement: Improvement, title: str, **more: Any) -> FormPage:
    here = reverse("improvements:improvement", args=[improvement.pk])
    crumbs = [*way_to(request, improvement.participation), Crumb(here, improvement.title)]
    return FormPage(title, improvement.title, here, crumbs, **more)


def work_of_its(participation: Participation) -> str:
    return reverse("improvements:work", args=[participation.cohort.slug, participation.code])
