"""The minutes as an accessible Word document."""

from docx.document import Document as WordDocument
from docx.shared import Cm
from docx.table import _Row

from assessments.together.minutes import Minutes, MinutesFact
from kit.signs import in_xml
from kit.word import MEDIA_TYPE, About, bytes_of, describe, keep_whole, new_document, paragraph, repeat_head, write

__all__ = ("MEDIA_TYPE", "word_of")

DRAFT = "Arbetsmaterial"
WIDTHS = (Cm(8.5), Cm(2.5), Cm(2.5), Cm(2.5))


def word_of(minutes: Minutes) -> bytes:
    header = f"{f'{DRAFT} · ' if minutes.is_draft else ''}{minutes.organisation}"
    title = f"{minutes.title}: {minutes.organisation}. {minutes.occasion}"
    document = new_document(About(title, minutes.organisation, header, minutes.written_on))
    document.add_heading(minutes.title, level=1)
    paragraph(document, f"{minutes.organisation}. {minutes.occasion}.")
    if minutes.is_draft:
        paragraph(document, f"{DRAFT}. Självskattningen är inte inlämnad, och värdena kan ändras.", bold=True)
    for fact in minutes.facts:
        _fact(document, fact)
    # Here and not last, where it would often be alone on a page.
    paragraph(document, minutes.warning)
    document.add_heading("Värdena i korthet", level=2)
    _table(document, minutes)
    for item in minutes.items:
        document.add_heading(in_xml(item.heading), level=2)
        for fact in item.facts:
            _fact(document, fact)
    return bytes_of(document)


def _fact(document: WordDocument, fact: MinutesFact) -> None:
    line = document.add_paragraph()
    write(line, f"{fact.label}: ", bold=True)
    write(line, fact.text)


def _table(document: WordDocument, minutes: Minutes) -> None:
    table = document.add_table(rows=1, cols=len(minutes.heads), style="Table Grid")
    table.autofit = False
    # LibreOffice takes the widths of the grid, Word those of the cells.
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = width
    repeat_head(table)
    describe(table, "Värdena i korthet", "Varje moment med värdet förra gången, värdet nu och målet till nästa gång.")
    _cells(table.rows[0], minutes.heads, bold=True)
    for row in minutes.rows:
        _cells(table.add_row(), row)


def _cells(row: _Row, texts: tuple[str, ...], *, bold: bool = False) -> None:
    for cell, text, width in zip(row.cells, texts, WIDTHS, strict=True):
        cell.width = width
        write(cell.paragraphs[0], text, bold=bold)
    keep_whole(row)
