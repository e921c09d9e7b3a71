"""Send invitations again, to one person or to all in an omgång who have not signed in."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from cohorts.locking import held_in_order, locked
from cohorts.models import Cohort, Delegate
from kit.refusals import ActionRefused
from people.actions.seats import its_seat, record
from people.invitations import BETWEEN_INVITATIONS, TOO_SOON, invite
from people.silent import silent_in
from people.trail import PeopleEvent


@transaction.atomic
def invite_again(*, delegate: Delegate, by: User) -> Delegate:
    """Mail the invitation again; refused within an hour of the last one."""
    participation = locked(delegate.participation)
    delegate = its_seat(participation, delegate)
    now = timezone.now()
    if delegate.ends_on and delegate.ends_on < timezone.localdate():
        raise ActionRefused(f"{delegate.user} är inte längre representant.")
    if delegate.invited_at and now - delegate.invited_at < BETWEEN_INVITATIONS:
        raise ActionRefused(TOO_SOON.format(delegate.user))
    invite(delegate, again=now.isoformat(timespec="seconds"))
    record(PeopleEvent.DELEGATE_INVITED, delegate, by)
    return delegate


@transaction.atomic
def invite_silent(*, cohort: Cohort, seats: Collection[int], by: User) -> list[Delegate]:
    """Invite those of `seats` who still have not signed in, each person at most once a day."""
    held_in_order(cohort.participations.filter(delegates__in=seats).distinct())
    today = timezone.localdate()
    # A seat that came after the page was drawn has just been invited, so only the named seats are.
    invited = [delegate for delegate in silent_in(cohort, today).to_invite if delegate.pk in seats]
    for delegate in invited:
        invite(delegate, again=today.isoformat())
        record(PeopleEvent.DELEGATE_INVITED, delegate, by)
    return invited
