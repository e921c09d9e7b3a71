"""What SKR says of a section of the result report, in a concept or an omgång, and the shape that is locked."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from cohorts.models import Cohort
from cohorts.trail import CohortEvent
from kit import audit
from kit.editing import change
from kit.refusals import ActionRefused
from planning.models import EditionSection
from planning.trail import PlanningEvent
from reports.models import ReportEdition, ReportSection, Section
from reports.sections import BETWEEN, WORDS

FIELDS = ("heading", *WORDS)
LOCKED = "En rapport är redan inlämnad i omgången. Avsnitten läggs därför inte till, tas inte bort och byter inte slag."


def is_locked(cohort: Cohort) -> bool:
    """True once a report of the omgång has been handed in."""
    return ReportEdition.objects.filter(report__participation__cohort=cohort).exists()


def is_written(section: Section) -> bool:
    """True if somebody has written under the heading or in a part of it."""
    own = _texts(section).filter(key=section.key)
    return own.exists() or has_written_parts(section)


def has_written_parts(section: Section) -> bool:
    return _texts(section).filter(key__startswith=f"{section.key}{BETWEEN}").exists()


def _texts(section: Section) -> QuerySet[ReportSection]:
    return ReportSection.objects.filter(report__participation__cohort=section.cohort_id).exclude(text="")


@transaction.atomic
def save_section_words(*, section: Section | EditionSection, seen: str, by: User, **values: Any) -> bool:
    """Change a section's heading, kind and words of help; return True if anything changed."""
    row = type(section)._default_manager.select_for_update().get(pk=section.pk)
    changes = change(row, values, seen=seen)
    if changes is None:
        return False
    if isinstance(row, Section) and changes.touch(("kind",)):
        if is_locked(row.cohort):
            raise ActionRefused(LOCKED, field="kind")
        if has_written_parts(row):
            written = f"Någon har skrivit i delarna av ”{section.heading}”. Slaget ändras därför inte."
            raise ActionRefused(written, field="kind")
    row.save(update_fields=changes.names)
    if isinstance(row, Section):
        audit.record(CohortEvent.COHORT_CHANGED, target=row.cohort, by=by, what=f"avsnittet ”{row.heading}”")
    else:
        audit.record(PlanningEvent.EDITION_SAVED, target=row.edition, by=by, what=f"avsnittet ”{row.heading}”")
    return True
