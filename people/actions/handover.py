"""Hand over seats. Mails, agreements and invitations follow in `people.actions.leaving`."""

from datetime import date, timedelta

from django.utils import timezone

from accounts.models import User
from cohorts.enums import Function
from cohorts.models import Delegate
from kit.refusals import ActionRefused
from people.actions.seats import is_only_strategist


def refuse_leaving(delegate: Delegate, from_day: date, *, alone: bool, by: User) -> None:
    """Refuse an end that leaves no strategist; `alone` means no successor, which only SKR may then choose."""
    if from_day < timezone.localdate():
        raise ActionRefused("Välj i dag eller en senare dag.", field="from_day")
    if delegate.ends_on and delegate.ends_on < from_day - timedelta(days=1):
        raise ActionRefused("Uppdraget slutar redan tidigare. Välj en dag före dess.", field="from_day")
    if alone and not by.skr_role and is_only_strategist(delegate, max(from_day, delegate.starts_on)):
        who = "Du" if delegate.user_id == by.pk else str(delegate.user)
        raise ActionRefused(f"{who} är den enda strategen. Välj vem som tar över.", field="successor")


def take_on(*, colleague: Delegate, leaving: Delegate, from_day: date) -> Delegate:
    """Give a colleague the leaving person's function from `from_day`; the colleague's old seat stays as history."""
    _refuse_colleague(colleague, leaving, from_day)
    function, deputy = leaving.function, leaving.deputy
    if colleague.starts_on >= from_day or (colleague.function, colleague.deputy) == (function, deputy):
        colleague.function, colleague.deputy, colleague.succeeds = function, deputy, leaving
        colleague.save(update_fields=["function", "deputy", "succeeds"])
        return colleague
    until, colleague.ends_on = colleague.ends_on, from_day - timedelta(days=1)
    colleague.save(update_fields=["ends_on"])
    return Delegate.objects.create(
        participation=leaving.participation,
        user=colleague.user,
        function=function,
        deputy=deputy,
        starts_on=from_day,
        ends_on=until,
        succeeds=leaving,
    )


def _refuse_colleague(colleague: Delegate, leaving: Delegate, from_day: date) -> None:
    if colleague.participation_id != leaving.participation_id or colleague.user_id == leaving.user_id:
        raise ActionRefused("Välj en annan av organisationens representanter.", field="successor")
    if colleague.ends_on and colleague.ends_on < from_day:
        raise ActionRefused(f"Uppdraget för {colleague.user} är slut då. Välj någon annan.", field="successor")
    leaves_none = leaving.function != Function.STRATEGIST and is_only_strategist(colleague, from_day, [leaving.pk])
    if leaves_none:
        raise ActionRefused(f"{colleague.user} är den enda strategen. Välj någon annan.", field="successor")
