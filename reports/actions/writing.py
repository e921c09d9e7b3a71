"""Actions that write the report: its sections, and the choice of what may be published with it."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from accounts.models import User
from cohorts.models import Participation
from improvements.actions import set_public
from kit import audit
from kit.editing import save
from kit.refusals import ActionRefused
from kit.rich import Document, stored
from reports.actions.history import keep_version
from reports.actions.locking import code_of, locked
from reports.models import ChapterText, Report, ReportSection
from reports.sections import places_of
from reports.trail import ReportEvent

STALE = "Någon har ändrat texten sedan du öppnade sidan. Din är inte sparad. Välj vilken som ska gälla."


class TextTaken(ActionRefused):
    """A refusal because someone saved after the page was drawn; the page shows both texts."""

    def __init__(self, stored: ReportSection | ChapterText, *, field: str | None) -> None:
        super().__init__(STALE, field=field)
        self.stored = stored


@transaction.atomic
def save_section(
    *, participation: Participation, key: str, text: Document, shared: bool, revision: int, by: User
) -> ReportSection:
    """Save a section, and make the report if it is the first. The same content posted again is no change."""
    if key not in {place.key for place in places_of(participation.cohort)}:
        raise ActionRefused("Rapporten har inget sådant avsnitt.")
    report = Report.objects.select_for_update().filter(participation=participation).first()
    section = ReportSection.objects.filter(report=report, key=key).first() or ReportSection(key=key)
    if (section.document, section.shared) == (text, shared):
        return section
    if report and not report.is_draft:
        raise ActionRefused("Rapporten är inlämnad och ändras inte.", field="text")
    if section.revision != revision:
        raise TextTaken(section, field="text")
    section.report = report or Report.objects.get_or_create(participation=participation)[0]
    before = (section.text, section.structure)
    section.text, section.structure = stored(text)
    section.shared, section.revision = shared, revision + 1
    section.save()
    keep_version(section, before=before, by=by)
    audit.record(
        ReportEvent.REPORT_SECTION_SAVED,
        target=section.report,
        by=by,
        organisation=code_of(section.report),
        section=key,
    )
    return section


@transaction.atomic
def choose_public(
    *,
    participation: Participation,
    with_values: bool,
    with_comments: bool,
    with_results: bool,
    efforts: Collection[int],
    improvements: Collection[int],
    by: User,
) -> Report:
    """Choose what may be published with the report; `efforts` and `improvements` are the chosen rows' ids."""
    report = locked(Report.objects.get_or_create(participation=participation)[0])
    if not report.is_draft:
        raise ActionRefused("Rapporten är inlämnad och ändras inte.")
    if with_comments and not with_values:
        raise ActionRefused(
            "Kommentarerna står vid värdena. Låt också värdena publiceras, eller ta bort kommentarerna.",
            field="with_comments",
        )
    chosen = set_public(participation=participation, efforts=efforts, improvements=improvements, by=by)
    flags = {"with_values": with_values, "with_comments": with_comments, "with_results": with_results}
    if save(report, flags, seen=None):
        chosen = True
    if chosen:
        audit.record(ReportEvent.REPORT_PUBLIC_CHOSEN, target=report, by=by, organisation=code_of(report))
    return report
