"""What pages show of the comments on a draft: those on one text, and the texts that have any."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse

from accounts.models import User
from kit.permissions import may
from reports.comments import (
    CommentedParagraph,
    CommentedText,
    by_paragraph,
    comments_on,
    in_words,
    paragraphs_of,
    why_closed,
)
from reports.forms_comments import ReportCommentForm
from reports.joint_chapters import text_url
from reports.joint_index import ChapterLine
from reports.models import ChapterText, Report
from reports.perms import COMMENT_REPORT, EDIT_REPORT, READ_JOINT_DRAFT
from reports.sections import places_of


@dataclass(frozen=True)
class CommentCard:
    """The comments on a text. `url` is their own page, and `closed` says why nobody adds another."""

    url: str
    opened: tuple[CommentedParagraph, ...]
    resolved: tuple[CommentedParagraph, ...]
    may_comment: bool
    closed: str
    form: ReportCommentForm
    reader: User

    @property
    def n_resolved(self) -> int:
        return sum(len(each.comments) for each in self.resolved)

    @property
    def has_form(self) -> bool:
        return self.may_comment and (not self.closed or self.form.is_bound)


@dataclass(frozen=True)
class CommentedPlace:
    """A text that can be commented, with the number of its open comments."""

    title: str
    url: str
    number: int

    @property
    def in_words(self) -> str:
        return in_words(self.number) if self.number else ""


def card_of(text: CommentedText, reader: User, *, data: QueryDict | None = None, about: str = "") -> CommentCard:
    """Return the card; `data` is a posted comment, and `about` the key of the comment that one answers."""
    rows, paragraphs = comments_on(text), paragraphs_of(text.document)
    opened = by_paragraph([row for row in rows if row.is_open], paragraphs)
    answered = next((each for each in opened if about in {str(row.pk) for row in each.comments}), None)
    form = ReportCommentForm(
        data,
        paragraphs=paragraphs,
        changed=[each for each in opened if not each.stands],
        about=answered.words if answered else "",
    )
    return CommentCard(
        url=address_of(text),
        opened=opened,
        resolved=by_paragraph([row for row in rows if not row.is_open], paragraphs),
        may_comment=may_comment(reader, text),
        closed=why_closed(text),
        form=form,
        reader=reader,
    )


def may_comment(reader: User, text: CommentedText) -> bool:
    if isinstance(text, ChapterText):
        return may(reader, READ_JOINT_DRAFT, text.joint.cohort)
    return may(reader, COMMENT_REPORT, text.report)


def address_of(text: CommentedText) -> str:
    if isinstance(text, ChapterText):
        return reverse("reports:joint_comments", args=[text.joint.cohort.slug, text.key])
    participation = text.report.participation
    return reverse("reports:section_comments", args=[participation.cohort.slug, participation.code, text.key])


def home_of(text: CommentedText, reader: User) -> str:
    """Return where the reader meets the comments: beside the text that is written, or on their own page."""
    if isinstance(text, ChapterText):
        return text_url(text.joint.cohort.slug, text.key)
    if text.report.is_draft and may(reader, EDIT_REPORT, text.report):
        participation = text.report.participation
        return reverse("reports:section", args=[participation.cohort.slug, participation.code, text.key])
    return address_of(text)


def commented_sections(
    report: Report, reader: User, numbers: Mapping[str, int], *, with_all: bool = False
) -> list[CommentedPlace]:
    """Return the texts of the report with open comments, whose `numbers` are given; of a draft maybe all texts."""
    texts = {text.key: text for text in report.texts.all()} if report.pk else {}
    places = places_of(report.participation.cohort)
    shown = [(place, texts[place.key]) for place in places if place.key in texts]
    for _, text in shown:
        text.report = report
    return [
        CommentedPlace(place.full, f"{home_of(text, reader)}#kommentarer", numbers.get(place.key, 0))
        for place, text in shown
        if place.key in numbers or (with_all and report.is_draft and text.text)
    ]


def commented_chapters(lines: Iterable[ChapterLine]) -> list[CommentedPlace]:
    every = [each for line in lines for each in (line, *line.parts) if each.n_comments]
    return [CommentedPlace(each.place.title, f"{each.place.url}#kommentarer", each.n_comments) for each in every]
