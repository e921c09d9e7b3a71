"""The address a person signs in with, changed by those who registered them."""

from django.utils import timezone

from accounts.actions import change_email
from accounts.models import User
from cohorts.inviting import invite
from cohorts.models import Delegate
from mailings.actions import readdress
from modell.refusals import ActionRefused

ELSEWHERE = "Personen har uppdrag utanför er organisation också. Be processledaren på SKR att ändra adressen."


def may_change_address(delegate: Delegate, by: User) -> bool:
    """Whoever holds the address reads what the person reads; so a strategist changes none that opens others' work."""
    if by.skr_role:
        return True
    user, own = delegate.user, delegate.participation.organisation_id
    return not (user.seats.exclude(participation__organisation=own).exists() or user.evaluations.exists())


def change_address(delegate: Delegate, email: str, by: User) -> None:
    """The new one is invited, and gets what was waiting to be sent; the caller holds the participation and records."""
    if not may_change_address(delegate, by):
        raise ActionRefused(ELSEWHERE, field="email")
    change_email(user=delegate.user, email=email)
    readdress(delegate.user)
    invite(delegate, again=timezone.now().isoformat(timespec="microseconds"))
