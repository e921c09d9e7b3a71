"""The minutes as an accessible Word document."""

from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm

from assessments.together.minutes import Minutes, MinutesFact
from kit.signs import in_xml
from kit.word import MEDIA_TYPE, About, bytes_of, new_document, paragraph, write

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
    # The head comes back on each page.
    repeat = OxmlElement("w:tblHeader")
    repeat.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeat)
    _describe(table, "Värdena i korthet", "Varje moment med värdet förra gången, värdet nu och målet till nästa gång.")
    _cells(table.rows[0], minutes.heads, bold=True)
    for row in minutes.rows:
        _cells(table.add_row(), row)


def _cells(row: object, texts: tuple[str, ...], *, bold: bool = False) -> None:
    for cell, text, width in zip(row.cells, texts, WIDTHS, strict=True):  # type: ignore[attr-defined]
        cell.width = width
        write(cell.paragraphs[0], text, bold=bold)
    cannot_split = OxmlElement("w:cantSplit")
    row._tr.get_or_add_trPr().insert(0, cannot_split)  # type: ignore[attr-defined]


def _describe(table: object, title: str, description: str) -> None:
    # Screen readers read this before the table.
    for name, text in (("w:tblCaption", title), ("w:tblDescription", description)):
        element = OxmlElement(name)
        element.set(qn("w:val"), text)
        table._tbl.tblPr.append(element)  # type: ignore[attr-defined]
