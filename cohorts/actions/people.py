"""Every write to who represents an organisation."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from cohorts.enums import Function
from cohorts.models import Delegate, Participation
from modell import audit
from modell.audit import Kind
from modell.refusals import ActionRefused


@transaction.atomic
def add_delegate(
    *, participation: Participation, name: str, email: str, function: str, deputy: bool, by: User
) -> Delegate:
    """Give a person a seat from today. One who is registered keeps the name they have."""
    participation = _locked(participation)
    user = User.objects.filter(email=email.lower()).first()
    if user:
        _refuse_unfit(user, participation)
    delegate = Delegate.objects.create(
        participation=participation,
        user=user or User.objects.create_user(email, name),
        function=function,
        deputy=deputy,
        starts_on=timezone.localdate(),
    )
    _record(Kind.DELEGATE_ADDED, delegate, by)
    return delegate


@transaction.atomic
def end_delegate(*, delegate: Delegate, by: User) -> None:
    """End a seat so that access ends now: its last day is yesterday. A seat given today was a mistake and goes."""
    participation = _locked(delegate.participation)
    delegate = participation.delegates.select_related("user").get(pk=delegate.pk)
    delegate.participation = participation
    today = timezone.localdate()
    if delegate.ends_on and delegate.ends_on < today:
        return
    if delegate.user_id == by.pk and _is_only_strategist(delegate):
        raise ActionRefused("Du är den enda strategen. Lägg till en strateg till innan du avslutar ditt eget uppdrag.")
    if delegate.starts_on >= today:
        delegate.delete()
    else:
        delegate.ends_on = today - timedelta(days=1)
        delegate.save()
    _record(Kind.DELEGATE_ENDED, delegate, by)


def _refuse_unfit(user: User, participation: Participation) -> None:
    if user.skr_role:
        raise ActionRefused("Adressen hör till en som arbetar på SKR, och kan inte vara representant.", field="email")
    if not user.is_active:
        raise ActionRefused("Personens konto är avslutat. Be processledaren på SKR att öppna det.", field="email")
    if participation.delegates.filter(user=user).current_or_coming(timezone.localdate()).exists():
        raise ActionRefused(f"{user.name} är redan representant för {participation}.", field="email")


def _is_only_strategist(delegate: Delegate) -> bool:
    if delegate.function != Function.STRATEGIST:
        return False
    others = delegate.participation.delegates.filter(function=Function.STRATEGIST).exclude(user=delegate.user_id)
    return not others.current(timezone.localdate()).exists()


def _locked(participation: Participation) -> Participation:
    """Held until the action is done, so that two clicks come one after the other."""
    rows = Participation.objects.select_for_update(of=("self",)).select_related("organisation")
    return rows.get(pk=participation.pk)


def _record(kind: Kind, delegate: Delegate, by: User) -> None:
    """In the organisation's own trail, also when SKR did it: it is the organisation's people."""
    audit.record(
        kind,
        target=delegate.user,
        by=by,
        organisation=delegate.participation.organisation.code,
        function=delegate.function,
        deputy=delegate.deputy,
    )
