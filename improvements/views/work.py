from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.requests import PageRequest
from assessments.perms import READ_VALUES, SEE_FIGURES
from cohorts.fetch import get_participation
from cohorts.roles import roles_of
from improvements.ideas import ideas_of
from improvements.perms import EDIT_WORK
from improvements.statistics import chain_of
from improvements.views.pages import is_own
from improvements.views.rows import EffortRow, ImprovementRow, headline
from kit.permissions import may, require


@require_GET
def work(request: PageRequest, slug: str, code: str) -> HttpResponse:
    participation = get_participation(request, slug, code)
    require(request.user, READ_VALUES, participation)
    roles, own = roles_of(request.user), is_own(request, participation)
    efforts = participation.efforts.visible_to(roles).select_related("item").prefetch_related("steps")
    improvements = participation.improvements.visible_to(roles).select_related("item", "borrowed_from")
    rows = list(improvements.prefetch_related("cycles"))
    chain = chain_of(efforts)
    context = {
        "participation": participation,
        "own": own,
        "title": headline(chain, participation.organisation.name, own=own),
        "chain": chain,
        "efforts": [EffortRow(effort) for effort in efforts],
        "improvements": [ImprovementRow(row) for row in rows],
        "ideas": ideas_of(participation, rows) if own else None,
        "may_edit": may(request.user, EDIT_WORK, participation),
        "may_see_examples": may(request.user, SEE_FIGURES, participation.cohort),
    }
    return render(request, "improvements/work.html", context)
