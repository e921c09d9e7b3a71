"""A person's answer to whether they want a seat."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from cohorts.models import Delegate
from kit.refusals import ActionRefused
from people.actions.leaving import take_over
from people.actions.offering import record_offer, unanswered
from people.actions.seats import give_seat
from people.invitations import tell_of_answer, tell_strategists
from people.models import SeatOffer
from people.newcomers import Newcomer
from people.trail import PeopleEvent


@transaction.atomic
def accept_offer(*, offer: SeatOffer, by: User) -> Delegate:
    """Give the person the seat from today or the later day that was asked for, and tell those who asked."""
    offer = unanswered(offer)
    today = timezone.localdate()
    if offer.participation.has_left_by(today) or not offer.participation.cohort.is_open(today):
        raise ActionRefused("Omgången är slut för organisationen, så uppdraget går inte att börja.")
    if offer.ends_on and offer.ends_on < today:
        raise ActionRefused("Uppdraget är redan slut.")
    newcomer = Newcomer(by.name, by.email, offer.function, offer.deputy)
    delegate = give_seat(
        participation=offer.participation,
        newcomer=newcomer,
        starts_on=max(offer.starts_on, today),
        ends_on=offer.ends_on,
        succeeds=offer.succeeds,
    )
    # The question was the invitation.
    delegate.invited_at = offer.asked_at
    delegate.save(update_fields=["invited_at"])
    record_offer(PeopleEvent.SEAT_ACCEPTED, offer, by)
    if offer.succeeds and _is_still_there(offer.succeeds, delegate.starts_on):
        take_over(leaving=offer.succeeds, successor=delegate, from_day=delegate.starts_on)
    tell_of_answer(offer, said_yes=True)
    tell_strategists(offer.participation, by=by, added=[delegate], but=offer.asked_by)
    SeatOffer.objects.filter(pk=offer.pk).delete()
    return delegate


@transaction.atomic
def decline_offer(*, offer: SeatOffer, by: User) -> None:
    offer = unanswered(offer)
    record_offer(PeopleEvent.SEAT_DECLINED, offer, by)
    tell_of_answer(offer, said_yes=False)
    SeatOffer.objects.filter(pk=offer.pk).delete()


def _is_still_there(delegate: Delegate, on: date) -> bool:
    return delegate.ends_on is None or delegate.ends_on >= on
