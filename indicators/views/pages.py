"""Fetching and crumbs, for all pages of the app."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from cohorts.fetch import participation_shown_on
from cohorts.models import Participation
from cohorts.roles import roles_of
from indicators.enums import ValueSource
from indicators.models import Indicator
from kit.pages import Crumb


def get_indicator(request: HttpRequest, pk: int) -> Indicator:
    of_omgang = [f"participation__{name}" for name in ("organisation", "cohort__plan__checklist", "group")]
    related = [*of_omgang, "key_figure", "item", "part"]
    rows = (
        Indicator.objects.visible_to(roles_of(request.user))
        .select_related(*related)
        .prefetch_related("goals", "articles")
    )
    indicator: Indicator = get_object_or_404(rows, pk=pk)
    participation_shown_on(request, indicator.participation)
    return indicator


def with_own_values(request: HttpRequest, pk: int) -> Indicator:
    """Return an indicator whose values the organisation enters; one from Kolada has none here."""
    indicator = get_indicator(request, pk)
    if indicator.source == ValueSource.KOLADA:
        raise Http404
    return indicator


def all_of(participation: Participation) -> str:
    return reverse("indicators:indicators", args=[participation.cohort.slug, participation.code])


def way_to(participation: Participation, *more: Crumb) -> list[Crumb]:
    return [Crumb(all_of(participation), "Nyckeltal"), *more]
