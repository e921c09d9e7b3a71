"""Reads from the database what a workbook is compared with."""

from assessments.models import Assessment
from assessments.workbook.exporting import assessed_meetings
from assessments.workbook.sheets import Expected
from checklist.models import Checklist
from cohorts.models import Participation


def expected_of(participation: Participation) -> Expected:
    plan, versions = participation.cohort.plan, tuple(Checklist.objects.prefetch_related("items", "steps"))
    # These copies have their items and steps prefetched, so the plan does not read its own.
    by_key = {version.pk: version for version in versions}
    plan.checklist = by_key[plan.checklist_id]
    of_parts = by_key[plan.part_checklist_id or plan.checklist_id]
    return Expected(
        code=participation.code,
        organisation=participation.organisation.name,
        scale=plan,
        part_scale=Assessment(checklist=of_parts, half_steps=plan.half_steps and of_parts.half_steps),
        versions=versions,
        meetings=tuple(assessed_meetings(participation)),
        parts=tuple(participation.organisation.parts.all()),
    )
