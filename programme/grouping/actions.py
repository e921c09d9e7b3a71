"""What the process leader decides before groups are proposed: how much each reason counts, and rules to keep."""

from collections.abc import Mapping

from django.db import transaction

from accounts.models import User
from cohorts.grouping import taking_part
from cohorts.models import Cohort, Participation
from modell import audit
from modell.audit import Kind
from modell.refusals import ActionRefused
from programme.enums import RuleKind
from programme.grouping.measuring import REASONS
from programme.models import GroupingRule, GroupingWeights


@transaction.atomic
def save_weights(*, cohort: Cohort, weights: Mapping[str, int], by: User) -> None:
    _held(cohort)
    saved, is_new = GroupingWeights.objects.get_or_create(cohort=cohort)
    if not is_new and all(getattr(saved, key) == weights[key] for key in REASONS):
        return
    for key in REASONS:
        setattr(saved, key, weights[key])
    saved.save()
    audit.record(Kind.COHORT_CHANGED, target=cohort, by=by, what="vikterna för grupperna")


@transaction.atomic
def add_rule(
    *, cohort: Cohort, kind: str, one: Participation, by: User, other: Participation | None = None
) -> GroupingRule:
    """One rule for each pair: another about the same two takes the first one's place."""
    _held(cohort)
    rows = {row.pk: row for row in taking_part(cohort).select_related("organisation")}
    if one.pk not in rows or (other and other.pk not in rows):
        raise ActionRefused("Välj organisationer som deltar i omgången.", field="one")
    first, second = (rows[one.pk], None) if kind == RuleKind.STAY else _pair(rows[one.pk], other)
    if kind == RuleKind.STAY and first.group_id is None:
        raise ActionRefused(f"{first} är inte med i någon grupp än.", field="one")
    rule = GroupingRule.objects.filter(cohort=cohort, one=first, other=second).first()
    if rule and rule.kind == kind:
        return rule
    rule = rule or GroupingRule(cohort=cohort, one=first, other=second)
    rule.kind = kind
    rule.save()
    audit.record(Kind.COHORT_CHANGED, target=cohort, by=by, what=f"regel för grupperna: {rule}")
    return rule


@transaction.atomic
def remove_rule(*, cohort: Cohort, pk: int, by: User) -> None:
    """Removed twice is removed once."""
    _held(cohort)
    rule = (
        GroupingRule.objects.select_related("one__organisation", "other__organisation")
        .filter(cohort=cohort, pk=pk)
        .first()
    )
    if rule is None:
        return
    told = str(rule)
    rule.delete()
    audit.record(Kind.COHORT_CHANGED, target=cohort, by=by, what=f"tog bort en regel för grupperna: {told}")


def _pair(one: Participation, other: Participation | None) -> tuple[Participation, Participation]:
    if other is None:
        raise ActionRefused("Välj också den andra organisationen.", field="other")
    if one.pk == other.pk:
        raise ActionRefused("Välj två olika organisationer.", field="other")
    return (one, other) if one.pk < other.pk else (other, one)


def _held(cohort: Cohort) -> None:
    Cohort.objects.select_for_update(of=("self",)).get(pk=cohort.pk)
