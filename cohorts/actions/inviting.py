"""The invitation once more: to one who asks for it, or to all of an omgång who have not signed in."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from cohorts.actions.people import held_in_order, its_seat, locked, record
from cohorts.inviting import invite
from cohorts.models import Cohort, Delegate
from cohorts.silent import silent_in
from modell.audit import Kind
from modell.refusals import ActionRefused

# So that a doubled click, or several strategists, do not fill anyone's inbox.
BETWEEN_INVITATIONS = timedelta(hours=1)


@transaction.atomic
def invite_again(*, delegate: Delegate, by: User) -> Delegate:
    """Send the invitation once more, to one who has not signed in; at most once an hour."""
    participation = locked(delegate.participation)
    delegate = its_seat(participation, delegate)
    now = timezone.now()
    if delegate.ends_on and delegate.ends_on < timezone.localdate():
        raise ActionRefused(f"{delegate.user} är inte längre representant.")
    if delegate.invited_at and now - delegate.invited_at < BETWEEN_INVITATIONS:
        raise ActionRefused(
            f"En inbjudan till {delegate.user} skickades för mindre än en timme sedan. Vänta en stund innan du skickar "
            "den igen."
        )
    invite(delegate, again=now.isoformat(timespec="seconds"))
    record(Kind.DELEGATE_INVITED, delegate, by)
    return delegate


@transaction.atomic
def invite_silent(*, cohort: Cohort, seats: Collection[int], by: User) -> list[Delegate]:
    """Those of the seats whose persons still have not signed in; nobody gets a second one the same day.

    `seats` are those that were named before it was done: whoever has come since has just been invited.
    """
    held_in_order(cohort.participations.filter(delegates__in=seats).distinct())
    today = timezone.localdate()
    invited = [delegate for delegate in silent_in(cohort, today).to_invite if delegate.pk in seats]
    for delegate in invited:
        invite(delegate, again=today.isoformat())
        record(Kind.DELEGATE_INVITED, delegate, by)
    return invited
