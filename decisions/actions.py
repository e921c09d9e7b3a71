"""Actions that record, correct and remove an organisation's political decisions."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from cohorts.locking import locked
from cohorts.models import Participation
from decisions.models import PoliticalDecision
from decisions.trail import DecisionEvent
from kit import audit
from kit.days import refuse_to_come
from kit.editing import change
from kit.refusals import ActionRefused
from kit.templatetags.swedish import day
from policy.labels import NO_LABELS, Labels

DECISION = ("kind", "body", "decided_on", "paragraph", "diary_number", "text", "cemr", "labels")


@transaction.atomic
def record_decision(
    *, participation: Participation, labels: Labels = NO_LABELS, by: User, **fields: Any
) -> PoliticalDecision:
    """Record a decision; return the existing row if the same decision is already recorded."""
    participation = locked(participation)
    _refuse_day(fields["decided_on"])
    decision, new = PoliticalDecision.objects.get_or_create(participation=participation, **fields)
    if new:
        decision.labels = labels
        decision.save(update_fields=["labels"])
        _record(DecisionEvent.DECISION_RECORDED, decision, by)
    return decision


@transaction.atomic
def correct_decision(
    *, decision: PoliticalDecision, seen: str | None = None, by: User, **fields: Any
) -> PoliticalDecision:
    participation = locked(decision.participation)
    decision = participation.decisions.get(pk=decision.pk)
    changes = change(decision, fields, seen=seen)
    if changes is None:
        return decision
    _refuse_day(fields["decided_on"])
    decision.save(update_fields=changes.names)
    _record(DecisionEvent.DECISION_CORRECTED, decision, by)
    return decision


@transaction.atomic
def remove_decision(*, decision: PoliticalDecision, by: User) -> None:
    participation = locked(decision.participation)
    row = participation.decisions.filter(pk=decision.pk).first()
    if row is not None:  # a second click writes no second row in the trail
        _record(DecisionEvent.DECISION_REMOVED, row, by)
        row.delete()


def _refuse_day(decided_on: date) -> None:
    today = timezone.localdate()
    refuse_to_come(decided_on, today, field="decided_on")
    if decided_on < today - timedelta(days=365 * 40):
        raise ActionRefused("Kontrollera året.", field="decided_on")


def _record(kind: DecisionEvent, decision: PoliticalDecision, by: User) -> None:
    paragraph = f", § {decision.paragraph}" if decision.paragraph else ""
    audit.record(
        kind,
        target=decision.get_kind_display(),
        by=by,
        organisation=decision.participation.organisation.code,
        what=f"{decision.body} {day(decision.decided_on)}{paragraph}",
    )
