from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from cohorts.fetch import get_participation
from modell.http import PageRequest
from modell.models import AuditEvent, AuditEventQuerySet
from modell.permissions import Perm, require
from programme.wording import details, when

PER_PAGE = 50


def trail(request: PageRequest, slug: str, code: str) -> HttpResponse:
    """An organisation's own trail: who did what with its material."""
    participation = get_participation(request, slug, code)
    require(request.user, Perm.READ_TRAIL, participation)
    crumbs = [{"url": participation.cohort.get_absolute_url(), "label": participation.cohort.name}]
    events = AuditEvent.objects.of_organisation(participation.organisation.code)
    return _page(request, events, {"participation": participation, "crumbs": crumbs})


def skr_trail(request: PageRequest) -> HttpResponse:
    """SKR's own doings; no organisation's."""
    require(request.user, Perm.READ_SKR_TRAIL)
    return _page(request, AuditEvent.objects.of_skr(), {"participation": None, "crumbs": []})


def _page(request: PageRequest, events: AuditEventQuerySet, context: dict[str, object]) -> HttpResponse:
    page = Paginator(events, PER_PAGE).get_page(request.GET.get("sida"))
    rows = [{"event": event, "when": when(event), "details": details(event)} for event in page]
    return render(request, "programme/trail.html", {"page": page, "rows": rows, **context})
