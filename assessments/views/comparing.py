from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.requests import PageRequest
from assessments.comparing.history import history_of, parts_with_history
from assessments.comparing.learning import learning_for
from assessments.comparing.side_by_side import side_by_side
from assessments.comparing.trend import trend_of
from assessments.perms import LEARN_FROM, READ_VALUES, works_on_it_still
from cohorts.fetch import get_participation
from cohorts.models import Part
from cohorts.roles import roles_of
from cohorts.rules import is_own
from kit.permissions import require

DIFFERENCES = "skillnader"


@require_GET
def history(request: PageRequest, slug: str, code: str) -> HttpResponse:
    participation = get_participation(request, slug, code)
    require(request.user, READ_VALUES, participation)
    roles = roles_of(request.user)
    parts = parts_with_history(participation.organisation, roles)
    part = _part(request.GET.get("del"), parts)
    compared = history_of(participation.organisation, part, roles)
    only = request.GET.get("visa") == DIFFERENCES and compared.n_occasions > 1
    items = [item_line for item_line in compared.items if item_line.now.differs or not only]
    context = {
        "participation": participation,
        "parts": parts,
        "part": part,
        "history": compared,
        "moments": [(item_line, trend_of(item_line)) for item_line in items],
        "gone": [] if only else [(item_line, trend_of(item_line)) for item_line in compared.gone],
        "tables": compared.differing_tables if only else compared.tables,
        "only_differences": only,
        "hidden": len(compared.items) - len(items),
    }
    return render(request, "assessments/compare/history.html", context)


@require_GET
def group(request: PageRequest, slug: str, code: str) -> HttpResponse:
    participation = get_participation(request, slug, code, "cohort__plan__checklist")
    require(request.user, READ_VALUES, participation)
    side = side_by_side(participation, roles_of(request.user), request.GET.get("traff"))
    if side is None:
        raise Http404("Gruppen har inget att visa från den träffen.")
    only = request.GET.get("visa") == DIFFERENCES
    rows = [row for row in side.rows if row.differs or not only]
    context = {
        "participation": participation,
        "side": side,
        "rows": rows,
        "only_differences": only,
        "hidden": len(side.rows) - len(rows),
    }
    return render(request, "assessments/compare/group.html", context)


@require_GET
def learn(request: PageRequest, slug: str, code: str) -> HttpResponse:
    participation = get_participation(request, slug, code)
    require(request.user, LEARN_FROM, participation)
    context = {
        "participation": participation,
        "learning": learning_for(participation, request.user, timezone.localdate()),
        "own": is_own.test(request.user, participation),
        "may_try": works_on_it_still.test(request.user, participation),
    }
    return render(request, "assessments/compare/learn.html", context)


def _part(asked: str | None, parts: list[Part]) -> Part | None:
    if asked is None:
        return None
    part = next((part for part in parts if str(part.pk) == asked), None)
    if part is None:
        raise Http404("Den nämnden eller förvaltningen har ingen inlämnad självskattning.")
    return part
