"""Give, change and end seats. All that follows when someone leaves is in `people.actions.leaving`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from cohorts.enums import Function
from cohorts.locking import held_in_order, locked
from cohorts.models import Delegate, Participation
from kit import audit
from kit.canonical import canonical_address
from kit.days import refuse_backwards
from kit.editing import compare
from kit.refusals import ActionRefused
from kit.staleness import Content, content_of
from people.actions.accounts import person_with
from people.actions.addresses import (
    ELSEWHERE,
    change_address,
    is_asked_already,
    is_ours_to_correct,
    needs_a_yes,
)
from people.actions.offering import Added, ask, asked_in
from people.invitations import invite, strategists_of, tell_strategists
from people.newcomers import Newcomer, must_be_asked
from people.trail import PeopleEvent

SEAT = ("function", "deputy", "starts_on", "ends_on")
ONLY_STRATEGIST = "är den enda strategen. Välj en annan strateg först."


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
    invited: bool = True,
) -> Added:
    """Seat a person, from today by default, and mail an invitation; a person known elsewhere is asked."""
    participation = locked(participation)
    added = add(
        participation=participation,
        newcomer=Newcomer(name, email, function, deputy),
        starts_on=starts_on,
        ends_on=ends_on,
        by=by,
        invited=invited,
    )
    tell_strategists(participation, by=by, added=[added])
    return added


@transaction.atomic
def add_delegates(
    *, participation: Participation, newcomers: Sequence[Newcomer], by: User | None, invited: bool = True
) -> list[Added]:
    """Seat the people of a list, all or none; those who already have a seat keep it unchanged."""
    return add_to_several(lists={participation: newcomers}, by=by, invited=invited)


@transaction.atomic
def add_to_several(
    *, lists: Mapping[Participation, Sequence[Newcomer]], by: User | None, invited: bool = True
) -> list[Added]:
    locked_rows = held_in_order(lists)
    if len(locked_rows) < len(lists):
        raise ActionRefused("En av organisationerna är inte längre med i omgången.", field="people")
    new = {
        locked_rows[participation.pk]: _not_seated(participation, newcomers)
        for participation, newcomers in lists.items()
    }
    register(newcomer for newcomers in new.values() for newcomer in newcomers)
    everyone: list[Added] = []
    for participation, newcomers in new.items():
        added = [add(participation=participation, newcomer=newcomer, by=by, invited=invited) for newcomer in newcomers]
        tell_strategists(participation, by=by, added=added)
        everyone += added
    return everyone


def _not_seated(participation: Participation, newcomers: Sequence[Newcomer]) -> list[Newcomer]:
    emails = [newcomer.email for newcomer in newcomers]
    if len(set(emails)) < len(emails):
        raise ActionRefused("Samma adress står på mer än en rad.", field="people")
    there = participation.delegates.filter(user__email__in=emails).current_or_coming(timezone.localdate())
    seated = {*there.values_list("user__email", flat=True), *asked_in(participation, emails)}
    return [newcomer for newcomer in newcomers if newcomer.email not in seated]


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
    """Correct a seat or its person, and invite a new address; `seen` is the digest of what the page showed."""
    participation = locked(delegate.participation)
    delegate = its_seat(participation, delegate)
    before = stored_content(delegate)
    seat = {"function": function, "deputy": deputy, "starts_on": starts_on, "ends_on": ends_on}
    address = canonical_address(email)
    # Pressed twice: the holder of the address is asked once.
    asked_already = is_asked_already(delegate.user, address)
    after: dict[str, object] = {"name": name, "email": before["email"] if asked_already else address, **seat}
    changes = compare(before, after, seen=seen)
    if changes is None:
        return delegate
    _refuse_change(delegate, function, starts_on, ends_on)
    strategists = strategists_of(participation)
    for field in SEAT:
        setattr(delegate, field, after[field])
    delegate.save(update_fields=SEAT)
    if name != delegate.user.name:
        if not is_ours_to_correct(delegate, by):
            raise ActionRefused(ELSEWHERE, field="name")
        delegate.user.name = name
        delegate.user.save(update_fields=["name"])
    if after["email"] != before["email"]:
        change_address(delegate, address, by)
    record(PeopleEvent.DELEGATE_CHANGED, delegate, by, **_trail_words(before, after, needs_a_yes(delegate.user, by)))
    tell_strategists(participation, by=by, changed=[delegate], to=strategists)
    return delegate


def _trail_words(before: Content, after: Content, asked: bool) -> dict[str, str]:
    words = {"before": in_words(before), "after": in_words(after)}
    changed = words if words["before"] != words["after"] else {}
    if before["email"] == after["email"]:
        return changed
    # The trail says that an address was changed, but not from what or to what.
    return {**changed, "what": "bad personen bekräfta en ny e-postadress" if asked else "ändrade e-postadressen"}


def add(
    *,
    participation: Participation,
    newcomer: Newcomer,
    by: User | None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    invited: bool = True,
) -> Added:
    """Seat and invite the person, or ask them; the caller holds the participation's lock and tells its strategists.

    An invitation may wait (`invited`), but a question never does.
    """
    added = seat_or_ask(participation=participation, newcomer=newcomer, by=by, starts_on=starts_on, ends_on=ends_on)
    if isinstance(added, Delegate):
        record(PeopleEvent.DELEGATE_ADDED, added, by)
        if invited:
            invite(added)
    return added


def seat_or_ask(
    *,
    participation: Participation,
    newcomer: Newcomer,
    by: User | None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    succeeds: Delegate | None = None,
) -> Added:
    """Create only the seat, or ask the person who is known elsewhere, which says the same to the one who adds."""
    starts_on = starts_on or timezone.localdate()
    refuse_days(participation, starts_on, ends_on)
    user = person_with(newcomer.email, newcomer.name)
    if must_be_asked(user, participation, by):
        return ask(
            user=user,
            participation=participation,
            newcomer=newcomer,
            by=by,
            starts_on=starts_on,
            ends_on=ends_on,
            succeeds=succeeds,
        )
    return give_seat(
        participation=participation, newcomer=newcomer, starts_on=starts_on, ends_on=ends_on, succeeds=succeeds
    )


def give_seat(
    *,
    participation: Participation,
    newcomer: Newcomer,
    starts_on: date | None = None,
    ends_on: date | None = None,
    succeeds: Delegate | None = None,
) -> Delegate:
    """Create only the seat: the caller holds the participation's lock, records and mails."""
    starts_on = starts_on or timezone.localdate()
    refuse_days(participation, starts_on, ends_on)
    user = person_with(newcomer.email, newcomer.name)
    refuse_unfit(user, participation)
    if user.evaluations.filter(cohort=participation.cohort_id, until__gte=timezone.localdate()).exists():
        raise ActionRefused(
            f"{user.name} är lärande utvärderare i omgången och kan inte också vara representant.", field="email"
        )
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
    """Create persons before seats, in order of address: otherwise two lists with the same people can deadlock."""
    for newcomer in sorted(newcomers, key=lambda person: person.email):
        person_with(newcomer.email, newcomer.name)


