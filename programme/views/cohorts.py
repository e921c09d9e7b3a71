from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from checklist.panels import kinds_of
from cohorts.enums import Role
from cohorts.fetch import get_cohort
from cohorts.models import Cohort
from cohorts.roles import roles_of
from modell.permissions import Perm, may
from programme.readiness import meeting_to_watch, readiness_for


def cohorts(request: HttpRequest) -> HttpResponse:
    """The omgångar one may see, those that run first."""
    participants = Count("participations", filter=Q(participations__role=Role.PARTICIPANT))
    rows = Cohort.objects.visible_to(roles_of(request.user)).annotate(n_participants=participants)
    today = timezone.localdate()
    context = {
        "running": [cohort for cohort in rows if cohort.is_open(today)],
        "closed": [cohort for cohort in rows if not cohort.is_open(today)],
    }
    return render(request, "programme/cohorts.html", context)


def cohort(request: HttpRequest, slug: str) -> HttpResponse:
    """One omgång: who takes part, in which groups, when they meet, and for SKR who lacks what."""
    cohort = get_cohort(request, slug, "plan__checklist")
    today = timezone.localdate()
    meeting = meeting_to_watch(cohort, today) if may(request.user, Perm.SEE_READINESS, cohort) else None
    groups = cohort.groups.prefetch_related(
        "participations__organisation", "mentorships__participation__organisation"
    )
    participations = cohort.participations.select_related("organisation", "group")
    context = {
        "cohort": cohort,
        "groups": groups,
        "alone": [row for row in participations if row.group_id is None and row.is_participant],
        "participations": participations,
        "meetings": cohort.meetings.select_related("group"),
        "today": today,
        "watched": meeting,
        "readiness": readiness_for(meeting) if meeting else [],
        "kinds": kinds_of(cohort),
        "may_see_figures": may(request.user, Perm.SEE_FIGURES, cohort),
        "may_edit_joint": may(request.user, Perm.EDIT_JOINT_REPORT, cohort),
    }
    return render(request, "programme/cohort.html", context)
