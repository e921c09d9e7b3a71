"""The minutes as a Word document: real headings, Swedish, a title, a table whose head comes back on each page."""

import re
from datetime import UTC, datetime, time
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from checklist.together.minutes import Fact, Minutes

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DRAFT = "Arbetsmaterial"
LANGUAGE = "sv-SE"
FONT = "Arial"
INK = RGBColor(0x0F, 0x3D, 0x45)
# What XML has no room for: a text may hold it where it was pasted from another program.
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
WIDTHS = (Cm(8.5), Cm(2.5), Cm(2.5), Cm(2.5))


def word_of(minutes: Minutes) -> bytes:
    document = Document()
    _set_up(document, minutes)
    document.add_heading(minutes.title, level=1)
    _paragraph(document, f"{minutes.organisation}. {minutes.occasion}.")
    if minutes.is_draft:
        _paragraph(document, f"{DRAFT}. Självskattningen är inte inlämnad, och värdena kan ändras.", bold=True)
    for fact in minutes.facts:
        _fact(document, fact)
    document.add_heading("Värdena i korthet", level=2)
    _table(document, minutes)
    for moment in minutes.moments:
        document.add_heading(_clean(moment.heading), level=2)
        for fact in moment.facts:
            _fact(document, fact)
    _paragraph(document, minutes.warning)
    stored = BytesIO()
    document.save(stored)
    return stored.getvalue()


def _set_up(document: WordDocument, minutes: Minutes) -> None:
    told = document.core_properties
    told.title = _clean(f"{minutes.title}: {minutes.organisation}. {minutes.occasion}")[:255]
    told.author, told.language, told.comments, told.keywords = _clean(minutes.organisation)[:255], LANGUAGE, "", ""
    told.created = told.modified = datetime.combine(minutes.written_on, time(), UTC)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.header.paragraphs[0].text = _clean(f"{f'{DRAFT} · ' if minutes.is_draft else ''}{minutes.organisation}")
    for name, size, before in (("Normal", 11, 0), ("Heading 1", 20, 0), ("Heading 2", 13, 16)):
        style = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(6)
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            style.element.rPr.rFonts.attrib.pop(qn(f"w:{theme}"), None)
        if name != "Normal":
            style.font.color.rgb = INK
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)


def _fact(document: WordDocument, fact: Fact) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run(f"{_clean(fact.label)}: ").bold = True
    paragraph.add_run(_clean(fact.text))


def _paragraph(document: WordDocument, text: str, *, bold: bool = False) -> None:
    document.add_paragraph().add_run(_clean(text)).bold = bold


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
        cell.paragraphs[0].add_run(_clean(text)).bold = bold
    cannot_split = OxmlElement("w:cantSplit")
    row._tr.get_or_add_trPr().insert(0, cannot_split)  # type: ignore[attr-defined]


def _tell(table: object, title: str, description: str) -> None:
    """What the table holds, for who does not see it."""
    for name, text in (("w:tblCaption", title), ("w:tblDescription", description)):
        element = OxmlElement(name)
        element.set(qn("w:val"), text)
        table._tbl.tblPr.append(element)  # type: ignore[attr-defined]


def _clean(text: str) -> str:
    return NOT_XML.sub("", text)
