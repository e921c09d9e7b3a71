"""The frame of all pages of the app."""

from django.urls import reverse

from cohorts.crumbs import cohort_crumb
from cohorts.models import Cohort
from kit.pages import Crumb, NotePage, Removal

FORM = "evaluation/form.html"


def page_of(
    cohort: Cohort, title: str, *, back: str, lead: str = "", removal: Removal | None = None, eyebrow: str = ""
) -> NotePage:
    return NotePage(title, eyebrow or cohort.name, back, way_to(cohort), lead=lead, removal=removal)


def way_to(cohort: Cohort) -> list[Crumb]:
    return [cohort_crumb(cohort), Crumb(reverse("evaluation:evaluation", args=[cohort.slug]), "Utvärdering")]
