from collections.abc import Mapping
from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.requests import PageRequest
from assessments.figures.panels import kinds_of
from assessments.perms import SEE_FIGURES
from checklist.models import Item
from cohorts.fetch import get_cohort
from cohorts.kinds import SEVERAL
from cohorts.models import Cohort
from cohorts.roles import roles_of
from improvements.borrowing import Try, homes_of, tries_of
from improvements.models import Effort
from improvements.statistics import chain_of
from improvements.views.rows import EffortRow, furthest_first
from kit.pages import Crumb
from kit.permissions import require
from kit.templatetags.swedish import sentence


@require_GET
def examples(request: PageRequest, slug: str) -> HttpResponse:
    cohort = get_cohort(request, slug)
    require(request.user, SEE_FIGURES, cohort)  # the same readers: those in the omgång and SKR's process leader
    roles = roles_of(request.user)
    offered = Effort.objects.visible_to(roles).examples().filter(participation__cohort=cohort)
    related = ("item", "participation__organisation", "participation__cohort")
    efforts = list(offered.select_related(*related).prefetch_related("steps"))
    context = {
        "cohort": cohort,
        "crumbs": [Crumb(cohort.get_absolute_url(), cohort.name)],
        "chains": [(sentence(SEVERAL[kind]), chain_of(of_kind)) for kind, of_kind in _by_kind(cohort, efforts)],
        "by_item": _by_item(efforts, tries_of(efforts, homes_of(roles))),
        "n_organisations": len({effort.participation_id for effort in efforts}),
    }
    return render(request, "improvements/examples.html", context)


def _by_kind(cohort: Cohort, efforts: list[Effort]) -> list[tuple[str, list[Effort]]]:
    """Return each kind with what it offers; one that offers nothing has no chain to show."""
    kinds = [(kind, [effort for effort in efforts if effort.participation.kind == kind]) for kind in kinds_of(cohort)]
    return [(kind, of_kind) for kind, of_kind in kinds if of_kind]


def _by_item(efforts: list[Effort], tries: Mapping[int, tuple[Try, ...]]) -> list[tuple[Item | None, list[EffortRow]]]:
    # Efforts about no item in particular come last.
    ordered = sorted(efforts, key=lambda effort: effort.item.number if effort.item else 1000)
    grouped = groupby(ordered, key=lambda effort: effort.item)
    return [(item, furthest_first(group, tries)) for item, group in grouped]
