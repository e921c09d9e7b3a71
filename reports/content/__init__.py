"""Frozen values of the reports, read once. `reports.printers` prints them."""

from reports.content.base import ReportContent, Stamp
from reports.content.frozen import thaw
from reports.content.joint import joint_content
from reports.content.joint_value import JointContent
from reports.content.organisation import OrganisationContent, organisation_content
from reports.models import Build, ReportEdition

__all__ = (
    "JointContent",
    "OrganisationContent",
    "ReportContent",
    "content_of",
    "content_of_edition",
    "joint_content",
    "organisation_content",
    "own_content_of",
)


def content_of(build: Build) -> ReportContent:
    if build.edition:
        return content_of_edition(build.edition)
    if build.report:
        return organisation_content(build.report).as_draft()
    assert build.joint is not None, "A build is of a report or of a joint report."
    return joint_content(build.joint, build.meeting, build.since, interim=build.interim).as_draft()


def content_of_edition(edition: ReportEdition) -> ReportContent:
    if edition.report_id:
        return own_content_of(edition)
    return thaw(JointContent, edition.content).stamped(stamp_of(edition))


def own_content_of(edition: ReportEdition) -> OrganisationContent:
    return thaw(OrganisationContent, edition.content).stamped(stamp_of(edition))


def stamp_of(edition: ReportEdition) -> Stamp:
    return Stamp(
        number=edition.number,
        checksum=edition.checksum,
        frozen_on=edition.frozen_on,
        reason=edition.reason,
        approved_on=edition.approved_on,
        approved_as=edition.approved_as,
        approved_by=edition.approved_by,
        published_on=edition.published_on,
    )
