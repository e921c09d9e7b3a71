"""What an omgång's organisations share of their work at home: as a page by moment, and as a file for the evaluator."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.requests import PageRequest
from cohorts.crumbs import cohort_crumb
from cohorts.fetch import get_cohort
from cohorts.roles import roles_of
from improvements.enums import State
from improvements.in_cohort import work_in
from improvements.perms import READ_SHARED_WORK, TAKE_SHARED_WORK
from improvements.shared_csv import codebook_csv, work_csv
from kit.csv_files import MEDIA_TYPE
from kit.permissions import may, require
from kit.responses import download

PER_PAGE = 50


@require_GET
def cohort_work(request: PageRequest, slug: str) -> HttpResponse:
    """Show the shared improvements by moment; `moment` and `lage` in the address narrow the list."""
    cohort = get_cohort(request, slug, "plan__checklist")
    require(request.user, READ_SHARED_WORK, cohort)
    plan = getattr(cohort, "plan", None)
    work = work_in(cohort, roles_of(request.user), plan.items if plan else (), timezone.localdate())
    item, state = request.GET.get("moment", ""), request.GET.get("lage", "")
    chosen = work.chosen(item, state if state in State.values else "")
    context = {
        "cohort": cohort,
        "crumbs": [cohort_crumb(cohort)],
        "work": work,
        "item": item,
        "state": state,
        "n_chosen": len(chosen),
        "page": Paginator(chosen, PER_PAGE).get_page(request.GET.get("sida")),
        "reads_all": may(request.user, TAKE_SHARED_WORK, cohort),
    }
    return render(request, "improvements/cohort_work.html", context)


@require_GET
def shared_csv(request: PageRequest, slug: str) -> HttpResponse:
    cohort = get_cohort(request, slug)
    require(request.user, TAKE_SHARED_WORK, cohort)
    return download(work_csv(cohort, roles_of(request.user)), f"forbattringar-{slug}.csv", MEDIA_TYPE)


@require_GET
def shared_codebook(request: PageRequest, slug: str) -> HttpResponse:
    cohort = get_cohort(request, slug)
    require(request.user, TAKE_SHARED_WORK, cohort)
    return download(codebook_csv(), f"kodbok-forbattringar-{slug}.csv", MEDIA_TYPE)
