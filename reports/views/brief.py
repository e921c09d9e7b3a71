from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from checklist.occasions import occasions_of
from cohorts.fetch import get_participation
from cohorts.models import Participation
from cohorts.roles import Roles, roles_of
from improvements.statistics import work_of
from meetings.models import Meeting
from modell.http import PageRequest
from modell.permissions import Perm, may, require
from reports.brief import Reader, brief_of, chain_in_words, chain_picture


def brief(request: PageRequest, slug: str, code: str) -> HttpResponse:
    """Läget: what has moved, what to ask for at the next meeting, what the work has led to. Prints on one A4."""
    participation = get_participation(request, slug, code, "cohort__plan__checklist")
    require(request.user, Perm.READ_VALUES, participation)
    roles, cohort, today = roles_of(request.user), participation.cohort, timezone.localdate()
    reader = Reader.of(roles, participation)
    chain = work_of(participation, roles)
    context = {
        "participation": participation,
        "crumbs": [{"url": cohort.get_absolute_url(), "label": cohort.name}],
        "reader": reader,
        "brief": brief_of(participation, occasions_of(participation, roles), reader),
        "meeting": _next_meeting(participation, roles, today),
        "today": today,
        "cohort_is_open": cohort.is_open(today),
        "chain": chain_picture(chain),
        "chain_in_words": chain_in_words(chain),
        "may_see_figures": may(request.user, Perm.SEE_FIGURES, cohort),
    }
    return render(request, "reports/brief.html", context)


def _next_meeting(participation: Participation, roles: Roles, today: date) -> Meeting | None:
    coming = Meeting.objects.visible_to(roles).concerning(participation).coming(today)
    return coming.select_related("cohort").first()
