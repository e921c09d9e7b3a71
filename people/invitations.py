"""Mails that tell a person about their seat, each queued once for its key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from hashlib import sha256

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from cohorts.enums import Function
from cohorts.models import Delegate, Participation
from kit.refusals import ActionRefused
from kit.templatetags.swedish import day, in_words
from mailings.actions import Envelope, queue_mail
from mailings.blocks import line_of_list
from mailings.kinds import MailKind
from mailings.models import Mail
from people.mails import (
    COMING_SEAT,
    HANDED_OVER,
    INVITATION,
    MENTOR_INVITATION,
    NEW_POLITICIAN,
    OFFER_ANSWERED,
    SEAT_OFFER,
    SEATS_CHANGED,
    TAKES_OVER,
)
from people.models import SeatOffer
from people.telling import who_did

# A double click, or several strategists, must not fill anyone's inbox.
BETWEEN_INVITATIONS = timedelta(hours=1)
TOO_SOON = "En inbjudan till {} skickades för mindre än en timme sedan. Vänta en stund innan du skickar den igen."
# A mail names at most so many people.
MOST_NAMED = 20
# Mails that anyone whom an organisation names gets, whether they expect it or not.
INVITING = (INVITATION, COMING_SEAT, NEW_POLITICIAN, TAKES_OVER, MENTOR_INVITATION, SEAT_OFFER)
MOST_A_DAY = 60
TOO_MANY_TODAY = f"En organisation kan bjuda in högst {MOST_A_DAY} personer på en dag. Fortsätt i morgon."


def called(delegate: Delegate | SeatOffer) -> str:
    return f"{delegate.get_function_display().lower()}{', ersättare' if delegate.deputy else ''}"


def invite(delegate: Delegate, *, again: str = "") -> None:
    """Queue an invitation; without `again`, which makes the key new, a seat is invited only once."""
    begins = delegate.starts_on <= timezone.localdate()
    send(delegate, _invitation_of(delegate) if begins else COMING_SEAT, again=again)


def _invitation_of(delegate: Delegate) -> MailKind:
    return INVITATION if delegate.participation.is_participant else MENTOR_INVITATION


def welcome_politician(delegate: Delegate) -> None:
    participation = delegate.participation
    if not participation.is_participant:
        # The introduction tells of a participant's work.
        send(delegate, MENTOR_INVITATION)
        return
    path = reverse("people:introduction", args=[participation.cohort.slug, participation.code])
    send(delegate, NEW_POLITICIAN, path=path)


def tell_of_hand_over(leaving: Delegate, successor: Delegate, follows: str) -> None:
    # A person may take over from several, and a seat may change hands again.
    send(successor, TAKES_OVER, again=str(leaving.pk), foretradare=leaving.user.name, foljer=follows)
    send(leaving, HANDED_OVER, again=str(successor.pk), begins=successor.starts_on, eftertradare=successor.user.name)


def invited_today() -> dict[str, set[int]]:
    """Return the persons who have been invited today to represent an organisation, in any omgång, by its code."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    mails = Mail.objects.filter(kind__in=[kind.key for kind in INVITING], made_at__gte=midnight)
    invited: dict[str, set[int]] = defaultdict(set)
    for key, recipient in mails.order_by().values_list("key", "recipient"):
        invited[key.split(":")[1]].add(recipient)
    return invited


def refuse_too_many(delegate: Delegate | SeatOffer) -> None:
    there = invited_today().get(delegate.participation.organisation.code, set())
    if len(there - {delegate.user_id}) >= MOST_A_DAY:
        raise ActionRefused(TOO_MANY_TODAY)


def send(
    delegate: Delegate, kind: MailKind, *, path: str = "", again: str = "", begins: date | None = None, **more: str
) -> None:
    """Queue a mail about a seat; every kind except HANDED_OVER also sets `invited_at`."""
    participation = delegate.participation
    cohort = participation.cohort
    if kind in INVITING:
        refuse_too_many(delegate)
    mail = queue_mail(
        kind=kind,
        key=f"{kind.key}:{participation.organisation.code}:{delegate.pk}{f':{again}' if again else ''}",
        to=Envelope.to(
            delegate.user,
            reason=f"Du får mejlet för att du är {called(delegate)} för {participation.organisation}.",
            contact=cohort.contact,
        ),
        values={
            "omgang": cohort.name,
            "organisation": participation.organisation.name,
            "funktion": called(delegate),
            "dag": day(begins or delegate.starts_on),
            **more,
        },
        path=path or reverse("home"),
        about=cohort.slug,
    )
    if mail is not None and kind in INVITING:
        delegate.invited_at = timezone.now()
        delegate.save(update_fields=["invited_at"])


