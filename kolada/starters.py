"""The key figures that SKR proposes to begin with: read by goal, and changed by the process leader."""

from dataclasses import dataclass

from django.db import transaction

from accounts.models import User
from kit import audit
from kit.refusals import ActionRefused
from kolada.models import KeyFigure, StarterFigure
from kolada.search import WITHOUT, WITHOUT_GOAL, goal_choices
from kolada.trail import KoladaEvent
from policy.models import NationalGoal

UNKNOWN = "Det finns inget könsuppdelat nyckeltal med det id:t. Sök fram det i katalogen."
WITHDRAWN = "Kolada har tagit bort nyckeltalet, så det går inte att börja med."
ALREADY = "Nyckeltalet finns redan där."


@dataclass(frozen=True)
class StarterGroup:
    """The key figures proposed under a goal, in order; the last group is under none."""

    label: str
    rows: tuple[StarterFigure, ...]


def starter_groups() -> list[StarterGroup]:
    rows = list(StarterFigure.objects.select_related("goal", "key_figure"))
    groups = []
    for choice in goal_choices():
        under = [row for row in rows if str(row.goal.number if row.goal else WITHOUT_GOAL) == choice.value]
        groups.append(StarterGroup(choice.label, tuple(under)))
    return groups


def starter_with(pk: int) -> StarterFigure | None:
    return StarterFigure.objects.select_related("goal", "key_figure").filter(pk=pk).first()


def goal_of(value: str) -> NationalGoal | None:
    return None if value == WITHOUT_GOAL else NationalGoal.objects.get(number=int(value))


@transaction.atomic
def add_starter(*, code: str, goal: NationalGoal | None, by: User) -> StarterFigure:
    """Propose a key figure, as the last under the goal."""
    figure = KeyFigure.objects.select_for_update(no_key=True).filter(code=code.upper(), divided=True).first()
    if figure is None:
        raise ActionRefused(UNKNOWN, field="code")
    if figure.withdrawn_on:
        raise ActionRefused(WITHDRAWN, field="code")
    there = _under(goal)
    if any(row.key_figure_id == figure.pk for row in there):
        raise ActionRefused(ALREADY, field="code")
    position = max((row.position for row in there), default=0) + 1
    starter = StarterFigure.objects.create(goal=goal, key_figure=figure, position=position)
    _record(KoladaEvent.STARTER_ADDED, starter, by)
    return starter


@transaction.atomic
def move_starter(*, starter: StarterFigure, up: bool, seen: int, by: User) -> None:
    """Move a key figure one step; nothing happens if it has moved since the page was drawn."""
    rows = _under(starter.goal)
    place = next((place for place, row in enumerate(rows) if row.pk == starter.pk), None)
    if place is None or rows[place].position != seen:
        return
    other = place - 1 if up else place + 1
    if not 0 <= other < len(rows):
        return
    rows[place], rows[other] = rows[other], rows[place]
    for position, row in enumerate(rows, 1):
        row.position = position
    StarterFigure.objects.bulk_update(rows, ["position"])
    _record(KoladaEvent.STARTER_MOVED, starter, by)


@transaction.atomic
def remove_starter(*, starter: StarterFigure, by: User) -> None:
    row = StarterFigure.objects.select_for_update(of=("self",)).filter(pk=starter.pk).first()
    if row is not None:  # a second click writes no second row in the trail
        _record(KoladaEvent.STARTER_REMOVED, row, by)
        row.delete()


def _under(goal: NationalGoal | None) -> list[StarterFigure]:
    return list(StarterFigure.objects.select_for_update(of=("self",)).filter(goal=goal))


def _record(kind: KoladaEvent, starter: StarterFigure, by: User) -> None:
    where = f"Delmål {starter.goal.number}" if starter.goal else WITHOUT
    audit.record(kind, target=starter.key_figure.code, by=by, what=f"{starter.key_figure.title}. {where}"[:300])
