from collections.abc import Iterator
from functools import partial

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods
from django_htmx.http import retarget, trigger_client_event

from accounts.requests import PageRequest
from assessments.actions import alone
from assessments.forms.rounds import AloneForm, InviteForm, OwnRatingRow, alone_with
from assessments.models import Assessment, Rater
from assessments.perms import LEAD_ROUND, RATE_ALONE
from assessments.rating_page import ItemMark
from assessments.together.rounds import (
    RoundProgress,
    is_alone_in_function,
    rater_of,
    standing_of,
    who_may_be_invited,
)
from assessments.views.rating import get_assessment, item_of
from kit.pages import ConfirmPage, Crumb, confirmed, draw, posted, press, store
from kit.permissions import require
from kit.refusals import ActionRefused
from kit.responses import post_only, refuse
from kit.templatetags.swedish import in_words, sentence

STARTED = "Den som har börjat räknas med det som är skattat. Den som inte har börjat kommer inte med."
# The same whoever is left, and pressed again: where few are invited, the sentence must not say who is ready.
REMINDED = "De andra som inte är klara har fått en påminnelse i dag."


@require_http_methods(["GET", "POST"])
def rating_round(request: PageRequest, pk: int) -> HttpResponse:
    assessment = get_assessment(request, pk)
    require(request.user, LEAD_ROUND, assessment)
    if not assessment.is_draft:
        return redirect(assessment)
    standing = standing_of(assessment)
    people = who_may_be_invited(assessment, timezone.localdate()) if standing is None or standing.is_open else []
    form = InviteForm(posted(request), delegates=people, standing=standing)
    if form.is_valid() and store(request, form, alone.invite_raters, assessment=assessment, delegates=form.chosen()):
        messages.success(request, "Inbjudan är gjord. De inbjudna får ett mejl.")
        return redirect("assessments:round", pk)
    asked = standing is not None and standing.asks(request.user)
    context = {"assessment": assessment, "standing": standing, "form": form, "asked": asked}
    return draw(request, "assessments/together/round.html", form, **context)


@require_http_methods(["GET", "POST"])
def round_close(request: PageRequest, pk: int) -> HttpResponse:
    assessment = get_assessment(request, pk)
    require(request.user, LEAD_ROUND, assessment)
    standing = standing_of(assessment)
    if standing is not None and not standing.is_open:  # a second click, or the last one was ready meanwhile
        return redirect("assessments:round", pk)
    page = ConfirmPage(
        "Stäng den enskilda skattningen?",
        str(assessment),
        reverse("assessments:round", args=[pk]),
        (Crumb(assessment.get_absolute_url(), "Självskattningen"),),
        button="Stäng och gå igenom",
        happens=tuple(_closing(standing)) if standing else (),
        readers=(
            "Ni ser vilka som har skattat, men inte vad någon har valt.",
            "När ni går igenom momenten visas värdena som prickar med funktion, utan namn.",
        ),
    )
    action = partial(alone.close_round, assessment=assessment)
    form = forms.Form(posted(request))
    return confirmed(request, form, page, action, "Den enskilda skattningen är stängd.")


def _closing(standing: RoundProgress) -> Iterator[str]:
    if not standing.is_counted:
        yield "Färre än tre är inbjudna, så här visas inte om alla är klara."
        yield STARTED
    elif standing.ready < standing.number:
        yield f"{standing.ready} av {standing.number} har sagt att de är klara."
        yield STARTED
    else:
        yield "Alla är klara."
    yield "Ingen kan skatta enskilt längre, och den enskilda skattningen kan inte öppnas igen."


@post_only
def round_remind(request: PageRequest, pk: int) -> HttpResponse:
    assessment = get_assessment(request, pk)
    require(request.user, LEAD_ROUND, assessment)
    press(request, partial(alone.remind_round, assessment=assessment), REMINDED)
    return redirect("assessments:round", pk)