def tell_of_offer(offer: SeatOffer) -> None:
    # Whoever has a closed account cannot sign in to answer.
    if not offer.user.is_active:
        return
    refuse_too_many(offer)
    participation = offer.participation
    queue_mail(
        kind=SEAT_OFFER,
        key=f"{SEAT_OFFER.key}:{offer.participation.organisation.code}:{offer.pk}:{offer.asked_at:%Y%m%d%H%M%S}",
        to=Envelope.to(
            offer.user,
            reason=f"Du får mejlet för att {participation.organisation} vill ge dig ett uppdrag.",
            contact=participation.cohort.contact,
        ),
        values={
            **_about(participation),
            "funktion": called(offer),
            "fragar": offer.asked_by.name if offer.asked_by else "SKR",
            "dag": day(offer.starts_on),
        },
        path=reverse("people:seat_offer", args=[offer.pk]),
        about=participation.cohort.slug,
    )


def tell_of_answer(offer: SeatOffer, *, said_yes: bool) -> None:
    """Tell the one who asked; a no says no more of the person than the question did."""
    participation, asked_by = offer.participation, offer.asked_by
    if asked_by is None:
        return
    queue_mail(
        kind=OFFER_ANSWERED,
        key=f"{OFFER_ANSWERED.key}:{offer.pk}",
        to=Envelope.to(
            asked_by, reason="Du får mejlet för att du ställde frågan.", contact=participation.cohort.contact
        ),
        values={
            **_about(participation),
            "funktion": called(offer),
            "person": offer.user.name if said_yes else offer.name,
            "svar": "ja" if said_yes else "nej",
        },
        path=_people_of(participation),
        about=participation.cohort.slug,
    )


def strategists_of(participation: Participation) -> list[Delegate]:
    current = participation.delegates.current(timezone.localdate())
    return list(current.filter(function=Function.STRATEGIST).select_related("user"))


def tell_strategists(
    participation: Participation,
    *,
    by: User | None,
    added: Sequence[Delegate | SeatOffer] = (),
    changed: Sequence[Delegate] = (),
    to: Sequence[Delegate] | None = None,
    but: User | None = None,
) -> None:
    """Mail the strategists who did not do it themselves: nobody makes anyone a reader of their drafts unseen.

    `to` are those there were before, where the change itself may have ended one; `but` has been told already.
    """
    new = {seat.user_id for seat in added}
    knows = {by.pk if by else 0, but.pk if but else 0}
    lines = [*_lines(added, "är tillagd"), *_lines(changed, "är ändrad")]
    what = sha256(
        f"{timezone.now().isoformat()}{[(type(seat).__name__, seat.pk) for seat in (*added, *changed)]}".encode()
    )
    for strategist in strategists_of(participation) if to is None else to:
        if not lines or strategist.user_id in new | knows:
            continue
        queue_mail(
            kind=SEATS_CHANGED,
            key=f"{SEATS_CHANGED.key}:{participation.pk}:{strategist.user_id}:{what.hexdigest()[:20]}",
            to=Envelope.to(
                strategist.user,
                reason=f"Du får mejlet för att du är strateg för {participation.organisation}.",
                contact=participation.cohort.contact,
            ),
            values={
                **_about(participation),
                "vem": who_did(by),
                "andringar": "\n".join(line_of_list(line) for line in lines),
            },
            path=_people_of(participation),
            about=participation.cohort.slug,
        )


def _lines(seats: Sequence[Delegate | SeatOffer], what: str) -> list[str]:
    names = [f"{name_of(seat)}, {called(seat)}, {what}." for seat in seats[:MOST_NAMED]]
    more = len(seats) - MOST_NAMED
    return [*names, f"Och {in_words(more)} till."] if more > 0 else names


def name_of(seat: Delegate | SeatOffer) -> str:
    return seat.name if isinstance(seat, SeatOffer) else seat.user.name


def _about(participation: Participation) -> dict[str, str]:
    return {"omgang": participation.cohort.name, "organisation": participation.organisation.name}


def _people_of(participation: Participation) -> str:
    return reverse("people:people", args=[participation.cohort.slug, participation.code])
