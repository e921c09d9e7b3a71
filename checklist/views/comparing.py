from django.http import Http404, HttpResponse
from django.shortcuts import render

from checklist.comparing.history import history_of, parts_with_history
from checklist.comparing.learning import learning_for
from checklist.comparing.side_by_side import side_by_side
from checklist.comparing.trend import Trend
from checklist.models import Part
from cohorts.fetch import get_participation
from cohorts.models import Participation
from cohorts.roles import roles_of
from modell.http import PageRequest
from modell.permissions import Perm, require

DIFFERENCES = "skillnader"


def history(request: PageRequest, slug: str, code: str) -> HttpResponse:
    """The organisation, or a part of it, over every occasion and omgång that the reader may see."""
    participation = get_participation(request, slug, code)
    require(request.user, Perm.READ_VALUES, participation)
    roles = roles_of(request.user)
    parts = parts_with_history(participation.organisation, roles)
    part = _part(request.GET.get("del"), parts)
    found = history_of(participation.organisation, part, roles)
    context = {
        "participation": participation,
        "parts": parts,
        "part": part,
        "history": found,
        "moments": [(moment, Trend(moment)) for moment in found.moments],
        "gone": [(moment, Trend(moment)) for moment in found.gone],
    }
    return render(request, "checklist/compare/history.html", context)


def group(request: PageRequest, slug: str, code: str) -> HttpResponse:
    """The group's organisations side by side before one meeting."""
    participation = get_participation(request, slug, code, "cohort__plan__checklist")
    require(request.user, Perm.READ_VALUES, participation)
    found = side_by_side(participation, roles_of(request.user), request.GET.get("traff"))
    if found is None:
        raise Http404("Gruppen har inget att visa från den träffen.")
    only = request.GET.get("visa") == DIFFERENCES
    rows = [row for row in found.rows if row.differs or not only]
    context = {
        "participation": participation,
        "side": found,
        "rows": rows,
        "only_differences": only,
        "hidden": len(found.rows) - len(rows),
    }
    return render(request, "checklist/compare/group.html", context)


def learn(request: PageRequest, slug: str, code: str) -> HttpResponse:
    """Whom the organisation could learn from, moment by moment: only those who have said they gladly tell."""
    participation = get_participation(request, slug, code)
    require(request.user, Perm.LEARN_FROM, participation)
    context = {
        "participation": participation,
        "learning": learning_for(participation, request.user),
        "own": _is_own(request, participation),
    }
    return render(request, "checklist/compare/learn.html", context)


def _part(asked: str | None, parts: list[Part]) -> Part | None:
    if asked is None:
        return None
    found = next((part for part in parts if str(part.pk) == asked), None)
    if found is None:
        raise Http404("Den nämnden eller förvaltningen har ingen inlämnad självskattning.")
    return found


def _is_own(request: PageRequest, participation: Participation) -> bool:
    return participation.organisation_id in roles_of(request.user).organisation_ids
