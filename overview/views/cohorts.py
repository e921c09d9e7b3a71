from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.requests import PageRequest
from admission.letter.letter import issues_of
from admission.perms import READ_LETTER
from assessments.perms import SEE_FIGURES
from cohorts.enums import Role, Status
from cohorts.fetch import get_cohort
from cohorts.models import Cohort
from cohorts.roles import roles_of
from follow_up.mail.rows import code_trouble
from follow_up.outlook import headline, outlooks
from follow_up.perms import READ_MAIL, SEE_READINESS, SEND_MAIL
from improvements.perms import READ_SHARED_WORK
from kit.pages import Crumb
from kit.permissions import may
from meetings.models import Meeting
from overview.date_list import date_list, reporting_of
from overview.line_up import LineUp, line_up
from overview.ways import ways_of
from overview.worklist import FollowedMeetings, followed_in, head_of, to_decide
from people.perms import ADD_PARTICIPATION
from planning.setup.standing import standing
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
        "headline": headline([card for card in cards if not card[0].rehearsal]) if cards or closed else nothing,
        "cards": cards,
        "running": [cohort for cohort, _ in cards],
        "closed": closed,
        "code_trouble": code_trouble() if may(request.user, READ_MAIL) else None,
    }
    return render(request, "overview/cohorts.html", context)


@require_GET
def cohort(request: PageRequest, slug: str) -> HttpResponse:
    cohort = get_cohort(request, slug)
    today = timezone.localdate()
    meetings = list(cohort.meetings.select_related("group", "cohort"))
    people = line_up(cohort, request.user)
    context = {
        "cohort": cohort,
        "crumbs": [Crumb(reverse("overview:cohorts"), "Omgångar")],
        "line_up": people,
    }
    if may(request.user, SEE_READINESS, cohort):
        context |= _work(request, cohort, people, meetings, today)
        return render(request, "overview/worklist.html", context)
    not_cancelled = [meeting for meeting in meetings if not meeting.is_cancelled]
    context |= {
        "letter": next(iter(issues_of(cohort)), None) if may(request.user, READ_LETTER, cohort) else None,
        "meetings": meetings,
        "compiled_from": compiled_from(cohort.pk),
        "may_see_figures": may(request.user, SEE_FIGURES, cohort),
        "may_read_work": may(request.user, READ_SHARED_WORK, cohort),
        "next_meeting": next((meeting for meeting in not_cancelled if meeting.ends_on >= today), None),
        "dates": date_list(meetings, reporting_of(cohort), today, tells_lack=False),
    }
    return render(request, "overview/cohort.html", context)


def _work(request: PageRequest, cohort: Cohort, people: LineUp, meetings: list[Meeting], today: date) -> dict[str, Any]:
    """Return what only SKR reads: what is left to do, and the ways on."""
    followed = (
        followed_in(cohort, people.participants, meetings, today) if cohort.is_open(today) else FollowedMeetings()
    )
    before = followed.before
    setting_up = standing(cohort, meetings, 0, today) if cohort.starts_on > today else None
    not_cancelled = [meeting for meeting in meetings if not meeting.is_cancelled]
    reporting = before.reporting if before else reporting_of(cohort)
    return {
        "head": head_of(cohort, before, setting_up, meetings, today),
        "before": before,
        "more_meetings": followed.more,
        "setting_up": setting_up,
        "decisions": to_decide(cohort, people, meetings, setting_up, today),
        "dates": date_list(meetings, reporting, today, tells_lack=cohort.is_open(today)),
        "ways": ways_of(cohort, request.user, people, not_cancelled, today),
        "may_remind": may(request.user, SEND_MAIL, cohort),
        "may_add": may(request.user, ADD_PARTICIPATION, cohort),
        "today": today,
    }
