"""The styles of a report in Word: the program's own names, so that a reader's contents list and outline work."""

from typing import Any

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from kit.ramp import RAMPS
from kit.word.document import FONT, INK, THEME_FONTS
from kit.word.fields import element

MUTED, LINE, WASH, AMBER = RGBColor(0x4F, 0x5B, 0x64), "C3CBD0", "F3F5F5", "FFF3D9"
# Name, size, space above and below, in points.
BOOK = (
    ("Normal", 10.5, 0, 6),
    ("Title", 30, 130, 10),
    ("Subtitle", 14, 0, 18),
    ("Heading 1", 18, 24, 8),
    ("Heading 2", 13, 16, 4),
    ("Heading 3", 11, 10, 3),
    ("TOC Heading", 18, 0, 8),
    ("Caption", 9.5, 12, 4),
    ("Quote", 11, 6, 2),
    ("List Bullet", 10.5, 0, 3),
    ("Header", 8.5, 0, 0),
    ("Footer", 8.5, 0, 0),
)
# Ours, each with the style that it is based on.
OWN = (
    ("Ingress", "Normal", 13, 0, 10),
    ("Dämpad", "Normal", 9.5, 0, 4),
    ("Källa", "Normal", 9, 0, 10),
    ("Ruta", "Normal", 10, 0, 0),
    ("Rutrubrik", "Ruta", 10.5, 12, 0),
    ("Märkning", "Normal", 10.5, 8, 8),
    ("Tabelltext", "Normal", 9.5, 2, 2),
    ("toc 1", "Normal", 10.5, 4, 2),
    ("toc 2", "Normal", 10, 0, 2),
)


def dress(document: WordDocument) -> None:
    for name, base, *_ in OWN:
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles[base]
        style.next_paragraph_style = document.styles["Normal"]
    for name, size, before, after in (*BOOK, *((name, *sizes) for name, _, *sizes in OWN)):
        _set(document.styles[name], size, before, after)
    _colours(document)
    for name, fill in (("Ruta", WASH), ("Rutrubrik", WASH), ("Märkning", AMBER)):
        _paint(document.styles[name], fill)
    document.styles["toc 2"].paragraph_format.left_indent = Cm(0.6)
    for name in ("Quote", "Källa"):
        document.styles[name].paragraph_format.left_indent = Cm(0.7)
    for name in ("Caption", "Quote", "Rutrubrik"):
        document.styles[name].paragraph_format.keep_with_next = True
    for name in ("Ruta", "Quote", "List Bullet"):
        document.styles[name].paragraph_format.keep_together = True
    _line_beside(document.styles["Quote"])
    # The template's own stops would hold the page number in the middle.
    _take_away(document.styles["Footer"], "w:tabs")


def _set(style: Any, size: float, before: float, after: float) -> None:
    style.font.name, style.font.size = FONT, Pt(size)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    style.paragraph_format.line_spacing = 1.15
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for part in ("eastAsia", "cs"):
        fonts.set(qn(f"w:{part}"), FONT)
    for theme in THEME_FONTS:
        fonts.attrib.pop(qn(f"w:{theme}"), None)


def _colours(document: WordDocument) -> None:
    for name in ("Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3", "TOC Heading", "Caption"):
        document.styles[name].font.color.rgb = INK
    for name in ("Dämpad", "Källa", "Header", "Footer"):
        document.styles[name].font.color.rgb = MUTED
    quote = document.styles["Quote"]
    quote.font.italic, quote.font.color.rgb = False, RGBColor(0x25, 0x32, 0x3B)
    for name in ("Title", "Rutrubrik", "Märkning", "Heading 3", "toc 1"):
        document.styles[name].font.bold = True
    document.styles["Subtitle"].font.italic = False
    document.styles["Subtitle"].font.bold = False
    _take_away(document.styles["Title"], "w:pBdr")


def _take_away(style: Any, part: str) -> None:
    for child in style.element.pPr.findall(qn(part)):
        style.element.pPr.remove(child)


def _line_beside(style: Any) -> None:
    borders = element("w:pBdr")
    borders.append(element("w:left", val="single", sz="18", space="8", color=RAMPS[4][1].fill.removeprefix("#")))
    _put(style, borders)


def _paint(style: Any, fill: str) -> None:
    style.paragraph_format.left_indent = style.paragraph_format.right_indent = Cm(0.2)
    shade = element("w:shd", val="clear", color="auto", fill=fill)
    _put(style, shade)


def _put(style: Any, part: Any) -> None:
    # The order of the parts of a paragraph's properties counts: borders and shading stand before these.
    style.element.pPr.insert_element_before(part, "w:tabs", "w:spacing", "w:ind", "w:contextualSpacing", "w:outlineLvl")
