"""Every write to reports, and the order of a PDF. How a PDF is then built stands in `reports.builds`."""

from __future__ import annotations

from functools import partial

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from cohorts.enums import Function
from cohorts.models import Cohort, Participation
from cohorts.roles import roles_of
from meetings.models import Meeting
from modell import audit
from modell.audit import Kind
from modell.refusals import ActionRefused
from modell.templatetags.swedish import enumerated
from reports import tasks
from reports.builds import lease, organisation_of
from reports.content import content_of
from reports.enums import BuildState, JointState, ReportState
from reports.models import Build, JointReport, Report, ReportSection
from reports.sections import sections_of

MOVES: dict[ReportState, set[ReportState]] = {
    ReportState.DRAFT: {ReportState.SUBMITTED},
    ReportState.SUBMITTED: {ReportState.PUBLISHED},
    ReportState.PUBLISHED: set(),
}
STALE = "Någon har ändrat texten sedan du öppnade sidan. Din är inte sparad. Välj vilken som ska gälla."


class TextTaken(ActionRefused):
    """Someone saved after the page was drawn: nothing is stored, both texts are to be shown."""

    def __init__(self, stored: ReportSection | JointReport, *, field: str | None) -> None:
        super().__init__(STALE, field=field)
        self.stored = stored


@transaction.atomic
def save_section(
    *, participation: Participation, key: str, text: str, shared: bool, revision: int, by: User
) -> ReportSection:
    """Save one section; the first save makes the report. The same content posted again is no change."""
    if key not in {heading.key for heading in sections_of(participation.cohort)}:
        raise ActionRefused("Rapporten har inget sådant avsnitt.")
    report = Report.objects.select_for_update().filter(participation=participation).first()
    section = ReportSection.objects.filter(report=report, key=key).first() or ReportSection(key=key)
    if (section.text, section.shared) == (text, shared):
        return section
    if report and not report.is_draft:
        raise ActionRefused("Rapporten är inlämnad och ändras inte.", field="text")
    if section.revision != revision:
        raise TextTaken(section, field="text")
    section.report = report or Report.objects.get_or_create(participation=participation)[0]
    section.text, section.shared, section.revision = text, shared, revision + 1
    section.save()
    audit.record(
        Kind.REPORT_SECTION_SAVED, target=section.report, by=by, organisation=_code(section.report), section=key
    )
    return section


@transaction.atomic
def submit_report(*, report: Report, by: User) -> Report:
    """Hand it in. A second click finds it handed in and changes nothing."""
    report = _locked(report)
    if not report.is_draft:
        return report
    if not report.texts.exclude(text="").exists():
        raise ActionRefused("Skriv minst ett avsnitt innan ni lämnar in rapporten.")
    _move(report, ReportState.SUBMITTED)
    report.submitted_on = timezone.localdate()
    report.save()
    report.participation.reported = True
    report.participation.save(update_fields=["reported"])
    # Readers outside the organisation never find a PDF that was made of a draft.
    _discard(list(report.builds.all()))
    audit.record(Kind.REPORT_SUBMITTED, target=report, by=by, organisation=_code(report))
    return report


@transaction.atomic
def approve_report(*, report: Report, by: User) -> Report:
    """A politician or manager of the organisation vouches for it; the first to do so stands."""
    report = _locked(report)
    if report.is_draft:
        raise ActionRefused("Rapporten är inte inlämnad än.")
    if report.approved_on:
        return report
    report.approved_on = timezone.localdate()
    report.approved_by = f"{by.name}, {_function(report, by).label.lower()}"
    report.save()
    audit.record(Kind.REPORT_APPROVED, target=report, by=by, organisation=_code(report))
    return report


@transaction.atomic
def publish_report(*, report: Report, by: User) -> Report:
    """Let anyone read it, as it stands in the PDF that is ordered here. Nothing leaves without an approver."""
    report = _locked(report)
    if report.state == ReportState.PUBLISHED:
        return report
    if report.approved_on is None:
        raise ActionRefused("Rapporten publiceras först när en politiker eller chef hos er har godkänt den.")
    _move(report, ReportState.PUBLISHED)
    report.save()
    _discard(list(report.builds.all()))
    audit.record(Kind.REPORT_PUBLISHED, target=report, by=by, organisation=_code(report))
    order_build(report=report, by=by)
    return report