def end_seat(delegate: Delegate, from_day: date) -> None:
    """End the seat the day before `from_day`; delete it if it had not started."""
    if delegate.starts_on >= from_day:
        delegate.delete()
        return
    delegate.ends_on = from_day - timedelta(days=1)
    delegate.save(update_fields=["ends_on"])


def refuse_unfit(user: User, participation: Participation, *, seated: bool | None = None) -> None:
    if user.skr_role:
        raise ActionRefused(
            "Adressen hör till någon som arbetar på SKR och därför inte kan vara representant.", field="email"
        )
    if not user.is_active:
        raise ActionRefused("Personens konto är avslutat. Be processledaren på SKR att öppna det.", field="email")
    # A preview already knows who has a seat, for all rows at once.
    if seated is None:
        seated = participation.delegates.filter(user=user).current_or_coming(timezone.localdate()).exists()
    if seated:
        raise ActionRefused(f"{user.name} är redan representant för {participation}.", field="email")


def refuse_days(participation: Participation, starts_on: date, ends_on: date | None) -> None:
    refuse_backwards(starts_on, ends_on, field="ends_on")
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


def its_seat(participation: Participation, delegate: Delegate) -> Delegate:
    # The seat is read again, now that the participation is locked.
    seat = participation.delegates.select_related("user").filter(pk=delegate.pk).first()
    if seat is None:
        raise ActionRefused("Uppdraget finns inte längre. Någon annan har tagit bort det.")
    seat.participation = participation
    return seat


def stored_content(delegate: Delegate) -> Content:
    return {"name": delegate.user.name, "email": delegate.user.email, **content_of(delegate, *SEAT)}


def in_words(content: Content) -> str:
    function = Function(str(content["function"])).label.lower()
    deputy = ", ersättare" if content["deputy"] else ""
    # For example: Anna Ek, politiker, ersättare, 2026-01-01–.
    return f"{content['name']}, {function}{deputy}, {content['starts_on']}–{content['ends_on'] or ''}"


def record(kind: PeopleEvent, delegate: Delegate, by: User | None, **data: object) -> None:
    # The row belongs to the organisation's trail even if SKR made the change.
    audit.record(
        kind,
        target=delegate.user,
        by=by,
        organisation=delegate.participation.organisation.code,
        function=delegate.function,
        deputy=delegate.deputy,
        **data,
    )
