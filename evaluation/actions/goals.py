"""Actions that write the goals to judge, and how SKR and the evaluator judge each."""

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from cohorts.models import Cohort
from evaluation.actions.rows import is_removed, locked_row
from evaluation.enums import Attained
from evaluation.models import GoalJudgement, ProgrammeGoal
from evaluation.trail import EvaluationEvent
from kit import audit
from kit.editing import refuse_broken_rule, save

JUDGEMENT = ("assessment", "basis")


@transaction.atomic
def save_goal(*, goal: ProgrammeGoal, text: str, by: User, seen: str | None = None) -> ProgrammeGoal:
    Cohort.objects.select_for_update(of=("self",), no_key=True).get(pk=goal.cohort_id)
    row = locked_row(goal)
    if row._state.adding:
        last = goal.cohort.programme_goals.aggregate(last=Max("position"))["last"]
        row.position = 0 if last is None else last + 1
    twin = ProgrammeGoal(pk=row.pk, cohort=goal.cohort, text=text, position=row.position)
    refuse_broken_rule(twin, field="text")
    if save(row, {"text": text}, seen=seen):
        audit.record(EvaluationEvent.GOAL_SAVED, target=row.cohort, by=by)
    return row


@transaction.atomic
def remove_goal(*, goal: ProgrammeGoal, by: User) -> None:
    if is_removed(goal):
        audit.record(EvaluationEvent.GOAL_REMOVED, target=goal.cohort, by=by)


@transaction.atomic
def judge_goal(
    *, judgement: GoalJudgement, assessment: Attained, basis: str, by: User, seen: str | None = None
) -> GoalJudgement:
    """Judge a goal, in the column of the judgement's `judged_by`."""
    Cohort.objects.select_for_update(of=("self",), no_key=True).get(pk=judgement.cohort_id)
    same = GoalJudgement.objects.filter(
        result=judgement.result, goal=judgement.goal, judged_by=judgement.judged_by
    ).first()
    row = same or judgement
    if save(row, {"assessment": assessment, "basis": basis}, seen=seen, written_by=by):
        audit.record(EvaluationEvent.GOAL_JUDGED, target=row.cohort, by=by, judged_by=str(row.judged_by))
    return row
