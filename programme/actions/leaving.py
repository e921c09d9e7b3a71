"""That someone leaves: the seat ends, and whatever they had to do goes on to who takes over, or to the function."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from checklist.actions.alone import pass_on_invitations
from cohorts.actions.handover import refuse_leaving, take_on
from cohorts.actions.people import Newcomer, end_seat, give_seat, its_seat, locked, record, register
from cohorts.enums import Function
from cohorts.inviting import tell_of_hand_over, welcome_politician
from cohorts.models import Delegate, Participation
from meetings.actions.seats import pass_on_seat
from modell import audit
from modell.audit import Kind
from modell.refusals import ActionRefused
from modell.templatetags.swedish import day, enumerated, in_words, sentence

ALL_STAYS = "Allt som organisationen har skrivit finns kvar, och det som hör till funktionen står bland dina uppgifter."


@dataclass(frozen=True)
class Changed:
    """What an election changed; nothing where the same was asked again."""

    left: tuple[str, ...]
    added: tuple[Delegate, ...]

    @property
    def is_anything(self) -> bool:
        return bool(self.left or self.added)


@transaction.atomic
def hand_over(*, delegate: Delegate, to: Delegate | Newcomer | None, from_day: date, by: User) -> Delegate | None:
    """End a seat the day before; `to` is a colleague, someone new, or nobody yet. Asked again it is no change."""
    participation = locked(delegate.participation)
    delegate = its_seat(participation, delegate)
    if _is_done(delegate, from_day):
        return delegate.successors.first()
    refuse_leaving(delegate, from_day, alone=to is None, by=by)
    if to is None:
        record(Kind.DELEGATE_ENDED, delegate, by)
        pass_on_seat(leaving=delegate, successor=None, from_day=from_day)
        end_seat(delegate, from_day)
        return None
    successor = _seat_for(to, delegate, from_day)
    successor.participation = participation
    what = f"{successor.user} tar över från {day(from_day)}"
    record(Kind.DELEGATE_HANDED_OVER, delegate, by, what=what)
    tell_of_hand_over(delegate, successor, _follow(delegate, successor, from_day))
    end_seat(delegate, from_day)
    return successor


@transaction.atomic
def change_politicians(
    *,
    participation: Participation,
    leaving: Sequence[Delegate],
    newcomers: Sequence[Newcomer],
    from_day: date,
    by: User,
) -> Changed:
    """After an election: who leaves and who is new from a day, all or none. What was the leaving ones' stays with
    the politicians."""
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
    added = tuple(_seat_newcomers(participation, newcomers, from_day))
    changed = Changed(names, added)
    if changed.is_anything:
        audit.record(
            Kind.POLITICIANS_CHANGED,
            target=participation.organisation,
            by=by,
            organisation=participation.organisation.code,
            what=_told(changed, from_day),
        )
    for delegate in added:
        welcome_politician(delegate)
    return changed


def _seat_for(to: Delegate | Newcomer, leaving: Delegate, from_day: date) -> Delegate:
    if isinstance(to, Delegate):
        colleague = its_seat(leaving.participation, to)
        seat = take_on(colleague=colleague, leaving=leaving, from_day=from_day)
        if seat.pk != colleague.pk:
            pass_on_seat(leaving=colleague, successor=seat, from_day=from_day)
        return seat
    newcomer = Newcomer(to.name, to.email, leaving.function, leaving.deputy)
    return give_seat(participation=leaving.participation, newcomer=newcomer, starts_on=from_day, succeeds=leaving)


def _follow(leaving: Delegate, successor: Delegate, from_day: date) -> str:
    """Move what is open, and say what was. One whose seat is to come is invited to rate when it has."""
    agreements = pass_on_seat(leaving=leaving, successor=successor, from_day=from_day)
    begins = from_day <= timezone.localdate()
    rounds = pass_on_invitations(leaving=leaving.user, successor=successor) if begins else 0
    told = []
    if agreements:
        told.append("en överenskommelse" if agreements == 1 else f"{in_words(agreements)} överenskommelser")
    if rounds:
        told.append("inbjudan till enskild skattning")
    return f"{sentence(enumerated(told))} följer med till dig. {ALL_STAYS}" if told else ALL_STAYS


def _seat_newcomers(participation: Participation, newcomers: Sequence[Newcomer], from_day: date) -> list[Delegate]:
    there = participation.delegates.current_or_coming(from_day).values_list("user__email", flat=True)
    seated = set(there)
    new = [newcomer for newcomer in newcomers if newcomer.email.lower() not in seated]
    if any(newcomer.function != Function.POLITICIAN for newcomer in new):
        raise ActionRefused("Här läggs bara politiker till.", field="people")
    register(new)
    return [give_seat(participation=participation, newcomer=newcomer, starts_on=from_day) for newcomer in new]


def _is_done(delegate: Delegate, from_day: date) -> bool:
    """It has ended, or ends the day before already."""
    last = min(from_day, timezone.localdate()) - timedelta(days=1)
    return delegate.ends_on is not None and (
        delegate.ends_on <= last or delegate.ends_on == from_day - timedelta(days=1)
    )


def _told(changed: Changed, from_day: date) -> str:
    parts = [f"från {day(from_day)}"]
    if changed.left:
        parts.append(f"lämnar: {enumerated(changed.left)}")
    if changed.added:
        parts.append(f"nya: {enumerated(seat.user.name for seat in changed.added)}")
    return ", ".join(parts)
