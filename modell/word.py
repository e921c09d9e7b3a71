"""A Word document of ours: real headings, Swedish, a title and an author, fonts that every office has."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LANGUAGE = "sv-SE"
FONT = "Arial"
INK = RGBColor(0x0F, 0x3D, 0x45)
# What XML has no room for: a text may hold it where it was pasted from another program.
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Style, size and room above it, in points.
ROOMY = (("Normal", 11, 0), ("Heading 1", 20, 0), ("Heading 2", 13, 16))
ONE_PAGE = (("Normal", 10, 0), ("Heading 1", 16, 0), ("Heading 2", 11, 8), ("Heading 3", 10, 5))


@dataclass(frozen=True)
class About:
    """What the file says of itself, and what stands at the top of each page."""

    title: str
    author: str
    header: str
    written_on: date


def new_document(about: About, styles: tuple[tuple[str, int, int], ...] = ROOMY) -> WordDocument:
    document = Document()
    told = document.core_properties
    told.title, told.author = clean(about.title)[:255], clean(about.author)[:255]
    told.language, told.comments, told.keywords = LANGUAGE, "", ""
    told.created = told.modified = datetime.combine(about.written_on, time(), UTC)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.header.paragraphs[0].text = clean(about.header)
    for name, size, before in styles:
        style = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        after = 6 if styles is ROOMY else 3
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            style.element.rPr.rFonts.attrib.pop(qn(f"w:{theme}"), None)
        if name != "Normal":
            style.font.color.rgb = INK
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
    return document


def paragraph(document: WordDocument, text: str, *, bold: bool = False) -> None:
    document.add_paragraph().add_run(clean(text)).bold = bold


def bytes_of(document: WordDocument) -> bytes:
    stored = BytesIO()
    document.save(stored)
    return stored.getvalue()


def clean(text: str) -> str:
    return NOT_XML.sub("", text)
