"""Make an account, close it and open it again."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.actions import sign_out_everywhere
from accounts.models import User
from accounts.trail import AccountEvent
from cohorts.holders import seat_in_words
from kit import audit
from kit.refusals import ActionRefused
from people.mails import ACCOUNT_CLOSED, ACCOUNT_OPENED
from people.newcomers import is_in_use
from people.telling import tell_of_access

ERASED = "Uppgifterna om personen är raderade, så kontot går inte att öppna."
CLOSED = "Personens konto är avslutat. Öppna det först. Det står bland de avslutade kontona, under Personer på SKR."


def person_with(email: str, name: str) -> User:
    known = User.objects.filter(email=email)
    if user := known.first():
        return _called(user, name)
    try:
        # Two organisations may add the same person in the same second.
        with transaction.atomic():
            return User.objects.create_user(email, name)
    except IntegrityError:
        return known.get()


def _called(user: User, name: str) -> User:
    # The name that somebody else once typed for an account that nobody has used says nothing.
    if user.name != name and not is_in_use(user):
        user.name = name
        user.save(update_fields=["name"])
    return user


def needed_for(user: User) -> str:
    """Return why the account cannot be closed and what to do first; empty if nothing needs it today or later."""
    if user.skr_role:
        return f"{user.name} har en roll på SKR. Avsluta rollen i stället, så avslutas kontot också."
    today = timezone.localdate()
    seats = user.seats.current_or_coming(today).select_related("participation__organisation", "participation__cohort")
    if seat := seats.first():
        return (
            f"{user.name} är {seat_in_words(seat, seat.participation)} i {seat.participation.cohort}. Avsluta "
            "uppdraget först, bland organisationens personer."
        )
    evaluation = user.evaluations.filter(until__gte=today).select_related("cohort").first()
    if evaluation:
        return f"{user.name} är lärande utvärderare i {evaluation.cohort}. Avsluta uppdraget först."
    return ""


@transaction.atomic
def close_account(*, user: User, by: User) -> User:
    """Sign the person out and let them in no more; refuse while they have something to do."""
    user = _locked(user)
    if not user.is_active:
        return user
    if sentence := needed_for(user):
        raise ActionRefused(sentence)
    shut(user)
    audit.record(AccountEvent.ACCOUNT_CLOSED, target=user, by=by)
    tell_of_access(ACCOUNT_CLOSED, user, by=by, opens=False)
    return user


def shut(user: User) -> None:
    """Close the account and end its sessions; the caller holds the row, records and mails."""
    user.is_active = False
    user.save(update_fields=["is_active"])
    sign_out_everywhere(user)


@transaction.atomic
def open_account(*, user: User, by: User) -> User:
    """Let the person sign in again; what they may do there is as it was, from today's seats."""
    user = _locked(user)
    if user.is_active:
        return user
    if user.erased_on:
        raise ActionRefused(ERASED)
    user.is_active = True
    user.save(update_fields=["is_active"])
    audit.record(AccountEvent.ACCOUNT_OPENED, target=user, by=by)
    tell_of_access(ACCOUNT_OPENED, user, by=by)
    return user


def _locked(user: User) -> User:
    return User.objects.select_for_update(no_key=True).get(pk=user.pk)
