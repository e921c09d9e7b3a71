"""The overview of an omgång: for its participants in sentences, for SKR and the evaluator as a table of all values."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.requests import PageRequest
from assessments.figures.sights import rights_of
from assessments.occasions import occasions_of
from cohorts.crumbs import cohort_crumb
from cohorts.fetch import get_cohort
from cohorts.models import Cohort, Participation
from cohorts.roles import Roles, roles_of
from improvements.expected import expected_in
from improvements.statistics import chain_of_cohort
from kit.csv_files import MEDIA_TYPE
from kit.permissions import may, require
from kit.responses import download
from meetings.models import Meeting
from meetings.whom import meetings_for
from overview.brief import brief_of
from overview.heat import advice_in, headline_of, heat_of, left_of, notes_of
from overview.led_to import led_to
from overview.moved import moved_lines
from overview.perms import READ_ALL_VALUES, SEE_OVERVIEW
from overview.progress import progress_of
from overview.standing import standing_of
from overview.values_csv import codebook_csv, values_csv
from overview.views.brief import is_asked_for
from questions.choosing import Asker
from questions.offers import offered_to
from questions.perms import READ_ASKED
from reports.figures_choice import NoSuchMeeting, choice_of


@require_GET
def overview(request: PageRequest, slug: str) -> HttpResponse:
    cohort = get_cohort(request, slug, "plan__checklist")
    require(request.user, SEE_OVERVIEW, cohort)
    if may(request.user, READ_ALL_VALUES, cohort):
        return render(request, "overview/heat.html", _of_all(request, cohort))
    roles = roles_of(request.user)
    seat = roles.seat_for(slug)
    assert seat is not None
    own = Participation.objects.visible_to(roles).select_related("cohort__plan__checklist", "organisation", "group")
    context = _of_participation(request, own.get(pk=seat.participation_id), roles)
    return render(request, "overview/overview.html", context)


@require_GET
def values(request: PageRequest, slug: str) -> HttpResponse:
    """Send every value of the omgång at every meeting, each beside the one at the meeting before."""
    cohort = get_cohort(request, slug, "plan__checklist")
    require(request.user, READ_ALL_VALUES, cohort)
    roles = roles_of(request.user)
    choices = [choice_of(roles, cohort, meeting.key) for meeting in choice_of(roles, cohort).meetings]
    heats = [heat_of(roles, cohort, chosen.meeting, chosen.since) for chosen in choices if chosen.meeting]
    return download(values_csv(cohort, heats), f"varden-{cohort.slug}.csv", MEDIA_TYPE)


@require_GET
def codebook(request: PageRequest, slug: str) -> HttpResponse:
    cohort = get_cohort(request, slug, "plan__checklist")
    require(request.user, READ_ALL_VALUES, cohort)
    return download(codebook_csv(cohort.plan.items, cohort.plan.steps), f"kodbok-{cohort.slug}.csv", MEDIA_TYPE)


def _of_all(request: PageRequest, cohort: Cohort) -> dict[str, Any]:
    roles = roles_of(request.user)
    try:
        chosen = choice_of(roles, cohort, request.GET.get("traff"), request.GET.get("sedan"))
    except NoSuchMeeting as missing:
        raise Http404("Träffen finns inte eller har inga inlämnade självskattningar.") from missing
    heat = heat_of(roles, cohort, chosen.meeting, chosen.since) if chosen.meeting else None
    return {
        "cohort": cohort,
        "crumbs": [cohort_crumb(cohort)],
        "heat": heat,
        "headline": headline_of(heat),
        "notes": notes_of(heat) if heat else [],
        "left": left_of(cohort),
        "advice": advice_in(cohort, roles),
        "meetings": chosen.meetings,
        "meeting": chosen.meeting,
        "may_read_reasons": roles.is_process_leader,
    }


def _of_participation(request: PageRequest, participation: Participation, roles: Roles) -> dict[str, Any]:
    cohort, today = participation.cohort, timezone.localdate()
    reader, occasions = Asker.of(roles, participation), occasions_of(participation, roles)
    standing = standing_of(participation, roles, occasions)
    progress = progress_of(cohort, _meetings(participation, roles), today)
    rights = rights_of(roles, cohort)
    results = led_to(chain_of_cohort(cohort, rights))
    brief = brief_of(participation, occasions, reader, offered_to(participation, occasions, reader, roles, today))
    return {
        "cohort": cohort,
        "participation": participation,
        "crumbs": [cohort_crumb(cohort)],
        "reader": reader,
        "brief": brief,
        # A mentor has no values of its own here.
        "headline": brief.headline if participation.is_participant else results.headline,
        "moved": moved_lines(participation, occasions[-1] if occasions else None, standing),
        "standing": standing,
        "progress": progress,
        "led_to": results,
        "expected": expected_in(participation, rights),
        "meeting": progress.next,
        "asks_for_assessment": progress.next is not None and is_asked_for(participation, progress.next, today),
        "cohort_is_open": cohort.is_open(today),
        "tasks": None,  # they stand on Läget
        "today": today,
        "may_read_asked": may(request.user, READ_ASKED, participation),
    }


def _meetings(participation: Participation, roles: Roles) -> list[Meeting]:
    rows = Meeting.objects.visible_to(roles).filter(cohort=participation.cohort_id).select_related("cohort")
    functions = roles.functions_in(participation.organisation_id)
    return meetings_for(participation, rows.order_by("starts_on", "number"), functions)
