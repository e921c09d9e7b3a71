"""Orders of files. A draft's file is of the report as it stands, an edition's of what was frozen."""

from __future__ import annotations

from functools import partial

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from cohorts.models import Cohort, Participation
from kit import audit
from kit.building import UNDER_WAY, lease
from kit.enums import BuildState
from kit.limits import Hourly
from kit.refusals import ActionRefused
from meetings.models import Meeting
from reports import tasks
from reports.actions.locking import locked_joint
from reports.builds import organisation_of
from reports.content import content_of
from reports.enums import BuildFormat
from reports.figures import joint_occasions
from reports.models import Build, JointReport, Report, ReportEdition
from reports.printers import checksum_of
from reports.trail import ReportEvent

FINAL_IS_PUBLISHED = "Slutrapporten är publicerad, så det blir ingen delrapport. Rätta slutrapporten i en ny utgåva."
NO_MEETING = "Ingen självskattning är inlämnad än, så det finns ingen träff att göra en delrapport efter."
ORDERS_AN_HOUR = Hourly("orders", 20, "Du kan beställa högst {} filer i timmen. Försök igen efter klockan {}.")


@transaction.atomic
def order_report(*, participation: Participation, file_format: str = BuildFormat.PDF, by: User) -> Build:
    """Order a file of the report: of its newest edition once it is handed in, else of the draft."""
    ORDERS_AN_HOUR.use(by)
    report = Report.objects.get_or_create(participation=participation)[0]
    newest = None if report.is_draft else report.editions.last()
    return order_build(report=report, edition=newest, file_format=file_format, by=by)


@transaction.atomic
def order_joint(
    *,
    cohort: Cohort,
    meeting: Meeting | None,
    since: Meeting | None,
    figures_as: str = "",
    interim: bool = False,
    file_format: str = BuildFormat.PDF,
    by: User,
) -> Build:
    """Order a file of the joint report: of its newest edition while it is published, else of the draft.

    `figures_as` chooses between figures and words in a draft, and is kept. `interim` makes it an interim report.
    """
    ORDERS_AN_HOUR.use(by)
    joint = locked_joint(cohort)
    if joint.is_published:
        edition = joint.editions.published().last()
        return order_build(joint=joint, edition=edition, file_format=file_format, by=by)
    if figures_as and figures_as != joint.figures_as:
        joint.figures_as = figures_as
        joint.save(update_fields=["figures_as"])
    if interim and (refusal := why_not_interim(joint, meeting)):
        raise ActionRefused(refusal)
    return order_build(joint=joint, meeting=meeting, since=since, interim=interim, file_format=file_format, by=by)


def why_not_interim(joint: JointReport, meeting: Meeting | None = None) -> str:
    """Return why no interim report as of the meeting can be made, or ""."""
    if joint.editions.final().exists():
        return FINAL_IS_PUBLISHED
    return "" if joint_occasions(joint.cohort, meeting)[0] else NO_MEETING


@transaction.atomic
def order_again(*, build: Build, by: User) -> Build:
    """Order a file as this one was, since it failed or is gone."""
    ORDERS_AN_HOUR.use(by)
    return order_build(
        report=build.report,
        joint=build.joint,
        edition=build.edition,
        meeting=build.meeting,
        since=build.since,
        interim=build.interim,
        file_format=build.format,
        by=by,
    )


@transaction.atomic
def order_edition(*, edition: ReportEdition, by: User) -> Build:
    return order_build(report=edition.report, joint=edition.joint, edition=edition, by=by)


@transaction.atomic
def order_build(
    *,
    report: Report | None = None,
    joint: JointReport | None = None,
    edition: ReportEdition | None = None,
    meeting: Meeting | None = None,
    since: Meeting | None = None,
    interim: bool = False,
    file_format: str = BuildFormat.PDF,
    by: User,
) -> Build:
    """Return a file: one under way, a ready one of the same content, or a new order."""
    owner: Report | JointReport | None = report or joint
    assert owner is not None, "A build is of a report or of a joint report."
    type(owner).objects.select_for_update().get(pk=owner.pk)
    builds = owner.builds.filter(format=file_format, edition=edition)
    under_way = builds.filter(state__in=UNDER_WAY).first()
    if under_way:
        return under_way
    build = Build(
        report=report,
        joint=joint,
        edition=edition,
        meeting=meeting,
        since=since,
        interim=interim,
        format=file_format,
        ordered_by=by,
        lease_until=timezone.now() + lease(),
    )
    build.checksum = checksum_of(content_of(build), file_format)
    same = builds.filter(state=BuildState.READY, checksum=build.checksum).first()
    # A file may be gone, as after a restore without the files.
    if same and same.has_file:
        return same
    build.save()
    audit.record(ReportEvent.BUILD_ORDERED, target=build, by=by, organisation=organisation_of(build))
    transaction.on_commit(partial(tasks.send, build.pk))
    return build
