"""The joint report: compiled from what is approved, and published in editions."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from cohorts.models import Cohort
from kit import audit
from kit.building import discard
from kit.enums import BuildState
from kit.refusals import ActionRefused
from kit.templatetags.swedish import enumerated
from reports.actions.building import order_build, order_edition, why_not_interim
from reports.actions.locking import locked_joint
from reports.compiling import who_is_near
from reports.consent import quotes_without_consent
from reports.content import joint_content
from reports.content.frozen import checksum_of, freeze
from reports.enums import ORDERED, BuildFormat, JointState
from reports.models import Build, JointReport, ReportEdition
from reports.printers import checksum_of as checksum_of_file
from reports.remembering import remember_joint
from reports.trail import ReportEvent

READ_FIRST = "Bygg rapporten som PDF och läs den innan den publiceras."
CHANGED = "Rapporten har ändrats sedan PDF:en byggdes. Bygg den igen och läs den innan den publiceras."


@transaction.atomic
def start_compiling(*, cohort: Cohort, by: User) -> JointReport:
    """Note the day from which no organisation takes its report back by itself. A second call changes nothing."""
    joint = locked_joint(cohort)
    if joint.compiled_from is None:
        joint.compiled_from = timezone.localdate()
        joint.save(update_fields=["compiled_from"])
        audit.record(ReportEvent.JOINT_REPORT_COMPILING, target=joint, by=by)
    return joint


def read_build(joint: JointReport, *, interim: bool = False) -> Build | None:
    """Return the newest PDF of the draft or of an interim report, which is what SKR has read."""
    drafts = joint.builds.filter(format=BuildFormat.PDF, state=BuildState.READY, edition=None, interim=interim)
    return drafts.select_related("meeting", "since").first()


def frozen_joint(joint: JointReport, read: Build) -> ReportEdition:
    """Return the next edition, not saved, of today's content.

    Refuse if it is not what the PDF was built of, if it has a quote without consent, or if SKR has not chosen between
    figures and words where someone could work out more from the figures.
    """
    if read.interim and (refusal := why_not_interim(joint, read.meeting)):
        raise ActionRefused(refusal)
    if unconsented := quotes_without_consent(joint):
        raise ActionRefused(" ".join(check.text for check in unconsented))
    near = who_is_near(joint.cohort, read.meeting, read.since)
    if near and not joint.figures_as:
        raise ActionRefused(f"Välj siffror eller ord: {enumerated(near)} kan räkna ut mer.")
    content = joint_content(joint, read.meeting, read.since, interim=read.interim)
    if checksum_of_file(content.as_draft(), read.format) != read.checksum:
        raise ActionRefused(CHANGED)
    frozen, newest = freeze(content), joint.editions.last()
    return ReportEdition(
        joint=joint,
        number=newest.number + 1 if newest else 1,
        frozen_on=timezone.localdate(),
        published_on=timezone.localdate(),
        content=frozen,
        checksum=checksum_of(frozen),
        reason=joint.reason,
        interim_after=content.interim_after,
    )


@transaction.atomic
def publish_joint(*, joint: JointReport, seen: str = "", by: User) -> JointReport:
    """Publish what the newest PDF holds, if that is today's content, and order the edition's PDF.

    `seen` is the checksum of what the confirm page was about.
    """
    joint = locked_joint(joint.cohort)
    if joint.is_published:
        return joint
    edition = _published(joint, read_build(joint), seen)
    joint.state, joint.reason = JointState.PUBLISHED, ""
    joint.save()
    discard(joint.builds.filter(edition=None))
    audit.record(ReportEvent.JOINT_REPORT_PUBLISHED, target=joint, by=by, edition=edition.number)
    order_edition(edition=edition, by=by)
    return joint


@transaction.atomic
def publish_interim(*, joint: JointReport, seen: str = "", by: User) -> JointReport:
    """Publish what the newest PDF of an interim report holds. The joint report is still a draft, and is written on.

    A second call with the same `seen` changes nothing.
    """
    joint = locked_joint(joint.cohort)
    if seen and joint.editions.filter(checksum=seen).exists():
        return joint
    edition = _published(joint, read_build(joint, interim=True), seen)
    discard(joint.builds.filter(edition=None, interim=True))
    audit.record(ReportEvent.INTERIM_REPORT_PUBLISHED, target=joint, by=by, edition=edition.number)
    # Orders of a report that is not published are of its draft, so every file of this edition is ordered here.
    for file_format in ORDERED:
        order_build(joint=joint, edition=edition, file_format=file_format, by=by)
    return joint


def _published(joint: JointReport, read: Build | None, seen: str) -> ReportEdition:
    """Return the locked report's next edition, stored; what anyone can then work out is kept."""
    if read is None:
        raise ActionRefused(READ_FIRST)
    edition = frozen_joint(joint, read)
    if seen and seen != edition.checksum:
        raise ActionRefused(CHANGED)
    edition.save()
    remember_joint(joint, read.meeting, read.since)
    return edition


@transaction.atomic
def correct_joint(*, joint: JointReport, reason: str, by: User) -> JointReport:
    """Open a published joint report for its next edition. What is published stays until that one is."""
    joint = locked_joint(joint.cohort)
    if joint.is_draft and joint.reason == reason:
        return joint
    if not joint.is_published:
        raise ActionRefused("Rapporten är inte publicerad, så den behöver inte rättas i en ny utgåva.")
    joint.state, joint.reason = JointState.DRAFT, reason
    joint.save()
    audit.record(ReportEvent.JOINT_REPORT_CORRECTING, target=joint, by=by, reason=reason)
    return joint
