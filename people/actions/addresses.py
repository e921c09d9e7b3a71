"""Change the address that a person signs in with, or ask the person to.

Until somebody has signed in with it, an address is only what others have typed, and they correct it. Afterwards whoever
holds it decides: the change waits for a yes from the old address. SKR may change it at once, and the old one is told.
"""

from __future__ import annotations

from hashlib import sha256

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.actions import change_email
from accounts.models import AddressChange, User, new_key
from assessments.actions.alone import withhold_ratings
from cohorts.models import Delegate
from kit import audit
from kit.refusals import ActionRefused
from kit.templatetags.swedish import day
from mailings.actions import Envelope, queue_mail, readdress
from mailings.kinds import MailKind
from people.actions.offering import ask
from people.invitations import invite
from people.mails import ADDRESS_ASKED, ADDRESS_CHANGED
from people.newcomers import Newcomer, must_be_asked
from people.trail import PeopleEvent

ELSEWHERE = "Personen har uppdrag utanför er organisation också. Be processledaren på SKR att ändra namn och adress."
TOO_LATE = "Länken gäller inte längre. Be den som ville ändra adressen att göra det en gång till."


def is_ours_to_correct(delegate: Delegate, by: User) -> bool:
    """True unless a strategist would change the name or address of a person who has work elsewhere too."""
    if by.skr_role:
        return True
    user, own = delegate.user, delegate.participation.organisation_id
    return not (user.seats.exclude(participation__organisation=own).exists() or user.evaluations.exists())


def needs_a_yes(user: User, by: User) -> bool:
    """True if the person must confirm a new address: they have signed in, and it is not SKR who changes it."""
    return user.last_login is not None and not by.skr_role


def waiting_address(user: User) -> AddressChange | None:
    waiting = AddressChange.objects.filter(user=user).first()
    return waiting if waiting and waiting.is_open else None


def is_asked_already(user: User, email: str) -> bool:
    waiting = waiting_address(user)
    return waiting is not None and waiting.email == email


def change_address(delegate: Delegate, email: str, by: User) -> None:
    """Change and invite the address, or ask its holder; the caller locks the participation and records."""
    if not is_ours_to_correct(delegate, by):
        raise ActionRefused(ELSEWHERE, field="email")
    if needs_a_yes(delegate.user, by):
        _ask(delegate, email, by)
    elif delegate.user.last_login is None and (holder := _known_elsewhere(delegate, email, by)):
        _ask_instead(delegate, holder, by)
    else:
        _change(delegate, email, by)


def _known_elsewhere(delegate: Delegate, email: str, by: User) -> User | None:
    holder = User.objects.filter(email=email).exclude(pk=delegate.user_id).first()
    return holder if holder and must_be_asked(holder, delegate.participation, by) else None


def _ask_instead(delegate: Delegate, holder: User, by: User) -> None:
    """Ask the person whose address was meant all along, and say no more about it; nobody has used the seat."""
    newcomer = Newcomer(delegate.user.name, holder.email, delegate.function, delegate.deputy)
    ask(
        user=holder,
        participation=delegate.participation,
        newcomer=newcomer,
        by=by,
        starts_on=delegate.starts_on,
        ends_on=delegate.ends_on,
    )
    Delegate.objects.filter(pk=delegate.pk).delete()


def _ask(delegate: Delegate, email: str, by: User) -> None:
    asked = {"email": email, "asked_by": by, "asked_on": timezone.localdate(), "key": new_key()}
    waiting, _ = AddressChange.objects.update_or_create(user=delegate.user, defaults=asked)
    _tell_the_old(
        delegate,
        delegate.user.email,
        kind=ADDRESS_ASKED,
        # Never the link's key itself: SKR reads the mail's.
        key=f"{ADDRESS_ASKED.key}:{sha256(waiting.key.encode()).hexdigest()[:20]}",
        path=reverse("people:address_change", args=[waiting.key]),
        begart_av=by.name,
        ny=email,
        dag=day(waiting.last_day),
    )


@transaction.atomic
def confirm_address(*, key: str) -> User:
    """Change the address as its holder agrees to; refuse a key that is used, replaced or too old."""
    waiting = AddressChange.objects.select_for_update(of=("self",)).select_related("user").filter(key=key).first()
    if waiting is None or not waiting.is_open:
        raise ActionRefused(TOO_LATE)
    user = waiting.user
    seats = user.seats.select_related("participation__cohort__contact", "participation__organisation", "user")
    delegate = seats.current_or_coming(timezone.localdate()).first()
    if delegate is None:
        raise ActionRefused(TOO_LATE)
    _change(delegate, waiting.email, user)
    audit.record(
        PeopleEvent.ADDRESS_CONFIRMED, target=user, by=user, organisation=delegate.participation.organisation.code
    )
    return user


def _change(delegate: Delegate, email: str, by: User) -> None:
    user = delegate.user
    old, was_used = user.email, user.last_login is not None
    change_email(user=user, email=email)
    readdress(user)
    now = timezone.now()
    invite(delegate, again=now.isoformat(timespec="microseconds"))
    if was_used:
        withhold_ratings(user=user)
        who = "Du själv" if by == user else by.name
        key = f"{ADDRESS_CHANGED.key}:{user.pk}:{now:%Y%m%d%H%M%S%f}"
        _tell_the_old(delegate, old, kind=ADDRESS_CHANGED, key=key, andrad_av=who, ny=email)


def _tell_the_old(delegate: Delegate, old: str, *, kind: MailKind, key: str, path: str = "", **values: str) -> None:
    cohort = delegate.participation.cohort
    reason = "Du får mejlet för att adressen används för att logga in i Modell."
    queue_mail(
        kind=kind,
        key=key,
        # The mail is for the address, not for the user, whose mail goes to the new one.
        to=Envelope(old, delegate.user.name, reason, contact=cohort.contact),
        values={"omgang": cohort.name, "gammal": old, **values},
        path=path or reverse("home"),
        about=cohort.slug,
    )
