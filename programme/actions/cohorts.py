"""A new omgång, whole, in one action: its days and texts are its own from then on."""

from datetime import date

from django.db import IntegrityError, transaction

from accounts.models import User
from checklist.models import AssessmentPlan
from cohorts.models import Cohort, ExpectedResult
from meetings.models import AgendaItem, HostTask, Meeting, Period, Preparation
from modell import audit
from modell.audit import Kind
from modell.refusals import ActionRefused
from programme.models import Setup
from programme.setup.blueprint import Blueprint, MeetingStep
from programme.setup.names import Numbers, free_slug
from programme.setup.plan import Plan
from reports.models import Section


@transaction.atomic
def set_up_cohort(*, name: str, kind: str, blueprint: Blueprint, plan: Plan, by: User) -> Cohort:
    """Two clicks give one: the same name and days from the same beginning are the omgång that is already there."""
    if blueprint.checklist is None:
        raise ActionRefused("Konceptet säger inte vilken checklista som används. Välj en där först.", field="source")
    # One at a time, so that a second click finds what the first has made.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    twin = Cohort.objects.filter(
        name=name,
        starts_on=plan.starts_on,
        setup__edition=blueprint.edition,
        setup__copied_from=blueprint.copied_from,
        contact=by,
    ).first()
    if twin:
        return twin
    cohort = _create(
        name,
        kind=kind,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        contact=by,
        provenance=f"Upplagd här från {blueprint.name}.",
        **blueprint.cohort,
    )
    AssessmentPlan.objects.create(cohort=cohort, checklist=blueprint.checklist, **blueprint.plan)
    ExpectedResult.objects.bulk_create(ExpectedResult(cohort=cohort, **row) for row in blueprint.results)
    Section.objects.bulk_create(Section(cohort=cohort, **row) for row in blueprint.sections)
    _periods(cohort, blueprint, _meetings(cohort, blueprint, plan))
    Setup.objects.create(cohort=cohort, edition=blueprint.edition, copied_from=blueprint.copied_from)
    audit.record(Kind.COHORT_SET_UP, target=cohort, by=by, reason=f"från {blueprint.name}")
    return cohort


def _create(name: str, **facts: object) -> Cohort:
    """At a free address; where another takes it at the same second, at the next that is free."""
    while True:
        slug = free_slug(name)
        try:
            with transaction.atomic():
                return Cohort.objects.create(slug=slug, name=name, **facts)
        except IntegrityError:
            if not Cohort.objects.filter(slug=slug).exists():
                raise


def _meetings(cohort: Cohort, blueprint: Blueprint, plan: Plan) -> dict[str, Meeting]:
    """In the order of their days, so that numbers and keys follow it."""
    steps = {step.ref: step for step in blueprint.meetings}
    numbers, made = Numbers(), {}
    for planned in plan.in_order():
        step = steps[planned.ref]
        number, key = numbers.next(step.kind)
        made[planned.ref] = Meeting.objects.create(
            cohort=cohort,
            key=key,
            kind=step.kind,
            number=number,
            starts_on=planned.starts_on,
            ends_on=planned.ends_on,
            **step.fields,
        )
    for ref, meeting in made.items():
        give_lists(meeting, steps[ref])
        if steps[ref].prepares in made:
            meeting.hangs_on = made[steps[ref].prepares]
            meeting.save(update_fields=["hangs_on"])
    return made


def give_lists(meeting: Meeting, step: MeetingStep) -> None:
    Preparation.objects.bulk_create(Preparation(meeting=meeting, **row) for row in step.preparations)
    AgendaItem.objects.bulk_create(AgendaItem(meeting=meeting, **row) for row in step.agenda)
    HostTask.objects.bulk_create(HostTask(meeting=meeting, **row) for row in step.host_tasks)


def _periods(cohort: Cohort, blueprint: Blueprint, made: dict[str, Meeting]) -> None:
    Period.objects.bulk_create(
        Period(
            cohort=cohort,
            name=period.name,
            goals=period.goals,
            after=made.get(period.after),
            before=made.get(period.before),
            is_reporting=period.is_reporting,
            due_before=period.due_before,
            position=position,
        )
        for position, period in enumerate(blueprint.periods)
    )


def widen(cohort: Cohort, first: date, last: date) -> bool:
    """Let the omgång last from its first meeting to its last: a meeting outside its days would be in no omgång."""
    if cohort.starts_on <= first and last <= cohort.ends_on:
        return False
    cohort.starts_on, cohort.ends_on = min(cohort.starts_on, first), max(cohort.ends_on, last)
    cohort.save(update_fields=["starts_on", "ends_on"])
    return True
