from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from cohorts.actions import mentoring as actions
from cohorts.enums import MentorAnswer
from cohorts.fetch import get_participation
from cohorts.forms.mentoring import AgreementForm, OfferForm
from cohorts.mentor_paper import paper_of, word_of
from cohorts.mentor_task import task_of
from cohorts.models import Participation
from modell.http import PageRequest
from modell.permissions import Perm, may, require
from modell.refusals import ActionRefused
from modell.staleness import content_of
from modell.word import MEDIA_TYPE

THANKED = {
    MentorAnswer.YES: "Tack! SKR hör av sig när grupperna bildas.",
    MentorAnswer.MAYBE: "Tack för svaret. SKR hör av sig, och ni kan ändra det när ni vill.",
    MentorAnswer.LATER: "Tack för svaret. SKR frågar igen om ett år.",
    MentorAnswer.NO: "Tack för att ni svarade. Ett nej är också till hjälp, och ni kan ändra er när ni vill.",
}


@require_http_methods(["GET", "POST"])
def mentor(request: PageRequest, slug: str, code: str) -> HttpResponse:
    """What being mentor is, what one's organisation has said of it and, for a mentor, its task."""
    participation = _participation(request, slug, code)
    require(request.user, Perm.ANSWER_MENTOR if request.method == "POST" else Perm.READ_MENTORING, participation)
    task = task_of(participation, timezone.localdate())
    stored = content_of(task.offer, *actions.NO_ANSWER) if task.offer else actions.NO_ANSWER
    form = OfferForm(request.POST if request.method == "POST" else None, stored=stored)
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.answer_mentor(participation=participation, by=request.user, **form.cleaned_data)
        except ActionRefused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, THANKED[MentorAnswer(saved.answer)])
            return redirect("cohorts:mentor", slug, code)
    context = {**vars(task), "form": form, "crumbs": _way_to(participation)}
    context["may_answer"] = may(request.user, Perm.ANSWER_MENTOR, participation)
    context["may_agree"] = may(request.user, Perm.AGREE_TO_MENTOR, participation)
    return render(request, "cohorts/mentoring/mentor.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def agreement(request: PageRequest, slug: str, code: str) -> HttpResponse:
    """A mentoring organisation says yes to the five expectations."""
    participation = _participation(request, slug, code)
    require(request.user, Perm.AGREE_TO_MENTOR, participation)
    task = task_of(participation, timezone.localdate())
    stored = actions.agreed_content(participation, task.agreement)
    form = AgreementForm(request.POST if request.method == "POST" else None, stored=stored)
    if request.method == "POST" and form.is_valid():
        try:
            actions.agree_to_mentor(participation=participation, by=request.user, **form.cleaned_data)
        except ActionRefused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Tack! Överenskommelsen är sparad.")
            return redirect("cohorts:mentor", slug, code)
    context = {**vars(task), "form": form, "crumbs": _way_to(participation, here=False)}
    return render(request, "cohorts/mentoring/agreement.html", context, status=422 if form.errors else 200)


@require_GET
def paper(request: PageRequest, slug: str, code: str) -> HttpResponse:
    """Underlag for the organisation's own decision, as a Word document."""
    participation = _participation(request, slug, code)
    require(request.user, Perm.READ_MENTORING, participation)
    today = timezone.localdate()
    found = paper_of(task_of(participation, today), today)
    response = HttpResponse(word_of(found), content_type=MEDIA_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{found.file_name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _participation(request: PageRequest, slug: str, code: str) -> Participation:
    return get_participation(request, slug, code, "mentor_offer__said_by", "mentor_agreement")


def _way_to(participation: Participation, *, here: bool = True) -> list[dict[str, str]]:
    cohort = participation.cohort
    crumbs = [{"url": cohort.get_absolute_url(), "label": cohort.name}]
    above = {"url": reverse("cohorts:mentor", args=[cohort.slug, participation.code]), "label": "Om mentorskapet"}
    return crumbs if here else [*crumbs, above]
