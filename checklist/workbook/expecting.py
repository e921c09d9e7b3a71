"""What a workbook is read against, asked of the database."""

from checklist.models import Checklist
from checklist.workbook.exporting import assessed_meetings
from checklist.workbook.understanding import Expected
from cohorts.models import Participation


def expected_of(participation: Participation) -> Expected:
    plan, versions = participation.cohort.plan, tuple(Checklist.objects.prefetch_related("items", "steps"))
    plan.checklist = next(version for version in versions if version.pk == plan.checklist_id)  # read once
    return Expected(
        code=participation.code,
        organisation=participation.organisation.name,
        scale=plan,
        versions=versions,
        meetings=tuple(assessed_meetings(participation)),
    )
