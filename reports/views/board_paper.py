"""The paper to the board about the result report."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import PageRequest
from cohorts.crumbs import cohort_crumb
from cohorts.fetch import get_participation
from cohorts.models import Participation
from kit.pages import Crumb
from kit.permissions import require
from kit.responses import post_only
from papers.enums import PaperKind
from papers.paper import BoardPaper
from papers.views import PaperPlace, paper_file, paper_made, paper_page
from reports.board_paper.ground import ground_of
from reports.board_paper.paper import report_paper
from reports.perms import READ_BOARD_PAPER


@require_http_methods(["GET", "POST"])
def board_paper(request: PageRequest, slug: str, code: str) -> HttpResponse:
    participation = _participation(request, slug, code)
    return paper_page(request, participation, _paper(participation), _place(participation))


@post_only
def make(request: PageRequest, slug: str, code: str) -> HttpResponse:
    participation = _participation(request, slug, code)
    return paper_made(request, participation, _paper(participation), _place(participation))


@require_GET
def file(request: PageRequest, slug: str, code: str) -> HttpResponse:
    return paper_file(request, _paper(_participation(request, slug, code)))


def _participation(request: PageRequest, slug: str, code: str) -> Participation:
    participation = get_participation(request, slug, code, "cohort__plan__checklist")
    require(request.user, READ_BOARD_PAPER, participation)
    return participation


def _paper(participation: Participation) -> BoardPaper:
    return report_paper(ground_of(participation, timezone.localdate()))


def _place(participation: Participation) -> PaperPlace:
    place = [participation.cohort.slug, participation.code]
    return PaperPlace(
        PaperKind.REPORT,
        "Resultatrapporten till nämnden",
        [cohort_crumb(participation.cohort), Crumb(reverse("reports:report", args=place), "Resultatrapport")],
        reverse("reports:board_paper_make", args=place),
        reverse("reports:board_paper_file", args=place),
    )
