"""The set-up of a Word document: real headings, Swedish, a title and an author, and fonts that every office has."""

from dataclasses import dataclass
from datetime import date
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from kit.prose import with_links
from kit.signs import in_xml
from kit.zips import dated, made_on

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LANGUAGE = "sv-SE"
FONT = "Arial"
INK = RGBColor(0x0F, 0x3D, 0x45)
# Style, size and space above, in points.
ROOMY = (("Normal", 11, 0), ("Heading 1", 20, 0), ("Heading 2", 13, 16))
ONE_PAGE = (("Normal", 10, 0), ("Heading 1", 16, 0), ("Heading 2", 11, 8), ("Heading 3", 10, 5))

THEME_FONTS = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")


@dataclass(frozen=True)
class About:
    """The document's properties and the text at the top of each page; a draft's day may be left out."""

    title: str
    author: str
    header: str
    written_on: date | None


def new_document(about: About, styles: tuple[tuple[str, int, int], ...] = ROOMY) -> WordDocument:
    document = Document()
    _tell(document, about)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.header.paragraphs[0].text = in_xml(about.header)
    for name, size, before in styles:
        style = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        after = 6 if styles is ROOMY else 3
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
        for theme in THEME_FONTS:
            style.element.rPr.rFonts.attrib.pop(qn(f"w:{theme}"), None)
        if name != "Normal":
            style.font.color.rgb = INK
    return document


def _tell(document: WordDocument, about: About) -> None:
    properties = document.core_properties
    properties.title, properties.author = in_xml(about.title)[:255], in_xml(about.author)[:255]
    properties.language, properties.comments, properties.keywords = LANGUAGE, "", ""
    properties.created = properties.modified = made_on(about.written_on)
    for language in document.styles.element.iter(qn("w:lang")):
        for part in ("val", "eastAsia"):
            language.set(qn(f"w:{part}"), LANGUAGE)
    themes = document.settings.element.find(qn("w:themeFontLang"))
    themes.attrib.clear()
    themes.set(qn("w:val"), LANGUAGE)
    _drop_the_thumbnail(document)


def _drop_the_thumbnail(document: WordDocument) -> None:
    # The library's template shows a page of its own in file managers.
    package = document.part.package
    for key in [key for key, rel in package.rels.items() if rel.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del package.rels[key]


def paragraph(document: WordDocument, text: str, *, bold: bool = False) -> None:
    write(document.add_paragraph(), text, bold=bold)


def write(line: Paragraph, text: str, *, bold: bool = False) -> None:
    """Add typed text to a paragraph: its line ends stay, and its addresses become links."""
    for piece, address in with_links(in_xml(text)):
        run = line.add_run(piece)
        run.bold = bold or None  # the style decides
        if address:
            lead(run, line, address)


def lead(run: Run, line: Paragraph, address: str) -> None:
    """Make a run of the paragraph a link."""
    run.font.underline, run.font.color.rgb = True, INK
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), line.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run._r.addprevious(link)
    link.append(run._r)


def repeat_head(table: Table) -> None:
    repeat = OxmlElement("w:tblHeader")
    repeat.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeat)


def keep_whole(row: _Row) -> None:
    """Let no row be split between two pages."""
    row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))


def describe(table: Table, title: str, description: str = "") -> None:
    """Say what the table shows; screen readers read it first."""
    for name, text in (("w:tblCaption", title), ("w:tblDescription", description)):
        if text:
            element = OxmlElement(name)
            element.set(qn("w:val"), in_xml(text))
            table._tbl.tblPr.append(element)


def bytes_of(document: WordDocument) -> bytes:
    stored = BytesIO()
    document.save(stored)
    return dated(stored.getvalue())
