"""Actions on comments: one is made on a draft, is done, is opened again, and taken back by its writer."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from kit import audit
from kit.refusals import ActionRefused
from reports.actions.locking import code_of, locked, locked_joint
from reports.comments import UNWRITTEN, CommentedText, why_closed
from reports.models import ChapterText, ReportComment, ReportSection
from reports.trail import ReportEvent

GONE = "Kommentaren är tillbakatagen."


@transaction.atomic
def add_comment(*, on: CommentedText, paragraph: str, text: str, by: User) -> ReportComment:
    """Comment on a paragraph of a draft, or on all of it. The writer's last words again are no new comment."""
    if on.pk is None:
        raise ActionRefused(UNWRITTEN)
    on = _locked(on)
    if closed := why_closed(on):
        raise ActionRefused(closed)
    last = on.comments.filter(written_by=by).last()
    if last and last.is_open and (last.paragraph, last.text) == (paragraph, text):
        return last
    comment = on.comments.create(paragraph=paragraph, text=text, written_by=by)
    _record(ReportEvent.REPORT_COMMENTED, ReportEvent.JOINT_COMMENTED, comment, by)
    return comment


@transaction.atomic
def resolve_comment(*, comment: ReportComment, by: User) -> ReportComment:
    """Say that the comment is taken care of. A second call changes nothing."""
    comment = _stored(comment)
    if comment.is_open:
        comment.resolved_at, comment.resolved_by = timezone.now(), by
        comment.save()
        _record(ReportEvent.REPORT_COMMENT_RESOLVED, ReportEvent.JOINT_COMMENT_RESOLVED, comment, by)
    return comment


@transaction.atomic
def reopen_comment(*, comment: ReportComment, by: User) -> ReportComment:
    comment = _stored(comment)
    if not comment.is_open:
        comment.resolved_at = comment.resolved_by = None
        comment.save()
        _record(ReportEvent.REPORT_COMMENT_REOPENED, ReportEvent.JOINT_COMMENT_REOPENED, comment, by)
    return comment


@transaction.atomic
def take_back_comment(*, comment: ReportComment, by: User) -> None:
    """Remove one's own comment, while nobody has said that it is taken care of."""
    comment = _stored(comment)
    if comment.written_by_id != by.pk:
        raise ActionRefused("Bara den som har skrivit kommentaren tar tillbaka den.")
    if not comment.is_open:
        raise ActionRefused("Kommentaren är klar. Öppna den igen innan du tar tillbaka den.")
    _record(ReportEvent.REPORT_COMMENT_REMOVED, ReportEvent.JOINT_COMMENT_REMOVED, comment, by)
    comment.delete()


def _locked(text: CommentedText) -> CommentedText:
    """Return the text as it is stored now; its report is handed in or published before or after, not meanwhile."""
    if isinstance(text, ChapterText):
        joint = locked_joint(text.joint.cohort)
        return ChapterText.objects.select_related("joint").get(pk=text.pk, joint=joint)
    report = locked(text.report)
    return ReportSection.objects.select_related("report").get(pk=text.pk, report=report)


def _stored(comment: ReportComment) -> ReportComment:
    rows = ReportComment.objects.select_for_update(of=("self",))
    texts = ("section__report__participation__organisation", "chapter__joint__cohort")
    there = rows.select_related(*texts).filter(pk=comment.pk).first()
    if there is None:
        raise ActionRefused(GONE)
    return there


def _record(in_report: ReportEvent, in_joint: ReportEvent, comment: ReportComment, by: User) -> None:
    if comment.section:
        report, key = comment.section.report, comment.section.key
        audit.record(in_report, target=report, by=by, organisation=code_of(report), section=key)
    elif comment.chapter:
        audit.record(in_joint, target=comment.chapter.joint, by=by, chapter=comment.chapter.key)
