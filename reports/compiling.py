"""What the joint report would hold now, and what is left out of it."""

from typing import Any

from django.db.models import Q

from assessments.figures.panels import Among, participants_of
from assessments.figures.reach import who_can_work_out
from cohorts.enums import Status
from cohorts.models import Cohort, Participation
from cohorts.querysets import ParticipationQuerySet
from kit.templatetags.swedish import enumerated
from meetings.models import Meeting
from reports.content.joint import approved_contents
from reports.content.line_up import not_come_in_words
from reports.enums import ReportState
from reports.figures import joint_occasions
from reports.models import Build, JointReport, Report, ReportEdition


def holds(cohort: Cohort) -> dict[str, Any]:
    """Return, in short, what a build of the joint report would now hold."""
    meeting, since = joint_occasions(cohort)
    approved, not_here, among = approved_contents(cohort), _not_here(cohort), participants_of(cohort.pk)
    return {
        "meeting": meeting,
        "since": since,
        "participants": len(among),
        "reports": len(approved),
        "texts": sum(section.shared for report in approved.values() for section in report.sections),
        "waiting": [row.organisation.name for row in not_here if not row.reported],
        "elsewhere": [row.organisation.name for row in not_here if row.reported],
        "left_out": not_approved(cohort),
        "near": who_is_near(cohort, meeting, since, among),
    }


def not_come_in(cohort: Cohort) -> list[str]:
    return [row.organisation.name for row in _not_here(cohort) if not row.reported]


def _not_here(cohort: Cohort) -> ParticipationQuerySet:
    """Return who has handed in no report here; one that is `reported` came in before there was a place to write it."""
    not_in = Q(report=None) | Q(report__state=ReportState.DRAFT)
    members = cohort.participations.participants().filter(not_in).exclude(status=Status.WITHDRAWN)
    return members.with_organisation()


def not_approved(cohort: Cohort) -> list[str]:
    """Return the organisations whose shared texts are left out, since nobody there has approved their report."""
    approved = ReportEdition.objects.approved_in(cohort).order_by().values("report")
    left = Report.objects.handed_in().filter(participation__cohort=cohort, texts__shared=True).exclude(texts__text="")
    members = Participation.objects.filter(report__in=left.exclude(pk__in=approved))
    return [row.organisation.name for row in members.with_organisation().order_by("position", "pk")]


def who_is_near(cohort: Cohort, meeting: Meeting | None, since: Meeting | None, among: Among = None) -> list[str]:
    """Return the groups and mentors that could work out more from the report's figures than they read."""
    meetings = [each for each in joint_occasions(cohort, meeting, since) if each]
    return [circle.name for circle in who_can_work_out(cohort, meetings, among)]


def figures_in_words(joint: JointReport) -> list[str]:
    if joint.is_in_words:
        return ["Omgångens självskattningar står med ord, utan tal, som ni har valt."]
    return ["Omgångens självskattningar står med siffror, som ni har valt."] if joint.figures_as else []


def reach_in_words(joint: JointReport, read: Build | None) -> list[str]:
    near = who_is_near(joint.cohort, read.meeting, read.since) if read and not joint.is_in_words else []
    if not near:
        return []
    return [
        f"{enumerated(near)} läser redan så många av värdena att de ur rapportens siffror kan räkna ut mer om en "
        "enskild organisation."
    ]


def left_out_in_words(cohort: Cohort) -> list[str]:
    names = not_approved(cohort)
    if not names:
        return []
    return [f"Texterna från {enumerated(names)}, som ingen politiker eller chef där har godkänt."]


def waiting_in_words(cohort: Cohort) -> list[str]:
    words = not_come_in_words(not_come_in(cohort))
    return [words] if words else []
