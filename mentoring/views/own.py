from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import PageRequest
from cohorts.crumbs import cohort_crumb
from cohorts.fetch import get_participation
from cohorts.models import Participation
from kit.pages import Crumb, draw, posted, store
from kit.permissions import may, require
from kit.responses import post_only
from kit.staleness import content_of
from mentoring import actions
from mentoring.enums import MentorAnswer
from mentoring.forms import MentorAgreementForm, OfferForm
from mentoring.paper import paper_of
from mentoring.perms import AGREE_TO_MENTOR, ANSWER_MENTOR, PREPARE_AS_MENTOR, READ_MENTORING
from mentoring.task import task_of
from papers.enums import PaperKind
from papers.paper import BoardPaper
from papers.views import PaperPlace, paper_file, paper_made, paper_page

THANKED = {
    MentorAnswer.YES: "Tack! SKR hör av sig när grupperna bildas.",
    MentorAnswer.MAYBE: "Tack för svaret. SKR hör av sig, och ni kan ändra det när ni vill.",
    MentorAnswer.LATER: "Tack för svaret. SKR frågar igen om ett år.",
    MentorAnswer.NO: "Tack för att ni svarade. Ett nej är också till hjälp, och ni kan ändra er när ni vill.",
}


@require_http_methods(["GET", "POST"])
def mentor(request: PageRequest, slug: str, code: str) -> HttpResponse:
    participation = _participation(request, slug, code)
    require(request.user, ANSWER_MENTOR if request.method == "POST" else READ_MENTORING, participation)
    task = task_of(participation, timezone.localdate())
    stored = content_of(task.offer, *actions.NO_ANSWER) if task.offer else actions.NO_ANSWER
    form = OfferForm(posted(request), stored=stored)
    saved = store(request, form, partial(actions.answer_mentor, participation=participation))
    if saved:
        messages.success(request, THANKED[MentorAnswer(saved.answer)])
        return redirect("mentoring:mentor", slug, code)
    context = {**vars(task), "form": form, "crumbs": _way_to(participation)}
    context["may_answer"] = may(request.user, ANSWER_MENTOR, participation)
    context["may_agree"] = may(request.user, AGREE_TO_MENTOR, participation)
    context["may_prepare"] = may(request.user, PREPARE_AS_MENTOR, participation)
    return draw(request, "mentoring/mentor.html", form, **context)


@require_http_methods(["GET", "POST"])
def agreement(request: PageRequest, slug: str, code: str) -> HttpResponse:
    participation = _participation(request, slug, code)
    require(request.user, AGREE_TO_MENTOR, participation)
    task = task_of(participation, timezone.localdate())
    stored = actions.agreed_content(participation, task.agreement)
    form = MentorAgreementForm(posted(request), stored=stored)
    if store(request, form, partial(actions.agree_to_mentor, participation=participation)):
        messages.success(request, "Tack! Överenskommelsen är sparad.")
        return redirect("mentoring:mentor", slug, code)
    context = {**vars(task), "form": form, "crumbs": _way_to(participation, here=False)}
    return draw(request, "mentoring/agreement.html", form, **context)


@require_http_methods(["GET", "POST"])
def board_paper(request: PageRequest, slug: str, code: str) -> HttpResponse:
    participation = _reading(request, slug, code)
    return paper_page(request, participation, _paper(participation), _place(participation))


@post_only
def make_paper(request: PageRequest, slug: str, code: str) -> HttpResponse:
    participation = _reading(request, slug, code)
    return paper_made(request, participation, _paper(participation), _place(participation))


@require_GET
def paper(request: PageRequest, slug: str, code: str) -> HttpResponse:
    return paper_file(request, _paper(_reading(request, slug, code)))


def _reading(request: PageRequest, slug: str, code: str) -> Participation:
    related = ("cohort__plan__checklist", "mentor_offer__said_by", "mentor_agreement")
    participation = get_participation(request, slug, code, *related)
    require(request.user, READ_MENTORING, participation)
    return participation


def _paper(participation: Participation) -> BoardPaper:
    today = timezone.localdate()
    return paper_of(task_of(participation, today), today)


def _place(participation: Participation) -> PaperPlace:
    place = [participation.cohort.slug, participation.code]
    return PaperPlace(
        PaperKind.MENTORSHIP,
        "Mentorskapet till nämnden",
        _way_to(participation, here=False),
        reverse("mentoring:mentor_board_paper_make", args=place),
        reverse("mentoring:mentor_paper", args=place),
    )


def _participation(request: PageRequest, slug: str, code: str) -> Participation:
    return get_participation(request, slug, code, "mentor_offer__said_by", "mentor_agreement")


def _way_to(participation: Participation, *, here: bool = True) -> list[Crumb]:
    cohort = participation.cohort
    crumbs = [cohort_crumb(cohort)]
    above = Crumb(reverse("mentoring:mentor", args=[cohort.slug, participation.code]), "Om mentorskapet")
    return crumbs if here else [*crumbs, above]
