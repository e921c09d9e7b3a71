"""The page where a person answers whether they want a seat, and what those who asked may do meanwhile."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts.requests import PageRequest
from cohorts.fetch import get_participation, shown_on
from cohorts.models import Participation
from cohorts.roles import roles_of
from kit.permissions import require
from kit.refusals import ActionRefused
from kit.responses import post_only, refuse
from people.actions.accepting import accept_offer, decline_offer
from people.actions.offering import ask_again, offers_of, withdraw_offer
from people.models import SeatOffer
from people.perms import EDIT_PEOPLE

RELATED = ("participation__cohort__contact", "participation__organisation", "asked_by", "user")


@require_http_methods(["GET", "POST"])
def seat_offer(request: PageRequest, pk: int) -> HttpResponse:
    offer = get_object_or_404(SeatOffer.objects.visible_to(roles_of(request.user)).select_related(*RELATED), pk=pk)
    shown_on(request, offer.participation.cohort)
    refusal = ""
    if request.method == "POST":
        try:
            return _answered(request, offer)
        except ActionRefused as refused:
            refusal = refused.sentence
    context = {"offer": offer, "participation": offer.participation, "refusal": refusal}
    return render(request, "people/seat_offer.html", context, status=422 if refusal else 200)


def _answered(request: PageRequest, offer: SeatOffer) -> HttpResponse:
    answer = request.POST.get("answer")
    if answer == "ja":
        delegate = accept_offer(offer=offer, by=request.user)
        function = delegate.get_function_display().lower()
        messages.success(request, f"Tack. Du är nu {function} för {offer.participation.organisation}.")
    elif answer == "nej":
        decline_offer(offer=offer, by=request.user)
        messages.success(request, "Du har tackat nej. Ingenting är ändrat.")
    else:
        raise ActionRefused("Välj ja eller nej.")
    return redirect("home")


@post_only
def seat_offer_again(request: PageRequest, slug: str, code: str, pk: int) -> HttpResponse:
    participation = get_participation(request, slug, code)
    require(request.user, EDIT_PEOPLE, participation)
    offer = _own(participation, pk)
    try:
        ask_again(offer=offer, by=request.user)
    except ActionRefused as refusal:
        return refuse(request, refusal, "people:people", slug, code)
    messages.success(request, f"Inbjudan skickas igen till {offer.user.email}.")
    return redirect("people:people", slug, code)


@post_only
def seat_offer_withdraw(request: PageRequest, slug: str, code: str, pk: int) -> HttpResponse:
    participation = get_participation(request, slug, code)
    require(request.user, EDIT_PEOPLE, participation)
    offer = _own(participation, pk)
    withdraw_offer(offer=offer, by=request.user)
    messages.success(request, f"Inbjudan till {offer.name} är tillbakatagen.")
    return redirect("people:people", slug, code)


def _own(participation: Participation, pk: int) -> SeatOffer:
    offer = offers_of(participation).filter(pk=pk).first()
    if offer is None:
        raise Http404
    offer.participation = participation
    return offer
