"""Actions that store the weights and rules which the process leader sets before groups are proposed."""

from collections.abc import Mapping

from django.db import transaction

from accounts.models import User
from cohorts.models import Cohort, Participation
from cohorts.trail import CohortEvent
from grouping.enums import RuleKind
from grouping.measuring import REASONS
from grouping.membership import taking_part
from grouping.models import GroupingRule, GroupingWeights
from kit import audit
from kit.refusals import ActionRefused


@transaction.atomic
def save_weights(*, cohort: Cohort, weights: Mapping[str, int], by: User, most_km: int | None = None) -> None:
    _lock_cohort(cohort)
    new: dict[str, int | None] = {**{key: weights[key] for key in REASONS}, "most_km": most_km}
    saved, is_new = GroupingWeights.objects.get_or_create(cohort=cohort)
    if not is_new and all(getattr(saved, key) == new[key] for key in new):
        return
    for key, value in new.items():
        setattr(saved, key, value)
    saved.save()
    audit.record(CohortEvent.COHORT_CHANGED, target=cohort, by=by, what="vikterna för grupperna")


@transaction.atomic
def add_rule(
    *, cohort: Cohort, kind: str, participation: Participation, by: User, other: Participation | None = None
) -> GroupingRule:
    """Store a rule; a new rule about the same two organisations replaces their old one."""
    _lock_cohort(cohort)
    rows = {row.pk: row for row in taking_part(cohort).select_related("organisation")}
    if participation.pk not in rows or (other and other.pk not in rows):
        raise ActionRefused("Välj organisationer som deltar i omgången.", field="participation")
    first, second = (rows[participation.pk], None) if kind == RuleKind.STAY else _pair(rows[participation.pk], other)
    if kind == RuleKind.STAY and first.group_id is None:
        raise ActionRefused(f"{first} är inte med i någon grupp än.", field="participation")
    rule = GroupingRule.objects.filter(cohort=cohort, participation=first, other=second).first()
    if rule and rule.kind == kind:
        return rule
    rule = rule or GroupingRule(cohort=cohort, participation=first, other=second)
    rule.kind = kind
    rule.save()
    audit.record(CohortEvent.COHORT_CHANGED, target=cohort, by=by, what=f"regel för grupperna: {rule}")
    return rule


@transaction.atomic
def remove_rule(*, cohort: Cohort, pk: int, by: User) -> None:
    _lock_cohort(cohort)
    rule = (
        GroupingRule.objects.select_related("participation__organisation", "other__organisation")
        .filter(cohort=cohort, pk=pk)
        .first()
    )
    if rule is None:  # a second click
        return
    words = str(rule)
    rule.delete()
    audit.record(CohortEvent.COHORT_CHANGED, target=cohort, by=by, what=f"tog bort en regel för grupperna: {words}")


def _pair(organisation: Participation, other: Participation | None) -> tuple[Participation, Participation]:
    if other is None:
        raise ActionRefused("Välj också den andra organisationen.", field="other")
    if organisation.pk == other.pk:
        raise ActionRefused("Välj två olika organisationer.", field="other")
    return (organisation, other) if organisation.pk < other.pk else (other, organisation)


def _lock_cohort(cohort: Cohort) -> None:
    Cohort.objects.select_for_update(of=("self",)).get(pk=cohort.pk)
