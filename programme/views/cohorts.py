from datetime import date

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from cohorts.enums import Role, Status
from cohorts.fetch import get_cohort
from cohorts.models import Cohort
from cohorts.roles import roles_of
from meetings.models import Meeting
from modell.http import PageRequest
from modell.permissions import Perm, may
from programme.line_up import line_up, timeline
from programme.mail.listing import n_unsettled
from programme.outlook import headline, outlooks
from programme.readiness import count_items, watch
from programme.setup.standing import Standing, standing


def cohorts(request: PageRequest) -> HttpResponse:
    """The omgångar one may see, those that run first."""
    participants = Q(participations__role=Role.PARTICIPANT)
    visible = Cohort.objects.visible_to(roles_of(request.user))
    rows = visible.order_by("-starts_on", "slug").annotate(
        n_participants=Count("participations", filter=participants),
        n_withdrawn=Count("participations", filter=participants & Q(participations__status=Status.WITHDRAWN)),
    )
    today = timezone.localdate()
    cards = outlooks((cohort for cohort in rows if cohort.is_open(today)), today)
    closed = [cohort for cohort in rows if not cohort.is_open(today)]
    nothing = "Det finns ingen omgång som du kan se än."
    context = {
        "headline": headline(cards) if cards or closed else nothing,
        "cards": cards,
        "running": [cohort for cohort, _ in cards],
        "closed": closed,
    }
    return render(request, "programme/cohorts.html", context)


def cohort(request: PageRequest, slug: str) -> HttpResponse:
    """One omgång: who takes part, in which groups, when they meet, and for SKR who lacks what."""
    cohort = get_cohort(request, slug)
    today = timezone.localdate()
    meetings = list(cohort.meetings.select_related("group"))
    people = line_up(cohort, request.user)
    seen = watch(meetings, today, people.participants) if may(request.user, Perm.SEE_READINESS, cohort) else None
    context = {
        "cohort": cohort,
        "crumbs": [{"url": reverse("programme:cohorts"), "label": "Omgångar"}],
        "line_up": people,
        "meetings": meetings,
        "next_meeting": next(
            (meeting for meeting in meetings if meeting.ends_on >= today and not meeting.is_cancelled), None
        ),
        "timeline": timeline(cohort, meetings, today),
        "watch": seen,
        "setting_up": None if seen else _setting_up(request, cohort, meetings, today),
        "n_unsettled": n_unsettled(cohort, roles_of(request.user)),
        "n_items": count_items(cohort) if seen else None,
        "today": today,
        "may_see_figures": may(request.user, Perm.SEE_FIGURES, cohort),
    }
    return render(request, "programme/cohort.html", context)


def _setting_up(request: PageRequest, cohort: Cohort, meetings: list[Meeting], today: date) -> Standing | None:
    """Until an omgång begins, what SKR comes to its page for is what is left to set up."""
    if cohort.starts_on <= today or not may(request.user, Perm.EDIT_MEETINGS, cohort):
        return None
    return standing(cohort, meetings, 0, today)
