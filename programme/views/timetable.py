from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from cohorts.fetch import get_cohort
from modell.http import PageRequest
from programme.following.timetable import headline, timetable_of


def timetable(request: PageRequest, slug: str) -> HttpResponse:
    """Tidplanen, for everyone in the omgång: a picture, on a phone a list, and on paper one page."""
    cohort = get_cohort(request, slug)
    found = timetable_of(cohort, timezone.localdate())
    context = {
        "cohort": cohort,
        "timetable": found,
        "headline": headline(found),
        "crumbs": [{"url": cohort.get_absolute_url(), "label": cohort.name}],
    }
    return render(request, "programme/following/timetable.html", context)
