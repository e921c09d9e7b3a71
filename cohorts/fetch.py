"""Fetch what a page's address names, if the person may see it; otherwise the answer is 404."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from cohorts.models import Cohort, Participation
from cohorts.roles import roles_of


def get_cohort(request: HttpRequest, slug: str, *related: str) -> Cohort:
    visible = Cohort.objects.visible_to(roles_of(request.user)).select_related(*related)
    cohort = get_object_or_404(visible, slug=slug)
    shown_on(request, cohort)
    return cohort


def get_participation(request: HttpRequest, slug: str, code: str, *related: str) -> Participation:
    visible = Participation.objects.visible_to(roles_of(request.user))
    participation = get_object_or_404(
        visible.select_related("cohort", "organisation", "group", *related), cohort__slug=slug, code=code
    )
    participation_shown_on(request, participation)
    return participation


def participation_shown_on(request: HttpRequest, participation: Participation) -> None:
    """Tell the frame of the page what `shown_on` does, and whose page it is."""
    shown_on(request, participation.cohort)
    request.participation = participation  # type: ignore[attr-defined]


def shown_on(request: HttpRequest, cohort: Cohort) -> None:
    """Tell the frame of the page, through the request, whether the page shows invented data or a rehearsal."""
    request.constructed = cohort.constructed  # type: ignore[attr-defined]
    request.rehearsal = cohort.rehearsal  # type: ignore[attr-defined]
