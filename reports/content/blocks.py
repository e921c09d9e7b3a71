"""The parts that every printer sets: a report is chapters, and a chapter is blocks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from kit.pdf import ContentsLine
from kit.pictures import Picture, PictureTable
from kit.references.naming import ref_of
from reports.content.base import Number, Prose, numbers_in, numbers_of


@dataclass(frozen=True)
class ChapterBlock:
    """The base of all blocks; `template` prints one as HTML, on the page and in the PDF."""

    template: ClassVar[str]


@dataclass(frozen=True)
class HeadingBlock(ChapterBlock):
    text: str
    level: int = 3
    anchor: str = ""
    template: ClassVar[str] = "reports/blocks/heading.html"


@dataclass(frozen=True)
class TextBlock(ChapterBlock):
    """Typed text, in its own paragraphs and lists. `kind` is "", "lead", "muted", "source" or "about"."""

    text: str
    kind: str = ""
    template: ClassVar[str] = "reports/blocks/text.html"


@dataclass(frozen=True)
class ProseBlock(ChapterBlock):
    """A text with its structure; its headings begin at rank `top`, and `anchor` names it on a page.

    Around a table there are several: one that goes on stands `under` a heading of that rank, and the notes come last.
    """

    prose: Prose
    anchor: str
    top: int = 3
    under: int = 0
    with_notes: bool = True
    template: ClassVar[str] = "reports/blocks/prose.html"


@dataclass(frozen=True)
class NotesBlock(ChapterBlock):
    """The footnotes of a text that is printed in parts, on pages without footnotes of their own."""

    notes: tuple[str, ...]
    first: int
    anchor: str
    template: ClassVar[str] = "reports/blocks/notes.html"


@dataclass(frozen=True)
class PointLine:
    """A line of a list; `about` is its subject, printed in bold before it."""

    text: str
    about: str = ""


@dataclass(frozen=True)
class ListBlock(ChapterBlock):
    points: tuple[PointLine, ...]
    template: ClassVar[str] = "reports/blocks/list.html"


@dataclass(frozen=True)
class LeadBlock(ChapterBlock):
    """The title of an example in bold, and whose it is."""

    title: str
    whose: str
    template: ClassVar[str] = "reports/blocks/lead.html"


@dataclass(frozen=True)
class QuoteBlock(ChapterBlock):
    """A text of another report, with its source; `anchor` and `number` name it on a page."""

    prose: Prose
    source: str
    anchor: str
    number: int
    template: ClassVar[str] = "reports/blocks/quote.html"


@dataclass(frozen=True)
class BoxBlock(ChapterBlock):
    title: str
    text: str
    level: int = 3
    template: ClassVar[str] = "reports/blocks/box.html"


@dataclass(frozen=True)
class FigureTable(PictureTable):
    """A table whose figures have references, by the `key` of the table; `number` is 0 where tables have none."""

    key: str = ""
    number: int = 0

    @property
    def heading(self) -> str:
        return f"Tabell {self.number}. {self.caption}" if self.number else self.caption

    def ref(self, row: tuple[str, ...], place: int) -> str:
        return ref_of(self.key, row[0], self.headers[place], row[place]) if self.key and place else ""


@dataclass(frozen=True)
class TableBlock(ChapterBlock):
    """A table; `name` is its own in the report, as its address has it.

    `where` is the heading of the text that it stands in: it may stand elsewhere on the page too.
    """

    name: str
    table: FigureTable
    where: str = ""
    template: ClassVar[str] = "reports/blocks/table.html"


@dataclass(frozen=True)
class PictureBlock(ChapterBlock):
    """A picture. `words` say under it what it shows, where pictures have numbers."""

    picture: Picture
    words: str = ""
    number: int = 0
    template: ClassVar[str] = "reports/blocks/picture.html"


@dataclass(frozen=True)
class TogetherBlock(ChapterBlock):
    """Blocks that stay on one page."""

    blocks: tuple[ChapterBlock, ...]
    template: ClassVar[str] = "reports/blocks/together.html"


@dataclass(frozen=True)
class PrintedChapter:
    """What stands under a heading of the contents list. One without a title stands before or after them all."""

    anchor: str
    title: str
    blocks: tuple[ChapterBlock, ...]
    part: str = ""
    new_page: bool = False

    @property
    def contents(self) -> tuple[ContentsLine, ...]:
        """Return the chapter's lines of the contents list: its own, and its headings that have an anchor."""
        if not self.title:
            return ()
        lower = (block for block in flat(self.blocks) if isinstance(block, HeadingBlock) and block.anchor)
        return (ContentsLine(self.anchor, self.title), *(ContentsLine(b.anchor, b.text, b.level) for b in lower))

    @property
    def tables(self) -> tuple[TableBlock, ...]:
        return tuple(block for block in flat(self.blocks) if isinstance(block, TableBlock))


def flat(blocks: tuple[ChapterBlock, ...]) -> Iterator[ChapterBlock]:
    for block in blocks:
        if isinstance(block, TogetherBlock):
            yield from flat(block.blocks)
        else:
            yield block


def table_block(table: PictureTable, name: str, key: str = "") -> TableBlock:
    return TableBlock(name, FigureTable(table.caption, table.headers, table.rows, key))


def numbers_in_chapters(chapters: Iterable[PrintedChapter]) -> tuple[Number, ...]:
    blocks = (block for chapter in chapters for block in flat(chapter.blocks))
    return tuple(number for block in blocks for number in _numbers_of(block))


def _numbers_of(block: ChapterBlock) -> tuple[Number, ...]:
    if isinstance(block, TableBlock):
        return numbers_of(block.table.key, block.table) if block.table.key else ()
    return numbers_in([block.prose]) if isinstance(block, ProseBlock) else ()
