"""What anyone may read once an edition is published, kept so that no figure helps to take it apart (ADR 18)."""

from decimal import Decimal

from assessments.actions.publishing import publish_values, remember_printed
from assessments.figures.statistics import Answers
from improvements.expected import as_entries, result_panels
from improvements.statistics import chain_panels
from meetings.models import Meeting
from reports.content import OrganisationContent
from reports.content.frozen import thaw
from reports.figures import joint_occasions
from reports.models import JointReport, Report, ReportEdition


def remember(edition: ReportEdition) -> None:
    """Keep what the edition makes readable, if it is published; every way to publish calls this."""
    if not edition.is_published:
        return
    if edition.report:
        _remember_own(edition.report, thaw(OrganisationContent, edition.content))
    elif edition.joint:
        remember_joint(edition.joint)


def remember_joint(joint: JointReport, meeting: Meeting | None = None, since: Meeting | None = None) -> None:
    """Keep the figures that the joint report prints now, unless SKR has chosen words."""
    if not joint.is_in_words:
        meetings = [each for each in joint_occasions(joint.cohort, meeting, since) if each]
        remember_printed(cohort=joint.cohort, meetings=meetings, chain=chain_panels(joint.cohort))
        remember_printed(cohort=joint.cohort, meetings=(), chain=result_panels(joint.cohort))


def _remember_own(report: Report, content: OrganisationContent) -> None:
    # Every published edition can still be read, so a stage that one of them has told stays told.
    published = [thaw(OrganisationContent, edition.content) for edition in report.editions.published()]
    reached = {stage for each in published for stage in each.stages_reached}
    judged = {key: said for each in published for key, said in _judged(each).items()}
    publish_values(
        participation=report.participation,
        values=values_by_meeting(report, content),
        chain={stage: Decimal(1) for stage in sorted(reached)} | judged,
    )


def _judged(content: OrganisationContent) -> dict[str, Decimal]:
    part = content.results
    return as_entries(part.answers, (line.said for line in part.goals)) if part else {}


def values_by_meeting(report: Report, content: OrganisationContent) -> dict[int, Answers]:
    meetings = {meeting.key: meeting.pk for meeting in report.participation.cohort.meetings.all()}
    rows = content.values.answers if content.values else ()
    return {meetings[row.meeting]: dict(row.values) for row in rows if row.meeting in meetings}
