"""What an omgång is, changed on its set-up page: never its days' order, its people or what they have written."""

from typing import Any

from django.db import transaction

from accounts.models import User
from checklist.models import Assessment, AssessmentPlan
from cohorts.models import Cohort
from modell import audit
from modell.audit import Kind
from modell.refusals import ActionRefused
from modell.staleness import Stale, content_of, digest
from modell.templatetags.swedish import day
from programme.actions.dates import hold

OF_COHORT = (
    "name",
    "kind",
    "starts_on",
    "ends_on",
    "contact",
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
    """Then the checklist and its scale stand: every value rests on them."""
    return Assessment.objects.filter(participation__cohort=cohort).exists()


@transaction.atomic
def edit_facts(*, cohort: Cohort, seen: str, by: User, **facts: Any) -> Cohort:
    """Name, days, contact, mentorship, groups and, while nothing is rated, the checklist."""
    cohort = hold(cohort)
    plan = AssessmentPlan.objects.select_for_update(of=("self",)).select_related("checklist").get(cohort=cohort)
    stored = {**content_of(cohort, *OF_COHORT), **content_of(plan, *OF_PLAN)}
    drawn = {name: stored[name] for name in facts}
    if drawn == facts:
        return cohort
    if seen != digest(drawn):
        raise Stale(drawn)
    _refuse_days(cohort, facts)
    _refuse_scale(cohort, {**stored, **facts}, stored)
    for name, value in facts.items():
        setattr(plan if name in OF_PLAN else cohort, name, value)
    cohort.save()
    plan.save()
    both = {"before": stored["name"], "after": facts["name"]} if stored["name"] != facts["name"] else {}
    audit.record(Kind.COHORT_CHANGED, target=cohort, by=by, what="uppgifterna om omgången", **both)
    return cohort


def _refuse_days(cohort: Cohort, facts: dict[str, Any]) -> None:
    """Every meeting is within the omgång: what is outside would be lost in its package."""
    for meeting in cohort.meetings.order_by("starts_on"):
        if meeting.starts_on < facts["starts_on"]:
            told = f"{meeting} är {day(meeting.starts_on)}. Flytta träffen först, eller låt omgången börja då."
            raise ActionRefused(told, field="starts_on")
        if meeting.ends_on > facts["ends_on"]:
            told = f"{meeting} är {day(meeting.ends_on)}. Flytta träffen först, eller låt omgången sluta senare."
            raise ActionRefused(told, field="ends_on")


def _refuse_scale(cohort: Cohort, new: dict[str, Any], stored: dict[str, Any]) -> None:
    if new["half_steps"] and not new["checklist"].half_steps:
        raise ActionRefused("Checklistan tillåter inte halva steg.", field="half_steps")
    if any(new[name] != stored[name] for name in OF_PLAN) and is_rated(cohort):
        raise ActionRefused("Självskattningen är påbörjad. Checklistan och dess skala ändras inte längre.")


@transaction.atomic
def edit_interest(*, cohort: Cohort, seen: str, by: User, **facts: Any) -> Cohort:
    """When the public form is open, when the styrgrupp decides, and what it costs."""
    cohort = hold(cohort)
    stored = content_of(cohort, *facts)
    if stored == facts:
        return cohort
    if seen != digest(stored):
        raise Stale(stored)
    for name, value in facts.items():
        setattr(cohort, name, value)
    cohort.save()
    audit.record(Kind.COHORT_CHANGED, target=cohort, by=by, what="intresseanmälan och avgift")
    return cohort
