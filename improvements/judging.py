"""Every write to an organisation's answers about expected results, and to its own goals.

A form posts what an answer rests on as keys of the organisation's own rows; `seen` is the digest of all that its page
showed (kit/editing.py).
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from accounts.models import User
from cohorts.locking import locked
from cohorts.models import Participation
from improvements.enums import GoalOrigin
from improvements.kickoff import kickoff_of
from improvements.models import OwnGoal, ResultAnswer
from improvements.querysets import EVIDENCE
from improvements.trail import ImprovementEvent
from kit import audit
from kit.editing import Changes, change, compare, refuse_broken_rule, refuse_stale
from kit.refusals import ActionRefused
from kit.staleness import Stale, content_of

JUDGEMENT = ("judgement", "text")
MOST_GOALS = 20
GONE = "Målet är borttaget. Gå tillbaka till era mål."
CHANGED = "Någon har ändrat målet sedan du öppnade sidan. Läs det igen innan du tar bort det."
NOT_YOURS = "Välj bland era egna insatser, nyckeltal och beslut."

Row = TypeVar("Row", ResultAnswer, OwnGoal)


def judged_content(row: ResultAnswer | OwnGoal) -> dict[str, Any]:
    """Return all that the form of a judgement holds: its columns, and the keys of what shows it."""
    lists = {name: tuple(getattr(row, name).order_by("pk").values_list("pk", flat=True)) for name in EVIDENCE}
    return {**content_of(row, *JUDGEMENT), **lists}


def goal_content(goal: OwnGoal) -> dict[str, Any]:
    """Return all that is lost with a goal."""
    return {"goal": goal.goal, **judged_content(goal)}


def evidence_of(participation: Participation) -> dict[str, QuerySet[Any]]:
    """Return what the organisation has entered that can show how far it has come."""
    return {name: getattr(participation, name).all() for name in EVIDENCE}


@transaction.atomic
def save_result_answer(*, answer: ResultAnswer, seen: str, by: User, **content: Any) -> ResultAnswer:
    """Save what an organisation says about an expected result; a second first answer is compared with the first."""
    participation = locked(answer.participation)
    row = participation.result_answers.filter(result=answer.result).first() or answer
    if _judge(row, participation, content, seen):
        _record(ImprovementEvent.RESULT_ANSWERED, row, participation, by)
    return row


@transaction.atomic
def judge_goal(*, goal: OwnGoal, seen: str, by: User, **content: Any) -> OwnGoal:
    participation = locked(goal.participation)
    row = _there(goal, participation)
    if _judge(row, participation, content, seen):
        _record(ImprovementEvent.OWN_GOAL_JUDGED, row, participation, by)
    return row


def _judge(row: Row, participation: Participation, content: dict[str, Any], seen: str) -> bool:
    """Return True if anything was stored, in the row or in its lists."""
    changes = compare(judged_content(row), content, seen=seen) if row.pk else Changes({}, content)
    if changes is None:
        return False
    lists = {name: changes.after[name] for name in EVIDENCE if name in changes.after}
    _refuse_others_rows(participation, lists)
    for name in JUDGEMENT:
        if name in changes.after:
            setattr(row, name, changes.after[name])
    refuse_broken_rule(row, field="judgement")
    row.save()
    for name, keys in lists.items():
        getattr(row, name).set(keys)
    return True


def _refuse_others_rows(participation: Participation, lists: dict[str, Any]) -> None:
    own = evidence_of(participation)
    for name, keys in lists.items():
        if own[name].filter(pk__in=keys).count() != len(set(keys)):
            raise ActionRefused(NOT_YOURS, field=name)


@transaction.atomic
def save_goal(*, participation: Participation, row: OwnGoal | None, goal: str, seen: str, by: User) -> OwnGoal:
    """Save the words of a goal, or a new one; the same words again are the same goal."""
    participation = locked(participation)
    if row is None:
        same = participation.own_goals.filter(goal=goal).first()
        return same or _add(participation, goal, _origin_today(participation), timezone.localdate(), by)
    row = _there(row, participation)
    if change(row, {"goal": goal}, seen=seen):
        refuse_broken_rule(row, field="goal")
        row.save(update_fields=["goal"])
        _record(ImprovementEvent.OWN_GOAL_SAVED, row, participation, by)
    return row


def _add(participation: Participation, text: str, origin: GoalOrigin, on: date, by: User) -> OwnGoal:
    if participation.own_goals.count() >= MOST_GOALS:
        raise ActionRefused(f"Ni kan ha högst {MOST_GOALS} egna mål. Ta bort eller skriv ihop några.", field="goal")
    last = participation.own_goals.aggregate(last=Max("position"))["last"] or 0
    row = OwnGoal.objects.create(participation=participation, goal=text, origin=origin, set_on=on, position=last + 1)
    _record(ImprovementEvent.OWN_GOAL_SAVED, row, participation, by)
    return row


def _origin_today(participation: Participation) -> GoalOrigin:
    kickoff = kickoff_of(participation)
    is_before = kickoff is not None and timezone.localdate() <= kickoff.ends_on
    return GoalOrigin.AT_START if is_before else GoalOrigin.LATER


@transaction.atomic
def take_in_goals(*, participation: Participation, goals: Iterable[str], on: date, by: User) -> None:
    """Make the goals of an interest form the organisation's own; one that is there already is left as it is."""
    participation = locked(participation)
    there = set(participation.own_goals.values_list("goal", flat=True))
    for text in dict.fromkeys(goals):
        if text not in there:
            _add(participation, text, GoalOrigin.INTEREST, on, by)


@transaction.atomic
def move_goal(*, goal: OwnGoal, up: bool, seen: int, by: User) -> None:
    """Move a goal one step; `seen` is the position that the page showed, so that a second click moves nothing."""
    participation = locked(goal.participation)
    goals = list(participation.own_goals.all())
    place = next((at for at, row in enumerate(goals) if row.pk == goal.pk and row.position == seen), -1)
    to = place + (-1 if up else 1)
    if place < 0 or to not in range(len(goals)):
        return
    goals.insert(to, goals.pop(place))
    for position, row in enumerate(goals, start=1):
        row.position = position
    OwnGoal.objects.bulk_update(goals, ["position"])
    _record(ImprovementEvent.OWN_GOAL_SAVED, goals[to], participation, by)


@transaction.atomic
def remove_goal(*, goal: OwnGoal, seen: str = "", by: User) -> None:
    """Remove a goal with its judgement if it is as the page showed it; do nothing if it is gone."""
    participation = locked(goal.participation)
    row = participation.own_goals.filter(pk=goal.pk).first()
    if row is None:
        return
    try:
        refuse_stale(goal_content(row), seen=seen or None)
    except Stale as stale:
        raise ActionRefused(CHANGED) from stale
    _record(ImprovementEvent.OWN_GOAL_REMOVED, row, participation, by)
    row.delete()


def _there(goal: OwnGoal, participation: Participation) -> OwnGoal:
    row = participation.own_goals.filter(pk=goal.pk).first()
    if row is None:
        raise ActionRefused(GONE)
    return row


def _record(kind: ImprovementEvent, row: Row, participation: Participation, by: User) -> None:
    # The texts stay out of the trail: the row and the omgång are enough.
    code, cohort = participation.organisation.code, str(participation.cohort)
    audit.record(kind, target=row, by=by, organisation=code, cohort=cohort)