@post_only
def round_withdraw(request: PageRequest, pk: int) -> HttpResponse:
    assessment = get_assessment(request, pk)
    require(request.user, LEAD_ROUND, assessment)
    done = "Den enskilda skattningen är borttagen, med allt som hade skattats i den."
    if press(request, partial(alone.withdraw_round, assessment=assessment), done):
        return redirect(assessment)
    return redirect("assessments:round", pk)


def _own_place(request: PageRequest, pk: int) -> tuple[Assessment, Rater]:
    assessment = get_assessment(request, pk)
    rater = rater_of(assessment, request.user)
    if rater is None:
        raise Http404
    if request.method == "POST":
        require(request.user, RATE_ALONE, assessment)
    return assessment, rater


@require_http_methods(["GET", "POST"])
def rate_alone(request: PageRequest, pk: int) -> HttpResponse:
    assessment, rater = _own_place(request, pk)
    if rater.is_withheld(timezone.localdate()):
        return _withheld(request, assessment, rater)
    # Without JavaScript all rows are posted as one form; else `rate_alone_moment` saves them one by one.
    rows = alone_with(assessment, rater, posted(request))
    if request.method == "POST" and all(row.form.is_valid() for row in rows):
        try:
            return _saved(request, assessment, rows)
        except ActionRefused as refusal:
            return refuse(request, refusal, "assessments:rate_alone", pk)
    has_left = assessment.participation.has_left_by(timezone.localdate())
    context = {
        "assessment": assessment,
        "rater": rater,
        "moments": rows,
        "is_open": rater.round.is_open and assessment.is_draft and not has_left,
        "alone_in_function": is_alone_in_function(rater),
        "failed": [row for row in rows if row.form.errors],
        **_rated(assessment, rater),
    }
    return draw(request, "assessments/together/rate_alone.html", *(row.form for row in rows), **context)


def _withheld(request: PageRequest, assessment: Assessment, rater: Rater) -> HttpResponse:
    context = {"assessment": assessment, "rater": rater}
    status = 422 if request.method == "POST" else 200
    return render(request, "assessments/together/rate_alone_withheld.html", context, status=status)


def _saved(request: PageRequest, assessment: Assessment, rows: list[OwnRatingRow]) -> HttpResponse:
    chosen = {row.item: row.form.value_chosen for row in rows}
    values = {item: value for item, value in chosen.items() if value is not None}
    alone.rate_alone(assessment=assessment, values=values, by=request.user)
    if "ready" not in request.POST:
        messages.success(request, "Sparat.")
        return redirect("assessments:rate_alone", assessment.pk)
    rater = alone.say_ready(assessment=assessment, by=request.user)
    closed = "" if rater.round.is_open else " Alla är klara, så den enskilda skattningen är stängd."
    messages.success(request, f"Tack, du är klar.{_left_out(len(rows) - len(values))}{closed}")
    return redirect("assessments:rate_alone", assessment.pk)


def _left_out(number: int) -> str:
    words = f" {sentence(in_words(number))} moment lämnade du {'oskattat' if number == 1 else 'oskattade'}."
    return words if number else ""


@post_only
def rate_alone_moment(request: PageRequest, pk: int, number: int) -> HttpResponse:
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
            refuse(request, ActionRefused(refusal), "assessments:rate_alone", pk)
            if refusal
            else redirect("assessments:rate_alone", pk)
        )
    context = {
        "moment": OwnRatingRow(item, form, not refusal),
        "refusal": refusal,
        "fragment": not refusal,
        "assessment": assessment,
    }
    if not refusal:
        context |= _rated(assessment, rater)
    response = render(request, "assessments/together/rate_alone_moment.html#saved", context)
    if refusal:
        retarget(response, f"#moment-{number}-state")  # where it goes anyhow; it tells guard.js that nothing is stored
    return trigger_client_event(response, "announce", {"value": refusal or f"Moment {number} är sparat."})


def _rated(assessment: Assessment, rater: Rater) -> dict[str, object]:
    values = {rating.item_id: rating.value for rating in rater.ratings.all()}
    marks = [ItemMark(item, values.get(item.pk)) for item in assessment.items]
    return {"marks": marks, "rated": len(values), "count": len(marks)}
