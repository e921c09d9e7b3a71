"""The page of one section of the result report: its kind, what it asks, an example and a length."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.requests import PageRequest
from cohorts.crumbs import cohort_crumb
from cohorts.fetch import get_cohort
from kit.pages import Crumb, FormPage, posted
from kit.permissions import require
from planning.actions.template_sections import is_locked, save_section_words
from planning.forms.template_sections import TemplateSectionForm
from planning.models import Edition, EditionSection
from planning.perms import EDIT_EDITION, SET_UP_COHORT
from planning.views.pages import saved_or_form
from reports.models import Section

KEPT = "En rapport är inlämnad i omgången, så slaget står fast. Rubriken, frågan och exemplet går att ändra."


@require_http_methods(["GET", "POST"])
def of_edition(request: PageRequest, key: str, pk: int) -> HttpResponse:
    require(request.user, EDIT_EDITION)
    section = get_object_or_404(get_object_or_404(Edition, key=key).sections, pk=pk)
    name, back = section.edition.name, section.edition.get_absolute_url()
    crumbs = (Crumb(reverse("planning:editions"), "Koncept"), Crumb(back, name))
    return _saved_or_form(request, section, FormPage(_title(section), name, back, crumbs=crumbs))


@require_http_methods(["GET", "POST"])
def of_cohort(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    cohort = get_cohort(request, slug)
    require(request.user, SET_UP_COHORT, cohort)
    section = get_object_or_404(cohort.sections, pk=pk)
    back = reverse("planning:setup", args=[slug])
    crumbs = (cohort_crumb(cohort), Crumb(back, "Upplägg"))
    lead = KEPT if is_locked(cohort) else ""
    return _saved_or_form(request, section, FormPage(_title(section), cohort.name, back, crumbs=crumbs, lead=lead))


def _title(section: Section | EditionSection) -> str:
    return f"Avsnittet ”{section.heading}”"


def _saved_or_form(request: PageRequest, section: Section | EditionSection, page: FormPage) -> HttpResponse:
    form = TemplateSectionForm(posted(request), section=section)
    return saved_or_form(request, form, page, partial(save_section_words, section=section), "Avsnittet är sparat.")
