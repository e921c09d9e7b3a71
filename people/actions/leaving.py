"""End a seat and pass on what the person had to do, to a successor or to the function."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from assessments.actions.alone import pass_on_invitations
from cohorts.enums import Function
from cohorts.locking import locked
from cohorts.models import Delegate, Participation
from kit import audit
from kit.refusals import ActionRefused
from kit.templatetags.swedish import day, enumerated, in_words, sentence
from meetings.actions.seats import pass_on_seat
from people.actions.handover import refuse_leaving, take_on
from people.actions.offering import Added, asked_in
from people.actions.seats import end_seat, its_seat, record, register, seat_or_ask
from people.invitations import name_of, strategists_of, tell_of_hand_over, tell_strategists, welcome_politician
from people.newcomers import Newcomer
from people.trail import PeopleEvent

ALL_STAYS = "Allt som organisationen har skrivit finns kvar, och det som hör till funktionen står bland dina uppgifter."


@dataclass(frozen=True)
class Changed:
    """Names who left and who was added after an election; both are empty if it was already done."""

    left: tuple[str, ...]
    added: tuple[Added, ...]

    @property
    def is_anything(self) -> bool:
        return bool(self.left or self.added)


@transaction.atomic
def hand_over(*, delegate: Delegate, to: Delegate | Newcomer | None, from_day: date, by: User) -> Added | None:
    """End a seat the day before `from_day`, mail both and return the successor; done twice it changes nothing.

    A successor who is known elsewhere is asked, and the seat ends when they say yes.
    """
    participation = locked(delegate.participation)
    delegate = its_seat(participation, delegate)
    if _is_done(delegate, from_day):
        return delegate.successors.first()
    refuse_leaving(delegate, from_day, alone=to is None, by=by)
    if to is None:
        record(PeopleEvent.DELEGATE_ENDED, delegate, by)
        pass_on_seat(leaving=delegate, successor=None, from_day=from_day)
        end_seat(delegate, from_day)
        return None
    strategists = strategists_of(participation)
    successor = _seat_for(to, delegate, from_day, by)
    successor.participation = participation
    if isinstance(successor, Delegate):
        what = f"{successor.user} tar över från {day(from_day)}"
        record(PeopleEvent.DELEGATE_HANDED_OVER, delegate, by, what=what)
        take_over(leaving=delegate, successor=successor, from_day=from_day)
    tell_strategists(participation, by=by, added=[successor], to=strategists)
    return successor


def take_over(*, leaving: Delegate, successor: Delegate, from_day: date) -> None:
    tell_of_hand_over(leaving, successor, _follow(leaving, successor, from_day))
    end_seat(leaving, from_day)


@transaction.atomic
def change_politicians(
    *,
    participation: Participation,
    leaving: Sequence[Delegate],
    newcomers: Sequence[Newcomer],
    from_day: date,
    by: User,
) -> Changed:
    """End and add politicians, all or none, and mail the new ones; open matters stay with the function."""
    participation = locked(participation)
    if from_day < timezone.localdate():
        raise ActionRefused("Välj i dag eller en senare dag.", field="from_day")
    seats = [its_seat(participation, delegate) for delegate in leaving]
    left = [seat for seat in seats if not _is_done(seat, from_day)]
    if any(seat.function != Function.POLITICIAN for seat in seats):
        raise ActionRefused("Här byts bara politiker.", field="leaving")
    names = tuple(seat.user.name for seat in left)
    for seat in left:
        pass_on_seat(leaving=seat, successor=None, from_day=from_day)
        end_seat(seat, from_day)
    strategists = strategists_of(participation)
    added = tuple(_seat_newcomers(participation, newcomers, from_day, by))
    changed = Changed(names, added)
    if changed.is_anything:
        audit.record(
            PeopleEvent.POLITICIANS_CHANGED,
            target=participation.organisation,
            by=by,
            organisation=participation.organisation.code,
            what=_trail_text(changed, from_day),
        )
    for delegate in added:
        if isinstance(delegate, Delegate):
            welcome_politician(delegate)
    tell_strategists(participation, by=by, added=added, to=strategists)
    return changed


def _seat_for(to: Delegate | Newcomer, leaving: Delegate, from_day: date, by: User) -> Added:
    if isinstance(to, Delegate):
        colleague = its_seat(leaving.participation, to)
        seat = take_on(colleague=colleague, leaving=leaving, from_day=from_day)
        if seat.pk != colleague.pk:
            pass_on_seat(leaving=colleague, successor=seat, from_day=from_day)
        return seat
    newcomer = Newcomer(to.name, to.email, leaving.function, leaving.deputy)
    return seat_or_ask(
        participation=leaving.participation, newcomer=newcomer, by=by, starts_on=from_day, succeeds=leaving
    )


def _follow(leaving: Delegate, successor: Delegate, from_day: date) -> str:
    """Move open matters to the successor and return the sentence that names them."""
    agreements = pass_on_seat(leaving=leaving, successor=successor, from_day=from_day)
    # Until the successor starts, whoever leaves may still rate; afterwards the strateg can invite the successor.
    begins = from_day <= timezone.localdate()
    rounds = pass_on_invitations(leaving=leaving.user, successor=successor) if begins else 0
    moved = []
    if agreements:
        moved.append("en överenskommelse" if agreements == 1 else f"{in_words(agreements)} överenskommelser")
    if rounds:
        moved.append("inbjudan till enskild skattning")
    return f"{sentence(enumerated(moved))} följer med till dig. {ALL_STAYS}" if moved else ALL_STAYS


def _seat_newcomers(
    participation: Participation, newcomers: Sequence[Newcomer], from_day: date, by: User
) -> list[Added]:
    there = participation.delegates.current_or_coming(from_day).values_list("user__email", flat=True)
    seated = {*there, *asked_in(participation, [newcomer.email for newcomer in newcomers])}
    new = [newcomer for newcomer in newcomers if newcomer.email not in seated]
    if any(newcomer.function != Function.POLITICIAN for newcomer in new):
        raise ActionRefused("Här läggs bara politiker till.", field="people")
    register(new)
    return [seat_or_ask(participation=participation, newcomer=newcomer, by=by, starts_on=from_day) for newcomer in new]


def _is_done(delegate: Delegate, from_day: date) -> bool:
    last = min(from_day, timezone.localdate()) - timedelta(days=1)
    return delegate.ends_on is not None and (
        delegate.ends_on <= last or delegate.ends_on == from_day - timedelta(days=1)
    )


def _trail_text(changed: Changed, from_day: date) -> str:
    parts = [f"från {day(from_day)}"]
    if changed.left:
        parts.append(f"lämnar: {enumerated(changed.left)}")
    if changed.added:
        parts.append(f"nya: {enumerated(name_of(seat) for seat in changed.added)}")
    return ", ".join(parts)
