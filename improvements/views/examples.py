from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import render

from checklist.models import Item
from checklist.panels import kinds_of
from cohorts.fetch import get_cohort
from cohorts.roles import roles_of
from improvements.models import Effort
from improvements.statistics import chain_of
from improvements.views.pages import Crumb
from improvements.views.rows import EffortRow, furthest_first
from modell.http import PageRequest
from modell.permissions import Perm, require

KINDS = {"kommun": "Kommuner", "region": "Regioner"}


def examples(request: PageRequest, slug: str) -> HttpResponse:
    """What the omgång's organisations offer each other, by moment, those that have come furthest first."""
    cohort = get_cohort(request, slug)
    require(request.user, Perm.SEE_FIGURES, cohort)  # the same circle: those in the omgång, SKR's process leader
    offered = Effort.objects.visible_to(roles_of(request.user)).examples().filter(participation__cohort=cohort)
    efforts = list(offered.select_related("item", "participation__organisation").prefetch_related("steps"))
    context = {
        "cohort": cohort,
        "crumbs": [Crumb(cohort.get_absolute_url(), cohort.name)],
        "chains": [(KINDS[kind], chain_of(_of_kind(efforts, kind))) for kind in kinds_of(cohort)],
        "moments": _by_moment(efforts),
        "n_organisations": len({effort.participation_id for effort in efforts}),
    }
    return render(request, "improvements/examples.html", context)


def _of_kind(efforts: list[Effort], kind: str) -> list[Effort]:
    return [effort for effort in efforts if effort.participation.kind == kind]


def _by_moment(efforts: list[Effort]) -> list[tuple[Item | None, list[EffortRow]]]:
    """In the checklist's order; what belongs to no moment in particular stands last."""
    ordered = sorted(efforts, key=lambda effort: effort.item.number if effort.item else 1000)
    return [(item, furthest_first(group)) for item, group in groupby(ordered, key=lambda effort: effort.item)]
