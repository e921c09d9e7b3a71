"""Every write to who represents an organisation. Whoever leaves is in `programme.actions.leaving`: more follows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from cohorts.actions.addressing import change_address
from cohorts.enums import Function
from cohorts.inviting import invite
from cohorts.models import Delegate, Participation
from modell import audit
from modell.audit import Kind
from modell.refusals import ActionRefused
from modell.staleness import Content, Stale, content_of, digest

SEAT = ("function", "deputy", "starts_on", "ends_on")
ONLY_STRATEGIST = "är den enda strategen. Välj en annan strateg först."


@dataclass(frozen=True)
class Newcomer:
    """One to be given a seat, as the form or the list has them."""

    name: str
    email: str
    function: str
    deputy: bool


@transaction.atomic
def add_delegate(
    *,
    participation: Participation,
    name: str,
    email: str,
    function: str,
    deputy: bool,
    by: User,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Delegate:
    """Give a person a seat, from today where no day is given, and invite them. The registered keep their name."""
    delegate = give_seat(
        participation=locked(participation),
        newcomer=Newcomer(name, email, function, deputy),
        starts_on=starts_on,
        ends_on=ends_on,
    )
    record(Kind.DELEGATE_ADDED, delegate, by)
    invite(delegate)
    return delegate


@transaction.atomic
def add_delegates(*, participation: Participation, newcomers: Sequence[Newcomer], by: User) -> list[Delegate]:
    """Those of a list, all or none. One who has a seat keeps it as it is, so the same list again is no change."""
    return add_to_several(lists={participation: newcomers}, by=by)


@transaction.atomic
def add_to_several(*, lists: Mapping[Participation, Sequence[Newcomer]], by: User) -> list[Delegate]:
    """`add_delegates` for each of an omgång's organisations, all or none of them."""
    held = held_in_order(lists)
    if len(held) < len(lists):
        raise ActionRefused("En av organisationerna är inte längre med i omgången.", field="people")
    new = {held[participation.pk]: _not_seated(participation, newcomers) for participation, newcomers in lists.items()}
    register(newcomer for newcomers in new.values() for newcomer in newcomers)
    added = [
        give_seat(participation=participation, newcomer=newcomer)
        for participation, newcomers in new.items()
        for newcomer in newcomers
    ]
    for delegate in added:
        record(Kind.DELEGATE_ADDED, delegate, by)
        invite(delegate)
    return added


def _not_seated(participation: Participation, newcomers: Sequence[Newcomer]) -> list[Newcomer]:
    emails = [newcomer.email.lower() for newcomer in newcomers]
    if len(set(emails)) < len(emails):
        raise ActionRefused("Samma adress står på mer än en rad.", field="people")
    there = participation.delegates.filter(user__email__in=emails).current_or_coming(timezone.localdate())
    seated = set(there.values_list("user__email", flat=True))
    return [newcomer for newcomer in newcomers if newcomer.email.lower() not in seated]


@transaction.atomic
def change_delegate(
    *,
    delegate: Delegate,
    name: str,
    email: str,
    function: str,
    deputy: bool,
    starts_on: date,
    ends_on: date | None,
    seen: str | None = None,
    by: User,
) -> Delegate:
    """Correct a seat, or its person's name and address. `seen` is the digest of what the page showed."""
    participation = locked(delegate.participation)
    delegate = its_seat(participation, delegate)
    before = stored_content(delegate)
    seat = {"function": function, "deputy": deputy, "starts_on": starts_on, "ends_on": ends_on}
    after: dict[str, object] = {"name": name, "email": email.lower(), **seat}
    if after == before:
        return delegate
    if seen is not None and seen != digest(before):
        raise Stale(before)
    _refuse_change(delegate, function, starts_on, ends_on)
    for field in SEAT:
        setattr(delegate, field, after[field])
    delegate.save(update_fields=SEAT)
    if name != delegate.user.name:
        delegate.user.name = name
        delegate.user.save(update_fields=["name"])
    if after["email"] != before["email"]:
        change_address(delegate, email.lower(), by)
    record(Kind.DELEGATE_CHANGED, delegate, by, **_told_of(before, after))
    return delegate


def _told_of(before: Content, after: Content) -> dict[str, str]:
    """The seat in words where it is another; of an address only that it was changed."""
    words = {"before": in_words(before), "after": in_words(after)}
    told = words if words["before"] != words["after"] else {}
    return told if before["email"] == after["email"] else {**told, "what": "ändrade e-postadressen"}


def give_seat(
    *,
    participation: Participation,
    newcomer: Newcomer,
    starts_on: date | None = None,
    ends_on: date | None = None,
    succeeds: Delegate | None = None,
) -> Delegate:
    """The row alone, with the participation held by the caller, who records and tells."""
    starts_on = starts_on or timezone.localdate()
    refuse_days(participation, starts_on, ends_on)
    user = _person(newcomer)
    refuse_unfit(user, participation)
    return Delegate.objects.create(
        participation=participation,
        user=user,
        function=newcomer.function,
        deputy=newcomer.deputy,
        starts_on=starts_on,
        ends_on=ends_on,
        succeeds=succeeds,
    )


