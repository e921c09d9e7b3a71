"""A result report from handed in to published, and back. Others read the edition frozen when it was handed in."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from cohorts.enums import Function
from cohorts.roles import roles_of
from kit import audit
from kit.building import discard
from kit.refusals import ActionRefused
from kit.templatetags.swedish import day
from reports.actions.building import order_edition
from reports.actions.locking import code_of, locked
from reports.content import organisation_content, own_content_of
from reports.content.frozen import checksum_of, freeze
from reports.enums import ReportState
from reports.handing_in import what_is_required
from reports.models import JointReport, Report, ReportEdition
from reports.remembering import remember
from reports.telling import tell_of_edition
from reports.trail import ReportEvent

MOVES: dict[ReportState, set[ReportState]] = {
    ReportState.DRAFT: {ReportState.SUBMITTED, ReportState.PUBLISHED},
    ReportState.SUBMITTED: {ReportState.PUBLISHED, ReportState.DRAFT},
    ReportState.PUBLISHED: {ReportState.DRAFT},
}
READ_AGAIN = "Rapporten har fått en ny utgåva sedan ni öppnade sidan. Läs den först."


@transaction.atomic
def submit_report(*, report: Report, seen: str = "", by: User) -> Report:
    """Hand in the report, which freezes an edition of it, and ask for its approval. A second call changes nothing.

    `seen` is the checksum of what the page showed. Content that is frozen already makes no new edition: it keeps its
    approval, and a correction that corrects nothing leaves the report published.
    """
    report = locked(report)
    if not report.is_draft:
        return report
    if not report.texts.exclude(text="").exists():
        raise ActionRefused("Skriv minst ett avsnitt innan ni lämnar in rapporten.")
    edition = frozen_edition(report)
    if refusal := what_is_required(report, own_content_of(edition)):
        raise ActionRefused(refusal)
    if seen and edition.checksum != seen:
        raise ActionRefused("Rapporten har ändrats sedan du öppnade sidan. Läs igenom den igen och lämna sedan in den.")
    edition.save()
    move(report, ReportState.PUBLISHED if edition.is_published else ReportState.SUBMITTED)
    report.reason = ""
    report.save()
    report.participation.reported = True
    report.participation.save(update_fields=["reported"])
    # Readers outside the organisation must never get a PDF that was made of a draft.
    discard(report.builds.filter(edition=None))
    _record(ReportEvent.REPORT_SUBMITTED, report, by, edition=edition.number)
    tell_of_edition(report, edition)
    return report


def frozen_edition(report: Report) -> ReportEdition:
    """Return the newest edition if it holds what the report holds now, else a new one that is not saved."""
    content = freeze(organisation_content(report))
    checksum, newest = checksum_of(content), report.editions.last()
    if newest and newest.checksum == checksum:
        return newest
    return ReportEdition(
        report=report,
        number=newest.number + 1 if newest else 1,
        frozen_on=timezone.localdate(),
        content=content,
        checksum=checksum,
        reason=report.reason,
    )


@transaction.atomic
def take_back_report(*, report: Report, by: User) -> Report:
    """Make a report that is handed in a draft again, until SKR has begun to compile the joint report."""
    report = locked(report)
    if report.is_draft:
        return report
    if report.is_published:
        raise ActionRefused("Rapporten är publicerad. Rätta den i en ny utgåva i stället.")
    if began := compiled_from(report.participation.cohort_id):
        raise ActionRefused(
            f"SKR började sammanställa rapporterna {day(began)}. Be SKR att öppna er rapport om något måste ändras."
        )
    return open_again(report, ReportEvent.REPORT_RETRACTED, by)


def open_again(report: Report, event: ReportEvent, by: User, *, reason: str = "") -> Report:
    """Make the locked report a draft; its editions stay, and what is published stays public."""
    if not report.editions.published().exists():
        report.participation.reported = False
        report.participation.save(update_fields=["reported"])
    newest = report.editions.last()
    # A correction that was handed in and taken back is still one.
    report.reason = reason or (newest.reason if newest and not newest.is_published else "")
    move(report, ReportState.DRAFT)
    report.save()
    _record(event, report, by, **({"reason": reason} if reason else {}))
    return report


def compiled_from(cohort_id: int) -> date | None:
    """Return the day on which SKR began to compile the omgång's reports, if it has."""
    return JointReport.objects.filter(cohort=cohort_id).values_list("compiled_from", flat=True).first()


@transaction.atomic
def approve_report(*, report: Report, number: int, by: User) -> Report:
    """Approve that edition as a politician or manager of the organisation; only the first approval is kept."""
    report = locked(report)
    edition = _handed_in(report, number)
    if edition.is_approved:
        return report
    function = _function(report, by)
    edition.approved_on, edition.approved_as = timezone.localdate(), function
    edition.approved_by = f"{by.name}, {function.label.lower()}"
    edition.save(update_fields=["approved_on", "approved_as", "approved_by"])
    discard(report.builds.filter(edition=edition))  # the approver stands on their cover
    _record(ReportEvent.REPORT_APPROVED, report, by, edition=number)
    return report


@transaction.atomic
def publish_report(*, report: Report, number: int, by: User) -> Report:
    """Let anyone read that edition, and order its PDF. Refuse if nobody has approved it."""
    report = locked(report)
    edition = _handed_in(report, number)
    if edition.is_published:
        return report
    if not edition.is_approved:
        raise ActionRefused("Rapporten publiceras först när en politiker eller chef hos er har godkänt den.")
    edition.published_on = timezone.localdate()
    edition.save(update_fields=["published_on"])
    remember(edition)
    move(report, ReportState.PUBLISHED)
    report.save()
    _record(ReportEvent.REPORT_PUBLISHED, report, by, edition=number)
    order_edition(edition=edition, by=by)
    return report


@transaction.atomic
def correct_report(*, report: Report, reason: str, by: User) -> Report:
    """Open a published report for its next edition. What is published stays until that one is."""
    report = locked(report)
    if report.is_draft and report.reason == reason:
        return report
    if not report.is_published:
        raise ActionRefused("Rapporten är inte publicerad, så den behöver inte rättas i en ny utgåva.")
    return open_again(report, ReportEvent.REPORT_CORRECTING, by, reason=reason)


def move(report: Report, to: ReportState) -> None:
    # No other code changes a report's state.
    before = ReportState(report.state)
    if to not in MOVES[before]:
        raise ActionRefused(f"Rapporten är {before.label.lower()}.")
    report.state = to


def _handed_in(report: Report, number: int) -> ReportEdition:
    """Return the newest edition, which must be the one that the page showed."""
    newest = report.editions.last()
    if report.is_draft or newest is None:
        raise ActionRefused("Rapporten är inte inlämnad än.")
    if newest.number != number:
        raise ActionRefused(READ_AGAIN)
    return newest


def _record(event: ReportEvent, report: Report, by: User, **data: object) -> None:
    audit.record(event, target=report, by=by, organisation=code_of(report), **data)


def _function(report: Report, by: User) -> Function:
    functions = roles_of(by).functions_in(report.participation.organisation_id)
    return Function.POLITICIAN if Function.POLITICIAN in functions else Function.MANAGER
