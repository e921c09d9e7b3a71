from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.requests import PageRequest
from assessments.perms import READ_VALUES
from cohorts.crumbs import cohort_crumb
from cohorts.enums import Function
from cohorts.fetch import get_participation
from cohorts.roles import roles_of
from kit.permissions import may, require
from meetings.models import Meeting
from meetings.whom import meetings_for
from people.perms import READ_INTRODUCTION


@require_GET
def introduction(request: PageRequest, slug: str, code: str) -> HttpResponse:
    participation = get_participation(request, slug, code, "cohort__contact")
    require(request.user, READ_INTRODUCTION, participation)
    meetings = Meeting.objects.visible_to(roles_of(request.user)).filter(cohort=participation.cohort_id)
    coming = meetings.coming(timezone.localdate()).select_related("cohort")
    context = {
        "participation": participation,
        "meeting": next(iter(meetings_for(participation, coming, (Function.POLITICIAN,))), None),
        "strategists": participation.delegates.filter(function="strategist")
        .current(timezone.localdate())
        .select_related("user"),
        "may_read_values": may(request.user, READ_VALUES, participation),
        "crumbs": [cohort_crumb(participation.cohort)],
    }
    return render(request, "people/introduction.html", context)
