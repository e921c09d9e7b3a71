"""Of an organisation that a meeting is for (`meetings.whom`), the people whose turn it is."""

from collections.abc import Iterable
from dataclasses import dataclass

from cohorts.enums import Function, Status
from cohorts.models import Delegate, Participation

WORKERS = (Function.STRATEGIST, Function.CONTRIBUTOR)


@dataclass(frozen=True)
class InTurn:
    """One who is asked; `instead_of` is whom a deputy stands in for, empty where the function has nobody else."""

    delegate: Delegate
    instead_of: str = ""


def takes_part(participation: Participation) -> bool:
    """One that has left is asked for nothing, whatever day it left."""
    return participation.status != Status.WITHDRAWN


def in_turn(delegates: Iterable[Delegate], functions: Iterable[str], declined: frozenset[int]) -> list[InTurn]:
    """Those asked, by function: the ordinary ones; a deputy where one of them cannot come, or there is none."""
    people, found = list(delegates), []
    for function in functions:
        holders = [one for one in people if one.function == function]
        ordinary = [one for one in holders if not one.deputy]
        away = [one.user.name for one in ordinary if one.pk in declined]
        found += [InTurn(one) for one in ordinary]
        if away or not ordinary:
            found += [InTurn(one, ", ".join(away)) for one in holders if one.deputy]
    return found


def responsible(delegates: Iterable[Delegate], *functions: str) -> list[Delegate]:
    """Those who answer for a matter of the organisation; deputies where the function has nobody else."""
    return [one.delegate for one in in_turn(delegates, functions, frozenset())]
