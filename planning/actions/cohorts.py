"""Actions that set up a new omgång with days and texts of its own."""

from datetime import date

from django.db import IntegrityError, transaction

from accounts.models import User
from admission.models import Letter
from assessments.models import AssessmentPlan
from cohorts.models import Cohort, ExpectedResult
from kit import audit
from kit.days import refuse_far
from kit.refusals import ActionRefused
from meetings.models import AgendaItem, HostTask, Meeting, Period, Preparation
from people.actions.organisations import register_rehearsed
from planning.models import Setup
from planning.setup.blueprint import Blueprint, MeetingStep
from planning.setup.names import Numbers, free_slug
from planning.setup.plan import Plan
from planning.setup.resting import rests_on_cohort
from planning.trail import PlanningEvent
from reports.models import Chapter, Section


@transaction.atomic
def set_up_cohort(
    *, name: str, kind: str, blueprint: Blueprint, plan: Plan, by: User, rehearsal: bool = False
) -> Cohort:
    """Create an omgång with all its rows; a second click returns the omgång that the first one created.

    Refuse a blueprint without a checklist.
    """
    if blueprint.checklist is None:
        raise ActionRefused("Konceptet säger inte vilken checklista som används. Välj en där först.", field="source")
    # The lock makes a second click wait and find the omgång that the first one created.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    twin = Cohort.objects.filter(
        name=name,
        starts_on=plan.starts_on,
        setup__edition=blueprint.edition,
        setup__copied_from=blueprint.copied_from,
        contact=by,
        rehearsal=rehearsal,
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
        rehearsal=rehearsal,
        constructed=rehearsal,
        **blueprint.cohort,
    )
    AssessmentPlan.objects.create(cohort=cohort, checklist=blueprint.checklist, **blueprint.plan)
    ExpectedResult.objects.bulk_create(ExpectedResult(cohort=cohort, **row) for row in blueprint.results)
    Section.objects.bulk_create(Section(cohort=cohort, **row) for row in blueprint.sections)
    Chapter.objects.bulk_create(Chapter(cohort=cohort, **row) for row in blueprint.chapters)
    if blueprint.letter:
        Letter.objects.create(cohort=cohort, **blueprint.letter)
    _periods(cohort, blueprint, _meetings(cohort, blueprint, plan))
    if rehearsal:
        register_rehearsed(cohort)
    Setup.objects.create(cohort=cohort, edition=blueprint.edition, copied_from=blueprint.copied_from)
    audit.record(PlanningEvent.COHORT_SET_UP, target=cohort, by=by, reason=f"från {blueprint.name}")
    return cohort


@transaction.atomic
def delete_cohort(*, cohort: Cohort, by: User) -> None:
    """Delete an omgång that was set up by mistake, with its days; refuse if anyone has begun to work in it."""
    stored = Cohort.objects.select_for_update().filter(pk=cohort.pk).first()
    if stored is None:
        return
    if there := rests_on_cohort(stored):
        raise ActionRefused(f"Omgången har {there}. Den kan bara tas bort medan den är tom.")
    audit.record(PlanningEvent.COHORT_DELETED, target=stored, by=by)
    # Meetings protect their omgång, so that no work is deleted by a mistake in the rule above.
    stored.meetings.all().delete()
    stored.delete()


def _create(name: str, **facts: object) -> Cohort:
    while True:
        slug = free_slug(name)
        try:
            with transaction.atomic():
                return Cohort.objects.create(slug=slug, name=name, **facts)
        except IntegrityError:
            # If another request took the address at the same time, the next free one is tried.
            if not Cohort.objects.filter(slug=slug).exists():
                raise


def _meetings(cohort: Cohort, blueprint: Blueprint, plan: Plan) -> dict[str, Meeting]:
    steps = {step.ref: step for step in blueprint.meetings}
    numbers, made = Numbers(), {}
    # Created in the order of their days, so that numbers and keys follow it.
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
    """Extend the omgång's days to include its first and last meeting; return True if the days changed."""
    refuse_far(first, last, field="starts_on")
    if cohort.starts_on <= first and last <= cohort.ends_on:
        return False
    cohort.starts_on, cohort.ends_on = min(cohort.starts_on, first), max(cohort.ends_on, last)
    cohort.save(update_fields=["starts_on", "ends_on"])
    return True
