from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import trigger_client_event

from checklist.actions import alone
from checklist.forms.rounds import Alone, AloneForm, InviteForm, alone_with
from checklist.models import Assessment, Rater
from checklist.together.rounds import is_alone_in_function, rater_of, standing_of, who_may_be_invited
from checklist.views.rating import get_assessment, item_of
from modell.http import PageRequest
from modell.permissions import Perm, require
from modell.refusals import ActionRefused
from modell.responses import refuse
from modell.templatetags.swedish import in_words, sentence


@require_http_methods(["GET", "POST"])
def rating_round(request: PageRequest, pk: int) -> HttpResponse:
    """The individual rating of a draft: open it and invite, see how many are ready, close it."""
    assessment = get_assessment(request, pk)
    require(request.user, Perm.LEAD_ROUND, assessment)
    if not assessment.is_draft:
        return redirect(assessment)
    standing = standing_of(assessment)
    people = who_may_be_invited(assessment, timezone.localdate()) if standing is None or standing.is_open else []
    form = InviteForm(request.POST if request.method == "POST" else None, delegates=people, standing=standing)
    if request.method == "POST" and form.is_valid():
        try:
            alone.invite_raters(assessment=assessment, delegates=form.chosen(), by=request.user)
        except ActionRefused as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            messages.success(request, "Inbjudan är gjord. De inbjudna ser den när de loggar in.")
            return redirect("checklist:round", pk)
    asked = standing is not None and standing.asks(request.user)
    context = {"assessment": assessment, "standing": standing, "form": form, "asked": asked}
    return render(request, "checklist/together/round.html", context, status=422 if form.errors else 200)


@require_POST
def round_close(request: PageRequest, pk: int) -> HttpResponse:
    assessment = get_assessment(request, pk)
    require(request.user, Perm.LEAD_ROUND, assessment)
    try:
        alone.close_round(assessment=assessment, by=request.user)
    except ActionRefused as refusal:
        return refuse(request, refusal, assessment)
    messages.success(request, "Den enskilda skattningen är stängd.")
    return redirect("checklist:round", pk)


@require_POST
def round_withdraw(request: PageRequest, pk: int) -> HttpResponse:
    assessment = get_assessment(request, pk)
    require(request.user, Perm.LEAD_ROUND, assessment)
    try:
        alone.withdraw_round(assessment=assessment, by=request.user)
    except ActionRefused as refusal:
        return refuse(request, refusal, "checklist:round", pk)
    messages.success(request, "Den enskilda skattningen är borttagen, med allt som hade skattats i den.")
    return redirect(assessment)


def _own_place(request: PageRequest, pk: int) -> tuple[Assessment, Rater]:
    """Nobody finds another's rating, and who is not invited finds none."""
    assessment = get_assessment(request, pk)
    rater = rater_of(assessment, request.user)
    if rater is None:
        raise Http404
    return assessment, rater


@require_http_methods(["GET", "POST"])
def rate_alone(request: PageRequest, pk: int) -> HttpResponse:
    """One's own view of the moment. Without JavaScript it is sent as one form; else it is saved as one goes."""
    assessment, rater = _own_place(request, pk)
    moments = alone_with(assessment, rater, request.POST if request.method == "POST" else None)
    if request.method == "POST" and all(moment.form.is_valid() for moment in moments):
        try:
            return _saved(request, assessment, moments)
        except ActionRefused as refusal:
            return refuse(request, refusal, "checklist:rate_alone", pk)
    has_left = assessment.participation.has_left_by(timezone.localdate())
    context = {
        "assessment": assessment,
        "rater": rater,
        "moments": moments,
        "is_open": rater.round.is_open and assessment.is_draft and not has_left,
        "alone_in_function": is_alone_in_function(rater),
        "failed": [moment for moment in moments if moment.form.errors],
        **_rated(assessment, rater),
    }
    return render(request, "checklist/together/rate_alone.html", context, status=422 if context["failed"] else 200)


def _saved(request: PageRequest, assessment: Assessment, moments: list[Alone]) -> HttpResponse:
    chosen = {moment.item: moment.form.value_chosen for moment in moments}
    values = {item: value for item, value in chosen.items() if value is not None}
    alone.rate_alone(assessment=assessment, values=values, by=request.user)
    if "ready" not in request.POST:
        messages.success(request, "Sparat.")
        return redirect("checklist:rate_alone", assessment.pk)
    rater = alone.say_ready(assessment=assessment, by=request.user)
    closed = "" if rater.round.is_open else " Alla är klara, så den enskilda skattningen är stängd."
    messages.success(request, f"Tack, du är klar.{_left_out(len(moments) - len(values))}{closed}")
    return redirect("checklist:rate_alone", assessment.pk)


def _left_out(number: int) -> str:
    told = f" {sentence(in_words(number))} moment lämnade du {'oskattat' if number == 1 else 'oskattade'}."
    return told if number else ""


@require_POST
def rate_alone_moment(request: PageRequest, pk: int, number: int) -> HttpResponse:
    """One moment, as one goes; answers with how it stands."""
    assessment, _ = _own_place(request, pk)
    item = item_of(assessment, number)
    form, refusal = AloneForm(request.POST, item=item, scale=assessment, value=None), "Välj ett av stegen."
    if form.is_valid() and form.value_chosen is not None:
        try:
            rater = alone.rate_alone(assessment=assessment, values={item: form.value_chosen}, by=request.user)
            refusal = ""
        except ActionRefused as refused:
            refusal = refused.sentence
    if not request.htmx:
        return (
            refuse(request, ActionRefused(refusal), "checklist:rate_alone", pk)
            if refusal
            else redirect("checklist:rate_alone", pk)
        )
    context = {"moment": Alone(item, form, not refusal), "refusal": refusal, "fragment": not refusal}
    if not refusal:
        context |= _rated(assessment, rater)
    response = render(request, "checklist/together/rate_alone_moment.html#saved", context)
    return trigger_client_event(response, "announce", {"value": refusal or f"Moment {number} är sparat."})


def _rated(assessment: Assessment, rater: Rater) -> dict[str, int]:
    return {"rated": len(rater.ratings.all()), "count": len(assessment.items)}
