"""Actions that change an omgång's facts on its set-up page."""

from typing import Any

from django.db import transaction

from accounts.models import User
from assessments.models import Assessment, AssessmentPlan
from cohorts.kinds import takes
from cohorts.models import Cohort
from cohorts.trail import CohortEvent
from kit import audit
from kit.days import refuse_backwards
from kit.editing import compare, save
from kit.refusals import ActionRefused
from kit.staleness import content_of
from kit.templatetags.swedish import enumerated
from meetings.actions.holding import hold_days
from planning.setup.plan import outside

OF_COHORT = (
    "name",
    "kind",
    "starts_on",
    "ends_on",
    "mentor_model",
    "mentor_hours",
    "group_min",
    "group_max",
)
OF_PLAN = ("checklist", "half_steps")
INTEREST = ("interest_opens_on", "interest_closes_on", "board_meets_on", "fee")


def stored_facts(cohort: Cohort) -> dict[str, Any]:
    return {**content_of(cohort, *OF_COHORT), **content_of(cohort.plan, *OF_PLAN)}


def is_rated(cohort: Cohort) -> bool:
    """True if a self-assessment exists, so that the checklist and its scale may no longer change."""
    return Assessment.objects.filter(participation__cohort=cohort).exists()


@transaction.atomic
def edit_facts(*, cohort: Cohort, seen: str, by: User, **facts: Any) -> Cohort:
    """Change the facts; refuse days that leave a meeting outside, and a new checklist once something is rated."""
    cohort = hold_days(cohort)
    plan = AssessmentPlan.objects.select_for_update(of=("self",)).select_related("checklist").get(cohort=cohort)
    stored = {**content_of(cohort, *OF_COHORT), **content_of(plan, *OF_PLAN)}
    changes = compare(stored, facts, seen=seen)
    if changes is None:
        return cohort
    _refuse_days(cohort, facts)
    _refuse_kind(cohort, facts["kind"])
    _refuse_scale(cohort, {**stored, **facts}, stored)
    for name, value in changes.after.items():
        setattr(plan if name in OF_PLAN else cohort, name, value)
    cohort.save()
    plan.save()
    both = {"before": stored["name"], "after": facts["name"]} if changes.touch(["name"]) else {}
    audit.record(CohortEvent.COHORT_CHANGED, target=cohort, by=by, what="uppgifterna om omgången", **both)
    return cohort


def _refuse_days(cohort: Cohort, facts: dict[str, Any]) -> None:
    # A meeting outside the omgång's days would be lost in its package.
    refuse_backwards(facts["starts_on"], facts["ends_on"], field="ends_on")
    meetings = [(meeting.name, meeting) for meeting in cohort.meetings.order_by("starts_on")]
    if sentence := outside(meetings, None, facts["ends_on"]):
        raise ActionRefused(sentence, field="ends_on")
    if sentence := outside(meetings, facts["starts_on"], facts["ends_on"]):
        raise ActionRefused(sentence, field="starts_on")


def _refuse_kind(cohort: Cohort, kind: str) -> None:
    rows = cohort.participations.with_organisation()
    misfits = [row.organisation.name for row in rows if not takes(kind, row.code, row.role)]
    if misfits:
        raise ActionRefused(f"{enumerated(misfits)} deltar, och är ett annat slag.", field="kind")


def _refuse_scale(cohort: Cohort, new: dict[str, Any], stored: dict[str, Any]) -> None:
    if new["half_steps"] and not new["checklist"].half_steps:
        raise ActionRefused("Checklistan tillåter inte halva steg.", field="half_steps")
    if any(new[name] != stored[name] for name in OF_PLAN) and is_rated(cohort):
        raise ActionRefused("Självskattningen är påbörjad. Checklistan och dess skala ändras inte längre.")


@transaction.atomic
def edit_interest(*, cohort: Cohort, seen: str, by: User, **facts: Any) -> Cohort:
    cohort = hold_days(cohort)
    if save(cohort, facts, seen=seen):
        audit.record(CohortEvent.COHORT_CHANGED, target=cohort, by=by, what="intresseanmälan och avgift")
    return cohort
