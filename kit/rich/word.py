"""A document as paragraphs of a Word document: real headings, lists and footnotes."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.parts.story import StoryPart
from docx.shared import Pt
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run as WordRun

from kit.prose import with_links
from kit.rich.structure import (
    Block,
    Document,
    FigureNode,
    Footnote,
    Heading,
    Inline,
    ItemList,
    LineBreak,
    Paragraph,
    PlacedNode,
    Quotation,
    Run,
    rank_of,
)
from kit.signs import in_xml
from kit.word.document import lead

NOTE_TEXT, NOTE_CALL = "footnote text", "footnote reference"
FOOTNOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
# Word wants a line and its continuation before the first note.
SEPARATORS = "".join(
    f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{tag}/></w:r></w:p></w:footnote>'
    for number, kind, tag in (
        (-1, "separator", "separator"),
        (0, "continuationSeparator", "continuationSeparator"),
    )
)


def write_docx(
    word: WordDocument,
    document: Document,
    *,
    top: int = 3,
    style: str = "Normal",
    under: int = 0,
    name: Callable[[WordRun, str], None] | None = None,
) -> None:
    """Add the document to the end of `word`; its highest heading is of rank `top`, and `style` that of paragraphs.

    `name` gives the run of a figure its reference; a text that goes on stands `under` a heading of that rank.
    """
    writer = _WordWriter(word, top, name)
    writer.last_rank = under or writer.last_rank
    for block in document.blocks:
        writer.block(block, style)


class _WordWriter:
    def __init__(self, word: WordDocument, top: int, name: Callable[[WordRun, str], None] | None) -> None:
        self.word, self.top, self.last_rank, self.name = word, top, top - 1, name

    def block(self, block: Block, style: str = "Normal") -> None:
        match block:
            case Paragraph(content):
                self.line(self.word.add_paragraph(style=style), content)
            case Heading(_, content):
                self.last_rank = rank_of(block, self.top, self.last_rank)
                self.line(self.word.add_paragraph(style=f"Heading {self.last_rank}"), content)
            case Quotation(blocks):
                for part in blocks:
                    self.block(part, "Quote")
            case ItemList():
                self.items(block, depth=1)
            case PlacedNode(_, caption):
                self.word.add_paragraph(in_xml(f"[Tabell eller bild: {caption}]"), style=style)

    def items(self, items: ItemList, depth: int) -> None:
        style = f"List {'Number' if items.numbered else 'Bullet'}{f' {depth}' if depth > 1 else ''}"
        number = self.counted_anew(style) if items.numbered else None
        for item in items.items:
            line = self.word.add_paragraph(style=style)
            if number is not None:
                properties = line._p.get_or_add_pPr().get_or_add_numPr()
                properties.get_or_add_ilvl().val, properties.get_or_add_numId().val = 0, number
            self.line(line, item.content)
            if item.nested:
                self.items(item.nested, depth + 1)

    def counted_anew(self, style: str) -> int:
        """Return the number of a new counter of the style, since all lists of a style share one."""
        numbering = self.word.part.numbering_part.element
        of_style = self.word.styles[style].element.pPr.numPr.numId.val
        shared = next(num for num in numbering.num_lst if num.numId == of_style)
        num = numbering.add_num(shared.abstractNumId.val)
        num.add_lvlOverride(ilvl=0).add_startOverride(1)
        return int(num.numId)

    def line(self, line: WordParagraph, content: Iterable[Inline]) -> None:
        for part in content:
            match part:
                case LineBreak():
                    line.add_run().add_break()
                case Footnote(note):
                    self.call(line, note)
                case FigureNode(ref, words):
                    run = line.add_run(in_xml(words))
                    if self.name:
                        self.name(run, ref)
                case Run(text, strong, em, href):
                    pieces = [(text, href)] if href else with_links(text)
                    for piece, address in pieces:
                        run = line.add_run(in_xml(piece))
                        run.bold, run.italic = strong or None, em or None
                        if address:
                            lead(run, line, address)

    def call(self, line: WordParagraph, note: str) -> None:
        part = _footnotes(self.word)
        number = len(part.element) - 1
        call = line.add_run(style=NOTE_CALL)
        call._r.append(_numbered("w:footnoteReference", number))
        element = _numbered("w:footnote", number)
        part.element.append(element)
        paragraph = OxmlElement("w:p")
        element.append(paragraph)
        text = WordParagraph(paragraph, _OfFootnotes(part))
        text.style = NOTE_TEXT
        text.add_run(style=NOTE_CALL)._r.append(OxmlElement("w:footnoteRef"))
        text.add_run(" ")
        for piece, address in with_links(note):
            run: WordRun = text.add_run(in_xml(piece))
            if address:
                lead(run, text, address)


class _OfFootnotes:
    """What a paragraph asks its parent for."""

    def __init__(self, part: StoryPart) -> None:
        self.part = part


def _numbered(tag: str, number: int) -> BaseOxmlElement:
    element = OxmlElement(tag)
    element.set(qn("w:id"), str(number))
    return element


def _footnotes(word: WordDocument) -> StoryPart:
    """Return the document's part of footnotes; numbers rise in the text's order, or LibreOffice exchanges the notes."""
    for relation in word.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.FOOTNOTES:
            return relation.target_part
    _add_styles(word)
    root = parse_xml(f"<w:footnotes {nsdecls('w', 'r')}>{SEPARATORS}</w:footnotes>")
    part = StoryPart(PackURI("/word/footnotes.xml"), FOOTNOTES_TYPE, root, word.part.package)
    word.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    return part


def _add_styles(word: WordDocument) -> None:
    text = word.styles.add_style(NOTE_TEXT, WD_STYLE_TYPE.PARAGRAPH)
    text.base_style = word.styles["Normal"]
    text.font.size, text.paragraph_format.space_after = Pt(9), Pt(2)
    call = word.styles.add_style(NOTE_CALL, WD_STYLE_TYPE.CHARACTER)
    call.font.superscript = True
