from datetime import date

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.requests import PageRequest
from assessments.perms import SEE_FIGURES
from cohorts.enums import Role, Status
from cohorts.fetch import get_cohort
from cohorts.models import Cohort
from cohorts.roles import roles_of
from follow_up.mail.rows import n_unsettled
from follow_up.outlook import headline, outlooks
from follow_up.perms import SEE_READINESS
from follow_up.readiness import count_items, watch
from kit.pages import Crumb
from kit.permissions import may
from meetings.models import Meeting
from meetings.perms import EDIT_MEETINGS
from overview.line_up import line_up, timeline
from planning.setup.standing import SetupStanding, standing
from reports.actions import compiled_from


@require_GET
def cohorts(request: PageRequest) -> HttpResponse:
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
    return render(request, "overview/cohorts.html", context)


@require_GET
def cohort(request: PageRequest, slug: str) -> HttpResponse:
    cohort = get_cohort(request, slug)
    today = timezone.localdate()
    meetings = list(cohort.meetings.select_related("group"))
    people = line_up(cohort, request.user)
    seen = watch(meetings, today, people.participants) if may(request.user, SEE_READINESS, cohort) else None
    context = {
        "cohort": cohort,
        "crumbs": [Crumb(reverse("overview:cohorts"), "Omgångar")],
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
        "compiled_from": compiled_from(cohort.pk),
        "may_see_figures": may(request.user, SEE_FIGURES, cohort),
    }
    return render(request, "overview/cohort.html", context)


def _setting_up(request: PageRequest, cohort: Cohort, meetings: list[Meeting], today: date) -> SetupStanding | None:
    # Until an omgång begins, SKR comes to its page for what is left to set up.
    if cohort.starts_on <= today or not may(request.user, EDIT_MEETINGS, cohort):
        return None
    return standing(cohort, meetings, 0, today)
