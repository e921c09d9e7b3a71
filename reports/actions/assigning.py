"""Who writes which section of the result report, and by when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import User
from cohorts.holders import WORKERS
from cohorts.models import Delegate, Participation
from kit import audit
from kit.editing import compare
from kit.refusals import ActionRefused
from kit.staleness import Content
from reports.actions.locking import code_of, locked
from reports.models import Report, ReportSection
from reports.sections import sections_of
from reports.trail import ReportEvent

WRITER, DUE = "writer_", "due_"


@dataclass(frozen=True)
class Assigned:
    writer: Delegate | None = None
    due_on: date | None = None


def assigned_in(participation: Participation) -> dict[str, Assigned]:
    texts = ReportSection.objects.filter(report__participation=participation).select_related("writer__user")
    stored = {text.key: Assigned(text.writer, text.due_on) for text in texts}
    return {section.key: stored.get(section.key, Assigned()) for section in sections_of(participation.cohort)}


def as_content(assigned: Mapping[str, Assigned]) -> Content:
    content: dict[str, object] = {}
    for key, row in assigned.items():
        content |= {f"{WRITER}{key}": row.writer, f"{DUE}{key}": row.due_on}
    return content


@transaction.atomic
def choose_writers(*, participation: Participation, seen: str, by: User, **chosen: Any) -> bool:
    """Say who writes what by when; `chosen` is named as in `as_content`. Return True if anything changed."""
    report = locked(Report.objects.get_or_create(participation=participation)[0])
    before = assigned_in(participation)
    changes = compare(as_content(before), chosen, seen=seen)
    if changes is None:
        return False
    if not report.is_draft:
        raise ActionRefused("Rapporten är inlämnad och ändras inte.")
    for key in before:
        writer, due_on = chosen.get(f"{WRITER}{key}"), chosen.get(f"{DUE}{key}")
        if writer and (writer.participation_id != participation.pk or writer.function not in WORKERS):
            raise ActionRefused("Välj någon hos er som får skriva i rapporten.", field=f"{WRITER}{key}")
        if changes.touch((f"{WRITER}{key}", f"{DUE}{key}")):
            values = {"writer": writer, "due_on": due_on}
            ReportSection.objects.update_or_create(report=report, key=key, defaults=values)
    audit.record(ReportEvent.REPORT_WRITERS_CHOSEN, target=report, by=by, organisation=code_of(report))
    return True
