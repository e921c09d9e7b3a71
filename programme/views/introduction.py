from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from cohorts.fetch import get_participation
from cohorts.roles import roles_of
from meetings.models import Meeting
from modell.http import PageRequest
from modell.permissions import Perm, may, require


@require_GET
def introduction(request: PageRequest, slug: str, code: str) -> HttpResponse:
    """One page for a politician who is new: what the programme is, where one's organisation stands, what comes next."""
    participation = get_participation(request, slug, code, "cohort__contact")
    require(request.user, Perm.READ_INTRODUCTION, participation)
    meetings = Meeting.objects.visible_to(roles_of(request.user)).concerning(participation)
    coming = meetings.coming(timezone.localdate()).distinct()
    context = {
        "participation": participation,
        "meeting": coming.select_related("cohort").first(),
        "strategists": participation.delegates.filter(function="strategist")
        .current(timezone.localdate())
        .select_related("user"),
        "may_read_values": may(request.user, Perm.READ_VALUES, participation),
        "crumbs": [{"url": participation.cohort.get_absolute_url(), "label": participation.cohort.name}],
    }
    return render(request, "programme/people/introduction.html", context)
