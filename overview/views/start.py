from datetime import date

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.requests import PageRequest
from assessments.models import Assessment
from assessments.perms import START_ASSESSMENT, SUBMIT_ASSESSMENT
from assessments.together.rounds import own_ratings_waiting
from cohorts.enums import Function
from cohorts.models import Participation
from cohorts.roles import Seat, roles_of
from follow_up.card import card_of
from kit.permissions import may
from meetings.models import Meeting
from meetings.whom import meetings_for
from overview.afterwards import open_after
from overview.at_home import work_at_home
from overview.begin import beginning_of, is_new
from overview.due import head_of, keys_with_a_card, mentored_groups, next_due
from overview.perms import READ_TRAIL
from overview.terms import terms

# The accessibility statement prints these days: change them when its text changes.
ACCESSIBILITY_ASSESSED_ON = date(2026, 11, 29)
ACCESSIBILITY_UPDATED_ON = date(2026, 11, 29)


@require_GET
def home(request: PageRequest) -> HttpResponse:
    """Redirect SKR to the omgångar and leaders to Läget; show all others what is due. Own ratings come first."""
    roles = roles_of(request.user)
    seat = roles.seat_for(None)
    if seat is None:
        return redirect("overview:cohorts")
    own_ratings = own_ratings_waiting(request.user, roles)
    if seat.function in (Function.POLITICIAN, Function.MANAGER) and not seat.is_mentoring:
        if own_ratings:
            return render(request, "overview/own_ratings.html", {"seat": seat, "own_ratings": own_ratings})
        return redirect("overview:brief", seat.cohort_slug, seat.code)
    return _due(request, seat, own_ratings)


def _due(request: PageRequest, seat: Seat, own_ratings: list[Assessment]) -> HttpResponse:
    roles, today = roles_of(request.user), timezone.localdate()
    visible = Participation.objects.visible_to(roles).select_related("cohort", "organisation", "group")
    participation = visible.get(pk=seat.participation_id)
    coming = Meeting.objects.visible_to(roles).filter(cohort=participation.cohort_id).coming(today)
    meetings = meetings_for(participation, coming.select_related("cohort"), (seat.function,))
    due = next_due(participation, meetings, today) if participation.is_participant else None
    assessment = due.assessment if due else None
    mentored = mentored_groups(participation, meetings, roles)
    context = {
        "participation": participation,
        "due": due,
        "may_start": may(request.user, START_ASSESSMENT, participation),
        "may_submit": assessment is not None and may(request.user, SUBMIT_ASSESSMENT, assessment),
        "may_read_trail": may(request.user, READ_TRAIL, participation),
        "mentored": mentored,
        "head": head_of(participation, due, own_ratings, mentored, meetings, today),
        "at_home": work_at_home(participation) if participation.is_participant else None,
        "afterwards": open_after(participation, request.user, today),
        "tasks": card_of(request.user, keys_with_a_card(due, own_ratings)),
        "own_ratings": own_ratings,
        "meetings": meetings[:3],
        "other_seats": [other for other in roles.seats if other.participation_id != seat.participation_id],
        "is_new": is_new(seat, today),
        "today": today,
    }
    return render(request, "overview/due.html", context)


@require_GET
def begin(request: PageRequest) -> HttpResponse:
    """Show what to do first to those who have a seat; SKR and the evaluators begin with the omgångar."""
    seat = roles_of(request.user).seat_for(None)
    if seat is None:
        return redirect("overview:cohorts")
    return render(request, "overview/begin.html", {"beginning": beginning_of(seat)})


@login_not_required
@require_GET
def about(request: HttpRequest) -> HttpResponse:
    cookies = {"session_cookie": settings.SESSION_COOKIE_NAME, "token_cookie": settings.CSRF_COOKIE_NAME}
    return render(request, "overview/about.html", cookies)


@login_not_required
@require_GET
def words(request: HttpRequest) -> HttpResponse:
    return render(request, "overview/words.html", {"terms": terms()})


@login_not_required
@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    context = {"assessed_on": ACCESSIBILITY_ASSESSED_ON, "updated_on": ACCESSIBILITY_UPDATED_ON}
    return render(request, "overview/accessibility.html", context)
