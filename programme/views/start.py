from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.conf import settings
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.models import User
from cohorts.enums import Function
from cohorts.models import Participation
from cohorts.roles import Seat, roles_of
from meetings.models import Meeting
from modell import audit
from modell.audit import Kind
from programme.demo import DEMO_PEOPLE
from programme.due import next_due, to_read


def home(request: HttpRequest) -> HttpResponse:
    """Each lands on what is theirs: the omgångar, the one page, or what is due."""
    roles = roles_of(request.user)
    seat = roles.seat_for(None)
    if seat is None:
        return redirect("programme:cohorts")
    if seat.function in (Function.POLITICIAN, Function.MANAGER) and not seat.is_mentoring:
        return redirect("reports:brief", seat.cohort_slug, seat.code)
    return _due(request, seat)


def _due(request: HttpRequest, seat: Seat) -> HttpResponse:
    roles, today = roles_of(request.user), timezone.localdate()
    participation = Participation.objects.visible_to(roles).select_related("cohort", "organisation", "group").get(
        pk=seat.participation_id
    )
    context = {
        "participation": participation,
        "due": next_due(participation, today) if participation.is_participant else None,
        "to_read": to_read(roles) if roles.mentored_group_ids else [],
        "mentorships": participation.mentorships.select_related("group"),
        "meetings": Meeting.objects.visible_to(roles).concerning(participation).coming(today)[:3],
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
    audit.record(Kind.SIGNED_IN, target=user, by=user)
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
    return render(request, "programme/accessibility.html")
