"""What a page's address names, fetched within what the person may see: out of scope is 404."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from cohorts.models import Cohort, Participation
from cohorts.roles import roles_of


def get_cohort(request: HttpRequest, slug: str, *related: str) -> Cohort:
    return get_object_or_404(Cohort.objects.visible_to(roles_of(request.user)).select_related(*related), slug=slug)


def get_participation(request: HttpRequest, slug: str, code: str, *related: str) -> Participation:
    visible = Participation.objects.visible_to(roles_of(request.user))
    return get_object_or_404(
        visible.select_related("cohort", "organisation", "group", *related), cohort__slug=slug, code=code
    )
