"""Comments on a draft: which paragraph each stands at now, how many are open, and why no more are made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count

from kit.rich import Document
from kit.rich.plain import running_words
from reports.models import ChapterText, JointReport, Report, ReportComment, ReportSection
from reports.models.comment import LONGEST_QUOTE

CommentedText = ReportSection | ChapterText

# A paragraph that has been changed further on is known by so many signs.
BEGINNING = 60
HANDED_IN = "Rapporten är inlämnad. Nya kommentarer skrivs bara till ett utkast."
PUBLISHED = "Rapporten är publicerad. Nya kommentarer skrivs bara till ett utkast."
UNWRITTEN = "Det finns ingen text att kommentera än."


@dataclass(frozen=True)
class CommentedParagraph:
    """A paragraph with what is said of it; `words` is empty for the whole text."""

    words: str
    stands: bool
    comments: tuple[ReportComment, ...]

    @property
    def first(self) -> ReportComment:
        return self.comments[0]

    @property
    def is_cut(self) -> bool:
        return len(self.words) == LONGEST_QUOTE


def paragraphs_of(document: Document) -> tuple[str, ...]:
    """Return the first words of each heading, paragraph, list and quotation, each once."""
    words = (running_words(Document((block,)))[:LONGEST_QUOTE].rstrip() for block in document.blocks)
    return tuple(dict.fromkeys(filter(None, words)))


def standing(words: str, paragraphs: Iterable[str]) -> str:
    """Return the paragraph that has those words, or else begins with them or as they do; "" if none does."""
    every = list(paragraphs)
    if words in every:
        return words
    beginnings = (words, words[:BEGINNING]) if words else ()
    return next((each for start in beginnings for each in every if each.startswith(start)), "")


def by_paragraph(comments: Iterable[ReportComment], paragraphs: Sequence[str]) -> tuple[CommentedParagraph, ...]:
    """Return the comments by paragraph: of the whole text, in its order, and last what has been changed since."""
    grouped: dict[tuple[bool, str], list[ReportComment]] = {(True, words): [] for words in ("", *paragraphs)}
    for comment in comments:
        now = standing(comment.paragraph, paragraphs)
        stands = bool(now) or not comment.paragraph
        grouped.setdefault((stands, now or comment.paragraph), []).append(comment)
    return tuple(CommentedParagraph(words, stands, tuple(rows)) for (stands, words), rows in grouped.items() if rows)


def why_closed(text: CommentedText) -> str:
    if isinstance(text, ChapterText):
        closed = PUBLISHED if text.joint.is_published else ""
    else:
        closed = "" if text.report.is_draft else HANDED_IN
    return closed or ("" if text.text else UNWRITTEN)


def comments_on(text: CommentedText) -> list[ReportComment]:
    return list(text.comments.select_related("written_by", "resolved_by")) if text.pk else []


def open_comments(report: Report | JointReport) -> dict[str, int]:
    """Return how many comments are open by the key of the text, for the texts that have any."""
    if report._state.adding:
        return {}
    text, owner = ("chapter", "joint") if isinstance(report, JointReport) else ("section", "report")
    rows = ReportComment.objects.open().filter(**{f"{text}__{owner}": report}).order_by().values_list(f"{text}__key")
    return dict(rows.annotate(Count("pk")))


def in_words(number: int) -> str:
    return f"{number} kommentar{'' if number == 1 else 'er'}"
