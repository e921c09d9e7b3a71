"""What a page's address names, fetched within what the person may see: out of scope is 404."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from cohorts.models import Cohort, Participation
from cohorts.roles import roles_of


def get_cohort(request: HttpRequest, slug: str, *related: str) -> Cohort:
    visible = Cohort.objects.visible_to(roles_of(request.user)).select_related(*related)
    found = get_object_or_404(visible, slug=slug)
    shown_on(request, found)
    return found


def get_participation(request: HttpRequest, slug: str, code: str, *related: str) -> Participation:
    visible = Participation.objects.visible_to(roles_of(request.user))
    found = get_object_or_404(
        visible.select_related("cohort", "organisation", "group", *related), cohort__slug=slug, code=code
    )
    shown_on(request, found.cohort)
    return found


def shown_on(request: HttpRequest, cohort: Cohort) -> None:
    """Whatever shows invented data says so: the frame of the page reads it from the request."""
    request.constructed = cohort.constructed  # type: ignore[attr-defined]
