"""A document as plain text, which is what is searched, counted and read where no structure is shown; and back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from kit.canonical import canonical
from kit.prose import split_in_paragraphs
from kit.rich.reading import NotADocument, read_document
from kit.rich.structure import (
    Block,
    Document,
    FigureNode,
    Footnote,
    Heading,
    Inline,
    ItemList,
    LineBreak,
    ListItem,
    Paragraph,
    PlacedNode,
    Quotation,
    Run,
    lines_of,
    notes_of,
)
from kit.rich.tidying import tidy

# A dash is left alone: it begins what somebody says.
_BULLET = re.compile(r"\s*[-•·*▪◦]\s+(?=\S)")
_NUMBER = re.compile(r"\s*(\d{1,2})[.)]\s+(?=\S)")


def to_plain(document: Document, *, first_note: int = 1, with_addresses: bool = True) -> str:
    """Return the words, with lists as they are typed, links with their address and footnotes last."""
    writer = _PlainWriter(first_note, with_addresses)
    text = writer.blocks(document.blocks)
    notes = [f"[{number}] {note}" for number, note in enumerate(notes_of(document), first_note)]
    return "\n\n".join(filter(None, (text, "\n".join(notes))))


def running_words(document: Document) -> str:
    """Return the words as one runs through them: without signs of lists, addresses and footnotes."""
    lines = ("".join(map(_words, line)) for line in lines_of(document))
    return " ".join(" ".join(lines).split())


def _words(part: Inline) -> str:
    match part:
        case Run(text) | FigureNode(_, text):
            return text
        case LineBreak():
            return " "
        case Footnote():
            return ""


def length_of(document: Document) -> int:
    """Return the number of signs that a reader sees."""
    return len(to_plain(document, with_addresses=False))


class _PlainWriter:
    def __init__(self, first_note: int, with_addresses: bool) -> None:
        self.next_note, self.with_addresses = first_note, with_addresses

    def blocks(self, blocks: Iterable[Block]) -> str:
        text, before = "", None
        for block in blocks:
            # A list stands close to the line that it belongs to.
            close = isinstance(before, Paragraph) and isinstance(block, ItemList)
            text += ("" if before is None else "\n" if close else "\n\n") + self.block(block)
            before = block
        return text

    def block(self, block: Block) -> str:
        match block:
            case Paragraph(content) | Heading(_, content):
                return self.line(content)
            case Quotation(blocks):
                return self.blocks(blocks)
            case ItemList():
                return "\n".join(self.items(block, ""))
            case PlacedNode(_, caption):
                return caption

    def items(self, items: ItemList, indent: str) -> Iterator[str]:
        for number, item in enumerate(items.items, 1):
            sign = f"{number}. " if items.numbered else "- "
            inner = indent + " " * len(sign)
            yield indent + sign + self.line(item.content).replace("\n", f"\n{inner}")
            if item.nested:
                yield from self.items(item.nested, inner)

    def line(self, content: Iterable[Inline]) -> str:
        return "".join(self.linked(href, list(parts)) for href, parts in groupby(content, _href_of))

    def linked(self, href: str, parts: list[Inline]) -> str:
        text = "".join(self.inline(part) for part in parts)
        if not (href and self.with_addresses) or text in (href, href.removeprefix("mailto:")):
            return text
        return f"{text} ({href.removeprefix('mailto:')})"

    def inline(self, part: Inline) -> str:
        match part:
            case Run(text) | FigureNode(_, text):
                return text
            case LineBreak():
                return "\n"
            case Footnote():
                self.next_note += 1
                return f"[{self.next_note - 1}]"


def _href_of(part: Inline) -> str:
    return part.href if isinstance(part, Run) else ""


def from_plain(text: str) -> Document:
    """Return typed text as a document: paragraphs between empty lines, their lines, and lists of two lines or more."""
    return tidy(Document(tuple(block for part in split_in_paragraphs(canonical(text)) for block in _blocks(part))))


def _blocks(paragraph: str) -> Iterator[Block]:
    plain: list[str] = []
    for kind, run in groupby(paragraph.split("\n"), _kind_of_line):
        lines = list(run)
        if kind and len(lines) > 1 and _is_in_order(lines):
            if plain:
                yield _paragraph(plain)
            yield ItemList(kind == "number", tuple(ListItem((Run(_without_sign(line)),)) for line in lines))
            plain = []
        else:
            plain += lines
    if plain:
        yield _paragraph(plain)


def _kind_of_line(line: str) -> str:
    return "bullet" if _BULLET.match(line) else "number" if _NUMBER.match(line) else ""


def _is_in_order(lines: list[str]) -> bool:
    """True for bullets, and for numbers 1, 2, 3: a list counts anew, and must not say other numbers than were typed."""
    numbers = [int(match[1]) for line in lines if (match := _NUMBER.match(line))]
    return not numbers or numbers == list(range(1, len(lines) + 1))


def _without_sign(line: str) -> str:
    return _NUMBER.sub("", line, count=1) if _NUMBER.match(line) else _BULLET.sub("", line, count=1)


def _paragraph(lines: list[str]) -> Paragraph:
    return Paragraph((Run("\n".join(lines)),))


# How a document is stored: its words, and its structure where the words alone do not say all


def stored(document: Document) -> tuple[str, dict[str, Any] | None]:
    text = to_plain(document)
    is_plain = all(isinstance(block, Paragraph) for block in document.blocks) and from_plain(text) == document
    return text, None if is_plain else document.as_json()


def restored(text: str, structure: Any) -> Document:
    """Return the stored document; words that were changed without their structure, as when a name is erased, count."""
    if structure is not None:
        try:
            document = read_document(structure)
        except NotADocument:
            return from_plain(text)
        if to_plain(document) == text:
            return document
    return from_plain(text)
