from hashlib import sha256
from io import BytesIO

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.requests import PageRequest
from cohorts.crumbs import cohort_crumb
from cohorts.fetch import get_cohort
from kit.limits import made_once
from kit.pdf import render_pdf
from meetings.timetable import headline, timetable_of
from planning.timetable_paper import paper_of


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


@require_GET
def timetable_pdf(request: PageRequest, slug: str) -> FileResponse:
    paper = paper_of(get_cohort(request, slug))
    if paper is None:
        raise Http404
    html = paper.html()
    # A whole omgång fetches it on the day it is mailed of.
    data = made_once(request.user, sha256(html.encode()).hexdigest(), lambda: render_pdf(html))
    return FileResponse(BytesIO(data), filename=paper.file_name, content_type="application/pdf")
