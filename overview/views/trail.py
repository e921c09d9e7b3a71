from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.requests import PageRequest
from cohorts.crumbs import cohort_crumb
from cohorts.fetch import get_participation
from kit.models import AuditEvent, AuditEventQuerySet
from kit.permissions import require
from overview.perms import READ_SKR_TRAIL, READ_TRAIL
from overview.trail_words import details, sentence, when

PER_PAGE = 50


@require_GET
def trail(request: PageRequest, slug: str, code: str) -> HttpResponse:
    participation = get_participation(request, slug, code)
    require(request.user, READ_TRAIL, participation)
    crumbs = [cohort_crumb(participation.cohort)]
    events = AuditEvent.objects.of_organisation(participation.organisation.code)
    return _page(request, events, {"participation": participation, "crumbs": crumbs})


@require_GET
def skr_trail(request: PageRequest) -> HttpResponse:
    require(request.user, READ_SKR_TRAIL)
    return _page(request, AuditEvent.objects.of_skr(), {"participation": None, "crumbs": []})


def _page(request: PageRequest, events: AuditEventQuerySet, context: dict[str, object]) -> HttpResponse:
    page = Paginator(events, PER_PAGE).get_page(request.GET.get("sida"))
    rows = [
        {"event": event, "when": when(event), "sentence": sentence(event), "details": details(event)} for event in page
    ]
    return render(request, "overview/trail.html", {"page": page, "rows": rows, **context})
