"""Which rule gives the title in an omgång, and the recorded decision on each organisation."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from checklist.enums import TitleRule
from checklist.models import AssessmentPlan, TitleDecision
from cohorts.models import Participation
from modell import audit
from modell.audit import Kind
from modell.refusals import ActionRefused
from modell.staleness import Stale, content_of, digest

DECISION = ("given", "decided_on", "decided_by", "note")


@transaction.atomic
def change_title_rule(*, plan: AssessmentPlan, rule: TitleRule | str, by: User) -> None:
    """From now on; decisions that are recorded already keep the rule they were made by."""
    plan = AssessmentPlan.objects.select_for_update(of=("self",)).select_related("cohort").get(pk=plan.pk)
    before, rule = TitleRule(plan.title_rule), TitleRule(rule)
    if before == rule:
        return
    plan.title_rule = rule
    plan.save(update_fields=["title_rule"])
    audit.record(
        Kind.TITLE_RULE_CHANGED, target=plan.cohort, by=by, before=before.label.lower(), after=rule.label.lower()
    )


@transaction.atomic
def decide_title(
    *,
    participation: Participation,
    rule: TitleRule | str,
    given: bool,
    decided_on: date,
    decided_by: str,
    note: str,
    seen: str,
    by: User,
) -> TitleDecision:
    """Record what was decided, by whom and when, or correct it. `seen` is the digest of what the page showed."""
    if decided_on > timezone.localdate():
        raise ActionRefused("Beslutet kan inte vara fattat en dag som inte har kommit än.", field="decided_on")
    Participation.objects.select_for_update(no_key=True).get(pk=participation.pk)
    stored = TitleDecision.objects.filter(participation=participation).first()
    new = {"given": given, "decided_on": decided_on, "decided_by": decided_by, "note": note}
    if stored and content_of(stored, *DECISION) == new:
        return stored
    if seen != (digest(content_of(stored, *DECISION)) if stored else ""):
        raise Stale(content_of(stored, *DECISION) if stored else new)
    before = {"corrected": True} if stored else {}
    decision = stored or TitleDecision(participation=participation)
    decision.rule, decision.recorded_by = rule, by
    for name, value in new.items():
        setattr(decision, name, value)
    decision.save()
    audit.record(
        Kind.TITLE_DECIDED,
        target=participation,
        by=by,
        organisation=participation.organisation.code,
        given=given,
        decided_on=decided_on.isoformat(),
        decided_by=decided_by,
        **before,
    )
    return decision
