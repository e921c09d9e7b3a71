"""Actions that choose an omgång's title rule and record the decision on each organisation."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from assessments.enums import TitleRule
from assessments.models import AssessmentPlan, TitleDecision
from assessments.trail import AssessmentEvent
from cohorts.models import Participation
from kit import audit
from kit.days import refuse_to_come
from kit.editing import save

DECISION = ("given", "decided_on", "decided_by", "note")


@transaction.atomic
def change_title_rule(*, plan: AssessmentPlan, rule: TitleRule | str, by: User) -> None:
    """Change the rule from now on; recorded decisions keep the rule they were made by."""
    plan = AssessmentPlan.objects.select_for_update(of=("self",)).select_related("cohort").get(pk=plan.pk)
    before, rule = TitleRule(plan.title_rule), TitleRule(rule)
    if before == rule:
        return
    plan.title_rule = rule
    plan.save(update_fields=["title_rule"])
    audit.record(
        AssessmentEvent.TITLE_RULE_CHANGED,
        target=plan.cohort,
        by=by,
        before=before.label.lower(),
        after=rule.label.lower(),
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
    """Record the decision, or correct it. `seen` is the digest of what the page showed."""
    refuse_to_come(decided_on, timezone.localdate(), field="decided_on")
    Participation.objects.select_for_update(no_key=True).get(pk=participation.pk)
    stored = TitleDecision.objects.filter(participation=participation).first()
    new = {"given": given, "decided_on": decided_on, "decided_by": decided_by, "note": note}
    before = {"corrected": True} if stored else {}
    decision = stored or TitleDecision(participation=participation)
    if save(decision, new, seen=seen, rule=rule, recorded_by=by) is None:
        return decision
    audit.record(
        AssessmentEvent.TITLE_DECIDED,
        target=participation,
        by=by,
        organisation=participation.organisation.code,
        given=given,
        decided_on=decided_on.isoformat(),
        decided_by=decided_by,
        **before,
    )
    return decision
