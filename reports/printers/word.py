"""A report as Word: the chapters that page and PDF set, in the program's own styles."""

from collections.abc import Callable
from functools import singledispatch

from kit.rich.word import write_docx
from kit.word.report import WordReport
from reports.content import ReportContent
from reports.content.base import Prose
from reports.content.blocks import (
    BoxBlock,
    ChapterBlock,
    HeadingBlock,
    LeadBlock,
    ListBlock,
    NotesBlock,
    PictureBlock,
    PrintedChapter,
    ProseBlock,
    QuoteBlock,
    TableBlock,
    TextBlock,
    flat,
)
from reports.content.chapters import chapters_of

STYLES = {"": "Normal", "lead": "Ingress", "muted": "Dämpad", "source": "Källa", "about": "Rutrubrik"}


def printed(content: ReportContent, progress: Callable[[], None] | None = None) -> bytes:
    chapters = chapters_of(content)
    report = WordReport(content.cover, [line for chapter in chapters for line in chapter.contents])
    for chapter in chapters:
        _chapter(chapter, report)
        if progress:
            progress()
    return report.done()


def _chapter(chapter: PrintedChapter, report: WordReport) -> None:
    if chapter.title:
        report.heading(chapter.title, 1, anchor=chapter.anchor, new_page=chapter.new_page)
    for block in flat(chapter.blocks):
        write_block(block, report)


@singledispatch
def write_block(block: ChapterBlock, report: WordReport) -> None:
    raise NotImplementedError(type(block).__name__)


@write_block.register
def _(block: HeadingBlock, report: WordReport) -> None:
    report.heading(block.text, block.level - 1, anchor=block.anchor)


@write_block.register
def _(block: TextBlock, report: WordReport) -> None:
    report.text(block.text, STYLES[block.kind])


@write_block.register
def _(block: ProseBlock, report: WordReport) -> None:
    _prose(block.prose, report, top=block.top - 1, under=max(block.under - 1, 0))


@write_block.register
def _(block: NotesBlock, report: WordReport) -> None:
    """Write nothing: a note is Word's own, at its place in the text."""


def _prose(prose: Prose, report: WordReport, *, top: int, under: int = 0, style: str = "Normal") -> None:
    if prose.document:
        write_docx(report.document, prose.document, top=top, under=under, style=style, name=report.name_run)
    else:
        report.text(prose.text, style)


@write_block.register
def _(block: ListBlock, report: WordReport) -> None:
    for point in block.points:
        about = [(f"{point.about} ", True)] if point.about else []
        report.line([*about, (point.text, False)], "List Bullet")


@write_block.register
def _(block: LeadBlock, report: WordReport) -> None:
    report.line([(block.title, True), (f" – {block.whose}", False)])


@write_block.register
def _(block: QuoteBlock, report: WordReport) -> None:
    _prose(block.prose, report, top=3, style="Quote")
    report.text(block.source, "Källa")


@write_block.register
def _(block: BoxBlock, report: WordReport) -> None:
    report.line([(block.title, False)], "Rutrubrik")
    report.text(block.text, "Ruta")


@write_block.register
def _(block: TableBlock, report: WordReport) -> None:
    report.table(block.table)


@write_block.register
def _(block: PictureBlock, report: WordReport) -> None:
    report.picture(block.picture)
    if block.words:
        report.text(block.words, "Källa")
