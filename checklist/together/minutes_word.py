"""The minutes as a Word document: real headings, Swedish, a title, a table whose head comes back on each page."""

from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm

from checklist.together.minutes import Fact, Minutes
from modell.word import MEDIA_TYPE, About, bytes_of, clean, new_document, paragraph

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
    document.add_heading("Värdena i korthet", level=2)
    _table(document, minutes)
    for moment in minutes.moments:
        document.add_heading(clean(moment.heading), level=2)
        for fact in moment.facts:
            _fact(document, fact)
    paragraph(document, minutes.warning)
    return bytes_of(document)


def _fact(document: WordDocument, fact: Fact) -> None:
    told = document.add_paragraph()
    told.add_run(f"{clean(fact.label)}: ").bold = True
    told.add_run(clean(fact.text))


def _table(document: WordDocument, minutes: Minutes) -> None:
    table = document.add_table(rows=1, cols=len(minutes.heads), style="Table Grid")
    table.autofit = False
    repeat = OxmlElement("w:tblHeader")
    repeat.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeat)
    _tell(table, "Värdena i korthet", "Varje moment med värdet förra gången, värdet nu och målet till nästa gång.")
    _cells(table.rows[0], minutes.heads, bold=True)
    for row in minutes.rows:
        _cells(table.add_row(), row)


def _cells(row: object, texts: tuple[str, ...], *, bold: bool = False) -> None:
    for cell, text, width in zip(row.cells, texts, WIDTHS, strict=True):  # type: ignore[attr-defined]
        cell.width = width
        cell.paragraphs[0].add_run(clean(text)).bold = bold
    cannot_split = OxmlElement("w:cantSplit")
    row._tr.get_or_add_trPr().insert(0, cannot_split)  # type: ignore[attr-defined]


def _tell(table: object, title: str, description: str) -> None:
    """What the table holds, for who does not see it."""
    for name, text in (("w:tblCaption", title), ("w:tblDescription", description)):
        element = OxmlElement(name)
        element.set(qn("w:val"), text)
        table._tbl.tblPr.append(element)  # type: ignore[attr-defined]
