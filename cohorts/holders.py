"""The people of an organisation who are asked: the ordinary holders of a function, else its deputies."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cohorts.duty import Matter, Task, key_of
from cohorts.enums import Function, Status
from cohorts.models import Delegate, Participation

WORKERS = (Function.STRATEGIST, Function.CONTRIBUTOR)


@dataclass(frozen=True)
class InTurn:
    """A person who is asked; `instead_of` names whom a deputy replaces, empty if the function has nobody else."""

    delegate: Delegate
    instead_of: str = ""


def in_turn(delegates: Iterable[Delegate], functions: Iterable[str], declined: frozenset[int]) -> list[InTurn]:
    """Return the ordinary holders by function, and the deputies if one of them has declined or there is none."""
    people, asked = list(delegates), []
    for function in functions:
        holders = [delegate for delegate in people if delegate.function == function]
        ordinary = [delegate for delegate in holders if not delegate.deputy]
        away = [delegate.user.name for delegate in ordinary if delegate.pk in declined]
        asked += [InTurn(delegate) for delegate in ordinary]
        if away or not ordinary:
            asked += [InTurn(delegate, ", ".join(away)) for delegate in holders if delegate.deputy]
    return asked


def responsible(delegates: Iterable[Delegate], *functions: str) -> list[Delegate]:
    """Return the holders of the functions; deputies only where a function has nobody else."""
    return [turn.delegate for turn in in_turn(delegates, functions, frozenset())]


def takes_part(participation: Participation) -> bool:
    # An organisation that has left is asked for nothing, not even when its last day is to come.
    return participation.status != Status.WITHDRAWN


def seat_in_words(delegate: Delegate, participation: Participation) -> str:
    deputy = "ersättare som " if delegate.deputy else ""
    return f"{deputy}{Function(delegate.function).label.lower()} i {participation.organisation.name}"


@dataclass(frozen=True)
class Holder:
    """A person in one function for one organisation; each source of tasks is asked about one.

    `colleagues` are all who have a function for the organisation today, including the person.
    """

    today: date
    participation: Participation
    delegate: Delegate
    colleagues: tuple[Delegate, ...]

    @property
    def place(self) -> tuple[str, str]:
        return self.participation.cohort.slug, self.participation.code

    @property
    def whose(self) -> str:
        return seat_in_words(self.delegate, self.participation)

    def answers_for(self, *functions: str) -> bool:
        return self.delegate in responsible(self.colleagues, *functions)

    def task(self, matter: Matter, about: object, title: str, why: str, url: str, **more: object) -> Task:
        return Task(
            key=key_of(matter, self.participation.pk, about),
            matter=matter,
            title=title,
            why=why,
            url=url,
            organisation=self.participation.organisation.name,
            function=self.delegate.function,
            **more,  # type: ignore[arg-type]
        )


def answers_queries(holder: Holder) -> bool:
    """True if the person answers what SKR asks about the work."""
    return holder.delegate.function in WORKERS


def answers_requests(holder: Holder) -> bool:
    """True if the person says yes or no for the organisation: to a reopening, or to be named by another."""
    return holder.answers_for(Function.STRATEGIST)


def holders_of(participation: Participation, today: date) -> list[Holder]:
    """Return those who have a function for the organisation today; none if it has left."""
    if not takes_part(participation):
        return []
    colleagues = tuple(participation.delegates.current(today).select_related("user"))
    return [Holder(today, participation, delegate, colleagues) for delegate in colleagues]
