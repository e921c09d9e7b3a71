from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.requests import PageRequest
from assessments.figures.sights import rule_in_words
from assessments.perms import SEE_FIGURES
from cohorts.crumbs import cohort_crumb
from cohorts.fetch import get_cohort
from cohorts.roles import roles_of
from kit.permissions import require
from reports.figure_values import KindFigures, NamedValues
from reports.figures import figures_for, reads_all
from reports.figures_choice import NoSuchMeeting, choice_of
from reports.figures_strip import strips_of
from reports.figures_table import named_columns, sums_of, table_of


@require_GET
def figures(request: PageRequest, slug: str) -> HttpResponse:
    cohort = get_cohort(request, slug, "plan__checklist")
    require(request.user, SEE_FIGURES, cohort)
    roles = roles_of(request.user)
    try:
        chosen = choice_of(roles, cohort, request.GET.get("traff"), request.GET.get("sedan"))
    except NoSuchMeeting as missing:
        raise Http404("Träffen finns inte eller har inga inlämnade självskattningar.") from missing
    meeting = chosen.meeting
    by_kind = figures_for(roles, cohort, meeting, chosen.since) if meeting else []
    shown = sorted(by_kind, key=lambda of_kind: of_kind.own is None)  # the reader's own kind comes first
    context = {
        "cohort": cohort,
        "crumbs": [cohort_crumb(cohort)],
        "meetings": chosen.meetings,
        "meeting": meeting,
        "headline": shown[0].in_a_sentence if len(shown) == 1 else "",
        "shown": shown,
        "strips": strips_of(shown),
        "table": table_of(shown) if shown else None,
        "sums": sums_of(shown),
        "behind": _behind(shown) if reads_all(roles, cohort) or not named_columns(shown) else [],
        "rule": rule_in_words(),
        "is_limited": any(not of_kind.is_whole and not of_kind.withheld for of_kind in shown),
    }
    return render(request, "reports/figures.html", context)


def _behind(shown: list[KindFigures]) -> list[NamedValues]:
    return [named for of_kind in shown for named in of_kind.named]
