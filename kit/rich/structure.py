"""The structure of a text as frozen values, and how they are written as ProseMirror's JSON.

A new kind of node is a value here, a line in `reading`, and a case in each walker.
No two kinds have fields of the same names, so that `asdict` tells them apart in a checksum.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

DEEPEST_LIST = 3
HEADINGS = (1, 2)


@dataclass(frozen=True)
class Run:
    """Letters with the same marks; `href` is where a link leads."""

    text: str
    strong: bool = False
    em: bool = False
    href: str = ""

    def is_like(self, other: object) -> bool:
        marks = (self.strong, self.em, self.href)
        return isinstance(other, Run) and marks == (other.strong, other.em, other.href)


@dataclass(frozen=True)
class LineBreak:
    pass


@dataclass(frozen=True)
class Footnote:
    note: str


@dataclass(frozen=True)
class FigureNode:
    """A figure of the product in running text: its reference, and the words as they stand."""

    ref: str
    words: str


Inline = Run | LineBreak | Footnote | FigureNode


@dataclass(frozen=True)
class Paragraph:
    content: tuple[Inline, ...]


@dataclass(frozen=True)
class Heading:
    level: int
    content: tuple[Inline, ...]


@dataclass(frozen=True)
class ListItem:
    content: tuple[Inline, ...]
    nested: ItemList | None = None


@dataclass(frozen=True)
class ItemList:
    numbered: bool
    items: tuple[ListItem, ...]


@dataclass(frozen=True)
class Quotation:
    blocks: tuple[Paragraph | ItemList, ...]


@dataclass(frozen=True)
class PlacedNode:
    """A table or picture of the product between paragraphs: its reference, and its caption when it was put there."""

    what: str
    caption: str


Block = Paragraph | Heading | ItemList | Quotation | PlacedNode


@dataclass(frozen=True)
class Document:
    blocks: tuple[Block, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {"type": "doc", "content": [_block_json(block) for block in self.blocks]}


def inlines_of(document: Document) -> Iterator[Inline]:
    return (part for line in lines_of(document) for part in line)


def lines_of(document: Document) -> Iterator[tuple[Inline, ...]]:
    """Return what stands in each heading, paragraph and item, in reading order."""

    def within(block: Block) -> Iterator[tuple[Inline, ...]]:
        if isinstance(block, Quotation):
            for part in block.blocks:
                yield from within(part)
        elif isinstance(block, ItemList):
            for item in block.items:
                yield item.content
                if item.nested:
                    yield from within(item.nested)
        elif not isinstance(block, PlacedNode):
            yield block.content

    for block in document.blocks:
        yield from within(block)


def rank_of(heading: Heading, top: int, before: int) -> int:
    """Return a heading's rank, given that before it: none is left out, which a screen reader would miss."""
    return min(top + heading.level - 1, before + 1)


def notes_of(document: Document) -> list[str]:
    return [part.note for part in inlines_of(document) if isinstance(part, Footnote)]


# To JSON


def _block_json(block: Block) -> dict[str, Any]:
    match block:
        case Paragraph(content):
            return _node("paragraph", _inlines_json(content))
        case Heading(level, content):
            return {"type": "heading", "attrs": {"level": level}, "content": _inlines_json(content)}
        case Quotation(blocks):
            return _node("blockquote", [_block_json(part) for part in blocks])
        case ItemList(numbered, items):
            return _node("ordered_list" if numbered else "bullet_list", [_item_json(item) for item in items])
        case PlacedNode(what, caption):
            return {"type": "placed", "attrs": {"ref": what, "text": caption}}


def _item_json(item: ListItem) -> dict[str, Any]:
    nested = [_block_json(item.nested)] if item.nested else []
    return _node("list_item", [_node("paragraph", _inlines_json(item.content)), *nested])


def _inlines_json(content: tuple[Inline, ...]) -> list[dict[str, Any]]:
    return [_inline_json(part) for part in content]


def _inline_json(part: Inline) -> dict[str, Any]:
    match part:
        case LineBreak():
            return {"type": "hard_break"}
        case Footnote(note):
            return {"type": "footnote", "attrs": {"text": note}}
        case FigureNode(ref, words):
            return {"type": "figure", "attrs": {"ref": ref, "text": words}}
        case Run(text, strong, em, href):
            link = [{"type": "link", "attrs": {"href": href}}] if href else []
            marks = [*link, *([{"type": "strong"}] if strong else []), *([{"type": "em"}] if em else [])]
            return {"type": "text", "text": text} | ({"marks": marks} if marks else {})


def _node(kind: str, content: list[dict[str, Any]]) -> dict[str, Any]:
    return {"type": kind, "content": content}