@transaction.atomic
def save_joint(*, cohort: Cohort, introduction: str, conclusions: str, revision: int, by: User) -> JointReport:
    """SKR's words in the joint report; the first save, or the first order, makes it."""
    joint = _joint(cohort)
    if (joint.introduction, joint.conclusions) == (introduction, conclusions):
        return joint
    if joint.state == JointState.PUBLISHED:
        raise ActionRefused("Rapporten är publicerad och ändras inte.", field="introduction")
    if joint.revision != revision:
        raise TextTaken(joint, field=None)
    joint.introduction, joint.conclusions, joint.revision = introduction, conclusions, revision + 1
    joint.save()
    audit.record(Kind.JOINT_REPORT_SAVED, target=joint, by=by)
    return joint


@transaction.atomic
def publish_joint(*, joint: JointReport, by: User) -> JointReport:
    """Let the omgång, and anyone, read it. It has been seen as a PDF first; the mark Arbetsmaterial then goes."""
    joint = JointReport.objects.select_for_update().select_related("cohort").get(pk=joint.pk)
    if joint.state == JointState.PUBLISHED:
        return joint
    seen = joint.builds.filter(state=BuildState.READY).first()
    if seen is None:
        raise ActionRefused("Bygg rapporten som PDF och läs den innan den publiceras.")
    if waiting := _not_approved(joint.cohort):
        raise ActionRefused(f"Texter från {enumerated(waiting)} är inte godkända av en politiker eller chef där än.")
    joint.state, joint.published_on, joint.published_by = JointState.PUBLISHED, timezone.localdate(), by
    joint.save()
    _discard(list(joint.builds.all()))
    audit.record(Kind.JOINT_REPORT_PUBLISHED, target=joint, by=by)
    order_build(joint=joint, meeting=seen.meeting, since=seen.since, by=by)
    return joint


@transaction.atomic
def order_report(*, participation: Participation, by: User) -> Build:
    return order_build(report=Report.objects.get_or_create(participation=participation)[0], by=by)


@transaction.atomic
def order_joint(*, cohort: Cohort, meeting: Meeting | None, since: Meeting | None, by: User) -> Build:
    return order_build(joint=_joint(cohort), meeting=meeting, since=since, by=by)


@transaction.atomic
def order_build(
    *,
    report: Report | None = None,
    joint: JointReport | None = None,
    meeting: Meeting | None = None,
    since: Meeting | None = None,
    by: User,
) -> Build:
    """A PDF of the report as it stands: the one under way, the ready one of the same content, or a new order."""
    owner: Report | JointReport | None = report or joint
    assert owner is not None, "A build is of a report or of a joint report."
    type(owner).objects.select_for_update().get(pk=owner.pk)
    under_way = owner.builds.filter(state__in=(BuildState.QUEUED, BuildState.WORKING)).first()
    if under_way:
        return under_way
    build = Build(report=report, joint=joint, meeting=meeting, since=since, ordered_by=by)
    build.checksum = content_of(build).checksum
    ready = owner.builds.filter(state=BuildState.READY)
    if owner.state != "published":
        ready = ready.filter(checksum=build.checksum)
    if same := ready.first():
        return same
    build.lease_until = timezone.now() + lease()
    build.save()
    audit.record(Kind.BUILD_ORDERED, target=build, by=by, organisation=organisation_of(build))
    transaction.on_commit(partial(tasks.send, build.pk))
    return build


def _not_approved(cohort: Cohort) -> list[str]:
    """Whose shared texts nobody has answered for: nothing leaves an omgång without a named approver and a date."""
    waiting = Report.objects.handed_in().filter(participation__cohort=cohort, approved_on=None, texts__shared=True)
    return list(waiting.distinct().values_list("participation__organisation__name", flat=True))


def _discard(builds: list[Build]) -> None:
    """Rows first; a worker that is at one of them finds it gone and throws its file away."""
    for build in builds:
        build.delete()
        if build.file.name:
            transaction.on_commit(partial(default_storage.delete, build.file.name))


def _locked(report: Report) -> Report:
    rows = Report.objects.select_for_update(of=("self",)).select_related(
        "participation__organisation", "participation__cohort"
    )
    return rows.get(pk=report.pk)


def _joint(cohort: Cohort) -> JointReport:
    JointReport.objects.get_or_create(cohort=cohort)
    return JointReport.objects.select_for_update(of=("self",)).select_related("cohort").get(cohort=cohort)


def _move(report: Report, to: ReportState) -> None:
    """The only code that changes a report's state."""
    was = ReportState(report.state)
    if to not in MOVES[was]:
        raise ActionRefused(f"Rapporten är {was.label.lower()}.")
    report.state = to


def _code(report: Report) -> str:
    return report.participation.organisation.code


def _function(report: Report, by: User) -> Function:
    held = roles_of(by).functions_in(report.participation.organisation_id)
    return Function.POLITICIAN if Function.POLITICIAN in held else Function.MANAGER
