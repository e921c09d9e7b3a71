"""Every write to an organisation's political decisions: recorded as its minutes tell them, corrected, taken away."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from cohorts.actions.people import locked
from cohorts.models import Participation, PoliticalDecision
from modell import audit
from modell.audit import Kind
from modell.refusals import ActionRefused
from modell.staleness import Stale, content_of, digest
from modell.templatetags.swedish import day

DECISION = ("kind", "body", "decided_on", "paragraph", "diary_number", "text", "cemr")


@transaction.atomic
def record_decision(*, participation: Participation, by: User, **fields: Any) -> PoliticalDecision:
    """The same decision again, by a second click or another person, is no change."""
    participation = locked(participation)
    _refuse_day(fields["decided_on"])
    decision, new = PoliticalDecision.objects.get_or_create(participation=participation, **fields)
    if new:
        _record(Kind.DECISION_RECORDED, decision, by)
    return decision


@transaction.atomic
def correct_decision(
    *, decision: PoliticalDecision, seen: str | None = None, by: User, **fields: Any
) -> PoliticalDecision:
    participation = locked(decision.participation)
    decision = participation.decisions.get(pk=decision.pk)
    before = content_of(decision, *DECISION)
    if fields == before:
        return decision
    if seen is not None and seen != digest(before):
        raise Stale(before)
    _refuse_day(fields["decided_on"])
    for name in DECISION:
        setattr(decision, name, fields[name])
    decision.save(update_fields=DECISION)
    _record(Kind.DECISION_CORRECTED, decision, by)
    return decision


@transaction.atomic
def remove_decision(*, decision: PoliticalDecision, by: User) -> None:
    """One that was recorded by mistake; taken away twice it is told once."""
    participation = locked(decision.participation)
    found = participation.decisions.filter(pk=decision.pk).first()
    if found is not None:
        _record(Kind.DECISION_REMOVED, found, by)
        found.delete()


def _refuse_day(decided_on: date) -> None:
    if decided_on > timezone.localdate():
        raise ActionRefused("Beslutet kan inte vara fattat en dag som inte har varit.", field="decided_on")
    if decided_on < timezone.localdate() - timedelta(days=365 * 40):
        raise ActionRefused("Kontrollera året.", field="decided_on")


def _record(kind: Kind, decision: PoliticalDecision, by: User) -> None:
    paragraph = f", § {decision.paragraph}" if decision.paragraph else ""
    audit.record(
        kind,
        target=decision.get_kind_display(),
        by=by,
        organisation=decision.participation.organisation.code,
        what=f"{decision.body} {day(decision.decided_on)}{paragraph}",
    )
