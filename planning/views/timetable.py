from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.requests import PageRequest
from cohorts.crumbs import cohort_crumb
from cohorts.fetch import get_cohort
from planning.timetable import headline, timetable_of


@require_GET
def timetable(request: PageRequest, slug: str) -> HttpResponse:
    cohort = get_cohort(request, slug)
    picture = timetable_of(cohort, timezone.localdate())
    context = {
        "cohort": cohort,
        "timetable": picture,
        "headline": headline(picture),
        "crumbs": [cohort_crumb(cohort)],
    }
    return render(request, "planning/timetable.html", context)
