"""Actions that write an organisation's advice to SKR, and SKR's answers to it."""

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from cohorts.locking import locked
from cohorts.models import Cohort
from evaluation.actions.rows import is_removed, locked_row
from evaluation.enums import AdviceTag
from evaluation.models import Advice, AdviceAnswer
from evaluation.trail import EvaluationEvent
from kit import audit
from kit.editing import save

ADVICE = ("tag", "text")
ANSWER = ("text", "changes")


@transaction.atomic
def save_advice(*, advice: Advice, tag: AdviceTag, text: str, by: User, seen: str | None = None) -> Advice:
    participation = locked(advice.participation)
    row = locked_row(advice)
    if row._state.adding:
        last = participation.advice.aggregate(last=Max("position"))["last"]
        row.position = 0 if last is None else last + 1
    if save(row, {"tag": tag, "text": text}, seen=seen):
        code = participation.organisation.code
        audit.record(EvaluationEvent.ADVICE_SAVED, target=AdviceTag(tag).label, by=by, organisation=code)
    return row


@transaction.atomic
def remove_advice(*, advice: Advice, by: User) -> None:
    if is_removed(advice):
        code = advice.participation.organisation.code
        audit.record(EvaluationEvent.ADVICE_REMOVED, target=AdviceTag(advice.tag).label, by=by, organisation=code)


@transaction.atomic
def answer_advice(
    *, cohort: Cohort, tag: AdviceTag, text: str, changes: bool, by: User, seen: str | None = None
) -> AdviceAnswer:
    Cohort.objects.select_for_update(of=("self",), no_key=True).get(pk=cohort.pk)
    row = AdviceAnswer.objects.filter(cohort=cohort, tag=tag).first() or AdviceAnswer(cohort=cohort, tag=tag)
    if save(row, {"text": text, "changes": changes}, seen=seen):
        audit.record(EvaluationEvent.ADVICE_ANSWERED, target=row, by=by)
    return row
