"""Actions that write the chapters of the joint report, move them to "klar", and save what stands after the cover."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accounts.models import User
from cohorts.models import Cohort
from kit import audit
from kit.editing import save
from kit.refusals import ActionRefused
from kit.rich import Document, stored
from reports.actions.locking import locked_joint
from reports.actions.writing import TextTaken
from reports.enums import ChapterState
from reports.joint_chapters import place_of, text_at, texts_of
from reports.models import ChapterText, JointReport
from reports.trail import ReportEvent

PUBLISHED = "Rapporten är publicerad och ändras inte."
MOVES: Mapping[ChapterState, set[ChapterState]] = {
    ChapterState.DRAFT: {ChapterState.REVIEW, ChapterState.DONE},
    ChapterState.REVIEW: {ChapterState.DRAFT, ChapterState.DONE},
    ChapterState.DONE: {ChapterState.DRAFT},
}


@transaction.atomic
def save_chapter(*, cohort: Cohort, key: str, text: Document, revision: int, by: User) -> ChapterText:
    """Save the words of a chapter or of one of its parts. The same words posted again are no change."""
    row = locked_text(cohort, key)
    if row.document == text:
        return row
    _refuse_published(row.joint, field="text")
    if row.is_done:
        raise ActionRefused("Texten är klar. Öppna den igen innan du ändrar den.", field="text")
    if row.revision != revision:
        raise TextTaken(row, field="text")
    row.text, row.structure = stored(text)
    row.revision = revision + 1
    row.save()
    audit.record(ReportEvent.JOINT_CHAPTER_SAVED, target=row.joint, by=by, chapter=key)
    return row


@transaction.atomic
def move_chapter(*, cohort: Cohort, key: str, state: ChapterState, by: User) -> ChapterText:
    row = locked_text(cohort, key)
    if row.state == state:
        return row
    _refuse_published(row.joint)
    if state not in MOVES[ChapterState(row.state)]:
        raise ActionRefused("Texten är klar. Öppna den igen först.")
    row.state = state
    row.save()
    audit.record(ReportEvent.JOINT_CHAPTER_MOVED, target=row.joint, by=by, chapter=key, state=state.value)
    return row


@transaction.atomic
def give_chapter(*, cohort: Cohort, key: str, owner: str, by: User) -> ChapterText:
    """Decide whether SKR or the evaluator writes the text."""
    row = locked_text(cohort, key)
    if row.owner == owner and row.pk:
        return row
    _refuse_published(row.joint)
    row.owner = owner
    row.save()
    audit.record(ReportEvent.JOINT_CHAPTER_GIVEN, target=row.joint, by=by, chapter=key, owner=owner)
    return row


@transaction.atomic
def save_front(*, cohort: Cohort, seen: str, by: User, **facts: Any) -> JointReport:
    """Save what stands on the page after the cover, and the order of the rows in the tables."""
    joint = locked_joint(cohort)
    changes = save(joint, facts, seen=seen)
    if changes:
        _refuse_published(joint)
        audit.record(ReportEvent.JOINT_REPORT_SAVED, target=joint, by=by)
    return joint


def locked_text(cohort: Cohort, key: str) -> ChapterText:
    joint = locked_joint(cohort)
    joint.cohort = cohort
    place = place_of(cohort, key)
    if place is None:
        raise ActionRefused("Rapporten har inget sådant kapitel.")
    return text_at(place, joint, texts_of(joint))


def _refuse_published(joint: JointReport, field: str | None = None) -> None:
    if joint.is_published:
        raise ActionRefused(PUBLISHED, field=field)
