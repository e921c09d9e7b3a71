"""Editions of reports that were not handed in here: they came in a package without editions, or were there before."""

from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from reports.content import joint_content, organisation_content
from reports.content.base import ReportContent
from reports.content.frozen import checksum_of, freeze
from reports.models import Report, ReportEdition
from reports.remembering import remember


@transaction.atomic
def adopt(report: Report, approved_on: date | None) -> None:
    """Freeze a report of a package as it came in; content that is frozen already makes no new edition."""
    content = freeze(organisation_content(report))
    newest, checksum = report.editions.last(), checksum_of(content)
    if newest is None or newest.checksum != checksum:
        newest = ReportEdition(
            report=report,
            number=newest.number + 1 if newest else 1,
            frozen_on=approved_on or timezone.localdate(),
            content=content,
            checksum=checksum,
            adopted=True,
        )
    newest.approved_on = newest.approved_on or approved_on
    if report.is_published:
        newest.published_on = newest.published_on or approved_on
    newest.save()
    remember(newest)


@transaction.atomic
def freeze_missing() -> None:
    """Freeze the editions that have no content: rows from before there were editions."""
    rows = ReportEdition.objects.filter(content__isnull=True).select_for_update(of=("self",))
    # The joint reports are last, since they hold what the others say.
    for edition in rows.order_by(F("joint").asc(nulls_first=True), "pk"):
        content: ReportContent = (
            organisation_content(edition.report) if edition.report else joint_content(edition.joint, None, None)
        )
        edition.content = freeze(content)
        edition.checksum = checksum_of(edition.content)
        edition.save(update_fields=["content", "checksum"])
        remember(edition)


def frozen_here(report: Report) -> list[ReportEdition]:
    """Return the editions that the report's own rows do not make again, oldest first.

    One that was made of a package's rows is made anew wherever they are read in, as long as they say the same.
    """
    editions = [edition for edition in report.editions.all() if edition.content]
    if [edition.adopted for edition in editions] == [True]:
        same = checksum_of(freeze(organisation_content(report))) == editions[0].checksum
        return [] if same else editions
    return editions