def register(newcomers: Iterable[Newcomer]) -> None:
    """Make the persons before their seats, in one order for all: two lists that name the same would else each wait
    for a person whom the other has made."""
    for newcomer in sorted(newcomers, key=lambda one: one.email.lower()):
        _person(newcomer)


def _person(newcomer: Newcomer) -> User:
    """The registered, or a new one; two organisations may add the same person at the same second."""
    known = User.objects.filter(email=newcomer.email.lower())
    if user := known.first():
        return user
    try:
        with transaction.atomic():
            return User.objects.create_user(newcomer.email, newcomer.name)
    except IntegrityError:
        return known.get()


def end_seat(delegate: Delegate, from_day: date) -> None:
    """Its last day is the day before; one that had not begun was a mistake, or never came to be, and goes."""
    if delegate.starts_on >= from_day:
        delegate.delete()
        return
    delegate.ends_on = from_day - timedelta(days=1)
    delegate.save(update_fields=["ends_on"])


def refuse_unfit(user: User, participation: Participation, *, seated: bool | None = None) -> None:
    """`seated` where it is known already; else it is asked."""
    if user.skr_role:
        raise ActionRefused("Adressen hör till en som arbetar på SKR, och kan inte vara representant.", field="email")
    if not user.is_active:
        raise ActionRefused("Personens konto är avslutat. Be processledaren på SKR att öppna det.", field="email")
    if seated is None:
        seated = participation.delegates.filter(user=user).current_or_coming(timezone.localdate()).exists()
    if seated:
        raise ActionRefused(f"{user.name} är redan representant för {participation}.", field="email")


def refuse_days(participation: Participation, starts_on: date, ends_on: date | None) -> None:
    if ends_on and ends_on < starts_on:
        raise ActionRefused("Sista dagen kan inte ligga före den första.", field="ends_on")
    if starts_on > participation.cohort.ends_on and starts_on > timezone.localdate():
        raise ActionRefused("Då är omgången redan slut. Välj en tidigare dag.", field="starts_on")


def is_only_strategist(delegate: Delegate, on: date, besides: Iterable[int] = ()) -> bool:
    if delegate.function != Function.STRATEGIST:
        return False
    others = delegate.participation.delegates.filter(function=Function.STRATEGIST).exclude(user=delegate.user_id)
    return not others.exclude(pk__in=list(besides)).current(on).exists()


def _refuse_change(delegate: Delegate, function: str, starts_on: date, ends_on: date | None) -> None:
    refuse_days(delegate.participation, starts_on, ends_on)
    today = timezone.localdate()
    if ends_on and ends_on < today:
        raise ActionRefused(
            "Välj i dag eller en senare dag. Slutar personen nu: lämna över uppdraget.", field="ends_on"
        )
    if not delegate.is_current(today) or not is_only_strategist(delegate, today):
        return
    if function != Function.STRATEGIST:
        raise ActionRefused(f"{delegate.user} {ONLY_STRATEGIST}", field="function")
    if starts_on > today:
        raise ActionRefused(f"{delegate.user} {ONLY_STRATEGIST}", field="starts_on")


def locked(participation: Participation, *, goes: bool = False) -> Participation:
    """Held until the action is done, so that two clicks come one after the other. `goes` is to be deleted: then
    nothing may be written that points to it either."""
    held = Participation.objects.select_for_update(of=("self",), no_key=not goes)
    return held.select_related("organisation", "cohort__contact").get(pk=participation.pk)


def held_in_order(participations: Iterable[Participation]) -> dict[int, Participation]:
    """Several, each as `locked` holds one; in one order for all, so that no two lists wait for each other."""
    rows = Participation.objects.select_for_update(of=("self",), no_key=True)
    rows = rows.select_related("organisation", "cohort__contact").order_by("pk")
    return {row.pk: row for row in rows.filter(pk__in=[row.pk for row in participations])}


def its_seat(participation: Participation, delegate: Delegate) -> Delegate:
    """Read anew under the lock."""
    found = participation.delegates.select_related("user").filter(pk=delegate.pk).first()
    if found is None:
        raise ActionRefused("Uppdraget finns inte längre. Någon annan har tagit bort det.")
    found.participation = participation
    return found


def stored_content(delegate: Delegate) -> Content:
    return {"name": delegate.user.name, "email": delegate.user.email, **content_of(delegate, *SEAT)}


def in_words(content: Content) -> str:
    """A seat for the trail: Anna Ek, politiker, ersättare, 2026-01-01–."""
    function = Function(str(content["function"])).label.lower()
    deputy = ", ersättare" if content["deputy"] else ""
    return f"{content['name']}, {function}{deputy}, {content['starts_on']}–{content['ends_on'] or ''}"


def record(kind: Kind, delegate: Delegate, by: User, **data: object) -> None:
    """In the organisation's own trail, also when SKR did it: it is the organisation's people."""
    audit.record(
        kind,
        target=delegate.user,
        by=by,
        organisation=delegate.participation.organisation.code,
        function=delegate.function,
        deputy=delegate.deputy,
        **data,
    )
