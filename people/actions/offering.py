"""Ask a person who is known elsewhere whether they want a seat; nothing is theirs here until they say yes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from cohorts.locking import locked
from cohorts.models import Delegate, Participation
from kit import audit
from kit.refusals import ActionRefused
from people.invitations import BETWEEN_INVITATIONS, TOO_SOON, tell_of_offer
from people.models import SeatOffer
from people.newcomers import Newcomer
from people.trail import PeopleEvent

# What comes of adding a person: a seat, or a question that waits for an answer.
Added = Delegate | SeatOffer


def ask(
    *,
    user: User,
    participation: Participation,
    newcomer: Newcomer,
    by: User | None,
    starts_on: date,
    ends_on: date | None = None,
    succeeds: Delegate | None = None,
) -> SeatOffer:
    """Ask the person once; the caller holds the participation's lock."""
    offer, new = SeatOffer.objects.get_or_create(
        participation=participation,
        user=user,
        defaults={
            "name": newcomer.name,
            "function": newcomer.function,
            "deputy": newcomer.deputy,
            "starts_on": starts_on,
            "ends_on": ends_on,
            "succeeds": succeeds,
            "asked_by": by,
            "asked_at": timezone.now(),
        },
    )
    if new:
        tell_of_offer(offer)
        record_offer(PeopleEvent.SEAT_OFFERED, offer, by)
    return offer


def offers_of(participation: Participation) -> QuerySet[SeatOffer]:
    return SeatOffer.objects.filter(participation=participation).select_related("user")


def asked_in(participation: Participation, emails: Iterable[str]) -> set[str]:
    return set(offers_of(participation).filter(user__email__in=list(emails)).values_list("user__email", flat=True))


@transaction.atomic
def ask_again(*, offer: SeatOffer, by: User) -> SeatOffer:
    """Mail the question again; refused within an hour of the last one."""
    offer = unanswered(offer)
    now = timezone.now()
    if now - offer.asked_at < BETWEEN_INVITATIONS:
        raise ActionRefused(TOO_SOON.format(offer.name))
    offer.asked_at = now
    offer.save(update_fields=["asked_at"])
    tell_of_offer(offer)
    record_offer(PeopleEvent.DELEGATE_INVITED, offer, by)
    return offer


@transaction.atomic
def withdraw_offer(*, offer: SeatOffer, by: User) -> None:
    """Take the question back; done twice it changes nothing."""
    locked(offer.participation)
    if SeatOffer.objects.filter(pk=offer.pk).delete()[0]:
        record_offer(PeopleEvent.SEAT_OFFER_WITHDRAWN, offer, by)


def unanswered(offer: SeatOffer) -> SeatOffer:
    """Lock the organisation and read the question again; refuse if it has been answered or taken back."""
    participation = locked(offer.participation)
    row = offers_of(participation).select_related("user", "asked_by", "succeeds__user").filter(pk=offer.pk).first()
    if row is None:
        raise ActionRefused("Frågan är redan besvarad eller tillbakatagen.")
    row.participation = participation
    return row


def record_offer(kind: PeopleEvent, offer: SeatOffer, by: User | None) -> None:
    audit.record(
        kind,
        target=offer.name,
        by=by,
        organisation=offer.participation.organisation.code,
        function=offer.function,
        deputy=offer.deputy,
    )
