from datetime import date

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.models import User
from checklist.models import Assessment
from checklist.together.rounds import own_ratings_waiting
from cohorts.enums import Function
from cohorts.models import Participation
from cohorts.roles import Seat, roles_of
from meetings.models import Meeting
from modell.http import PageRequest
from modell.permissions import Perm, may
from programme.demo.people import DEMO_PEOPLE
from programme.due import head_of, mentored_groups, next_due, told_above
from programme.sign_in import record_sign_in

# The days the accessibility statement tells: change them with what it says.
ACCESSIBILITY_ASSESSED_ON = date(2026, 11, 22)
ACCESSIBILITY_UPDATED_ON = date(2026, 11, 22)


def home(request: PageRequest) -> HttpResponse:
    """Each lands on what is theirs: the omgångar, the one page, or what is due; first what waits for oneself alone."""
    roles = roles_of(request.user)
    seat = roles.seat_for(None)
    if seat is None:
        return redirect("programme:cohorts")
    own_ratings = own_ratings_waiting(request.user, roles)
    if seat.function in (Function.POLITICIAN, Function.MANAGER) and not seat.is_mentoring:
        if own_ratings:
            return render(request, "programme/own_ratings.html", {"seat": seat, "own_ratings": own_ratings})
        return redirect("reports:brief", seat.cohort_slug, seat.code)
    return _due(request, seat, own_ratings)


def _due(request: PageRequest, seat: Seat, own_ratings: list[Assessment]) -> HttpResponse:
    roles, today = roles_of(request.user), timezone.localdate()
    visible = Participation.objects.visible_to(roles).select_related("cohort", "organisation", "group")
    participation = visible.get(pk=seat.participation_id)
    coming = Meeting.objects.visible_to(roles).concerning(participation).coming(today)
    meetings = list(coming.select_related("cohort").distinct())
    due = next_due(participation, meetings, today) if participation.is_participant else None
    assessment = due.assessment if due else None
    mentored = mentored_groups(participation, meetings, roles)
    context = {
        "participation": participation,
        "due": due,
        "may_start": may(request.user, Perm.START_ASSESSMENT, participation),
        "may_submit": assessment is not None and may(request.user, Perm.SUBMIT_ASSESSMENT, assessment),
        "may_read_trail": may(request.user, Perm.READ_TRAIL, participation),
        "mentored": mentored,
        "head": head_of(participation, due, own_ratings, mentored),
        "told": told_above(due, own_ratings),
        "own_ratings": own_ratings,
        "meetings": meetings[:3],
        "other_seats": [other for other in roles.seats if other.participation_id != seat.participation_id],
        "today": today,
    }
    return render(request, "programme/due.html", context)


@login_not_required
@require_POST
def demo_sign_in(request: HttpRequest, key: str) -> HttpResponse:
    """One button per role, on the demonstration only."""
    if not settings.DEMO:
        raise Http404
    person = next((person for person in DEMO_PEOPLE if person.key == key), None)
    if person is None:
        raise Http404
    user = get_object_or_404(User, email=person.email)
    login(request, user, backend="allauth.account.auth_backends.AuthenticationBackend")
    record_sign_in(user)
    return redirect("home")


@login_not_required
def health(request: HttpRequest) -> HttpResponse:
    """For the operator's health check: the process answers and so does the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "programme/about.html")


@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    context = {"assessed_on": ACCESSIBILITY_ASSESSED_ON, "updated_on": ACCESSIBILITY_UPDATED_ON}
    return render(request, "programme/accessibility.html", context)
