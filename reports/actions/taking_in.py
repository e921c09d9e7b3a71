"""Actions that take a source in to a chapter of the joint report, and out again."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from cohorts.models import Cohort
from kit import audit
from kit.refusals import ActionRefused
from kit.rich import Document, length_of
from reports.actions.chapters import locked_text, save_chapter
from reports.joint_sources import JointSource
from reports.models import ChapterText, TakenIn
from reports.sections import LONGEST
from reports.shortening import keeps_the_words
from reports.taken_in import with_quotation, without_quotation
from reports.trail import ReportEvent


@transaction.atomic
def take_in(
    *,
    cohort: Cohort,
    key: str,
    source: JointSource,
    by: User,
    words: str = "",
    text: Document | None = None,
    revision: int = 0,
) -> ChapterText:
    """Put the source last in the text, with the words chosen of it. The same again is no change.

    `text` is what the writer has typed, with the revision it began from; without it the stored text is added to.
    """
    stored = locked_text(cohort, key)
    words = words or source.taken
    if not keeps_the_words(words, source.original):
        raise ActionRefused(
            "Orden är inte källans egna i samma ordning. Skriv […] där något är utelämnat, och ändra inget annat.",
            field="words",
        )
    if text is None:
        text, revision = stored.document, stored.revision
    whole = with_quotation(text, words, source.credit)
    if length_of(whole) > LONGEST:
        raise ActionRefused("Texten blir för lång om det tas in. Korta texten eller det som tas in.")
    saved = save_chapter(cohort=cohort, key=key, text=whole, revision=revision, by=by)
    _keep(saved, source, words, by)
    return saved


@transaction.atomic
def take_out(*, cohort: Cohort, key: str, taken: int, text: Document, revision: int, by: User) -> ChapterText:
    """Take out of the typed text what was taken in, with its source."""
    stored = locked_text(cohort, key)
    row = TakenIn.objects.filter(text=stored, pk=taken).first() if stored.pk else None
    if row is None:
        raise ActionRefused("Det är redan borttaget ur texten. Läs in sidan igen.")
    left = without_quotation(text, row.words, row.credit)
    if left is None:
        raise ActionRefused("Orden står inte kvar i texten som de togs in. Ta bort dem för hand.", field="text")
    saved = save_chapter(cohort=cohort, key=key, text=left, revision=revision, by=by)
    _record(ReportEvent.JOINT_SOURCE_TAKEN_OUT, row, saved, by)
    row.delete()
    return saved


def _keep(text: ChapterText, source: JointSource, words: str, by: User) -> None:
    """Keep what was taken in, once for each source and text."""
    row = next((row for row in text.taken_in.all() if row.identity == source.identity), None)
    if row and row.words == words:
        return
    row = row or TakenIn(text=text, kind=source.kind, participation_id=source.participation, place=source.place)
    row.words, row.original, row.credit = words, source.original, source.credit
    row.taken_on, row.taken_by = timezone.localdate(), by
    row.save()
    _record(ReportEvent.JOINT_SOURCE_TAKEN_IN, row, text, by)


def _record(event: ReportEvent, row: TakenIn, text: ChapterText, by: User) -> None:
    audit.record(event, target=text.joint, by=by, chapter=text.key, source=row.kind)
