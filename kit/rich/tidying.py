"""The one form of a document: what looks the same is stored the same, and survives Markdown and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from kit.canonical import canonical_line
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
)

LONGEST_NOTE = 1000
LONGEST_FIGURE = 100
LONGEST_CAPTION = 300


def tidy(document: Document) -> Document:
    return Document(tuple(_joined(_tidy_blocks(document.blocks))))


def _tidy_blocks(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        match block:
            case Paragraph(content):
                yield from map(Paragraph, _split(tidy_line(content)))
            case Heading(level, content):
                if line := tidy_line(_in_one_line(content)):
                    # A footnote alone names nothing.
                    is_named = not all(isinstance(part, Footnote) for part in line)
                    yield Heading(level, line) if is_named else Paragraph(line)
            case ItemList(numbered, items):
                if tidied := tuple(_tidy_items(items)):
                    yield ItemList(numbered, tidied)
            case Quotation(inner):
                if parts := tuple(_joined(_tidy_blocks(inner))):
                    yield Quotation(parts)  # type: ignore[arg-type]
            case PlacedNode():
                yield from _tidy_placed(block)


def _tidy_placed(block: PlacedNode) -> Iterator[PlacedNode]:
    if caption := canonical_line(block.caption)[:LONGEST_CAPTION].strip():
        yield PlacedNode(block.what, caption)


def _joined(blocks: Iterable[Block]) -> Iterator[Block]:
    """Return the blocks with lists of the same kind as one where nothing stands between them."""
    last: Block | None = None
    for block in blocks:
        if isinstance(last, ItemList) and isinstance(block, ItemList) and last.numbered == block.numbered:
            last = ItemList(last.numbered, last.items + block.items)
        else:
            if last:
                yield last
            last = block
    if last:
        yield last


def _tidy_items(items: Iterable[ListItem]) -> Iterator[ListItem]:
    for item in items:
        nested = tuple(_tidy_items(item.nested.items)) if item.nested else ()
        line = tidy_line(item.content, doubled=False)
        if line:
            yield ListItem(line, ItemList(item.nested.numbered, nested) if item.nested and nested else None)
        else:
            yield from nested


def _in_one_line(content: Iterable[Inline]) -> Iterator[Inline]:
    for part in content:
        if isinstance(part, LineBreak):
            yield Run(" ")
        else:
            # A heading is as bold as it gets.
            yield replace(part, text=part.text.replace("\n", " "), strong=False) if isinstance(part, Run) else part


def _split(line: tuple[Inline, ...]) -> Iterator[tuple[Inline, ...]]:
    """Return what stands between two line ends in a row, which look like the space between paragraphs."""
    part: list[Inline] = []
    for place, piece in enumerate(line):
        if isinstance(piece, LineBreak) and isinstance(line[place - 1], LineBreak):
            part.pop()
            yield tuple(part)
            part = []
        else:
            part.append(piece)
    if part:
        yield tuple(part)


def tidy_line(content: Iterable[Inline], *, doubled: bool = True) -> tuple[Inline, ...]:
    """Return a line without space at the ends of lines and of marks, and at most two line ends in a row."""
    pieces = list(_unmarked_space(_pieces(content)))
    lines = [_joined_runs(_stripped(list(line))) for is_break, line in groupby(pieces, _is_break) if not is_break]
    breaks = [len(list(line)) for is_break, line in groupby(pieces, _is_break) if is_break]
    if pieces and _is_break(pieces[0]):
        breaks = breaks[1:]
    return tuple(_with_breaks(lines, breaks, most=2 if doubled else 1))


def _with_breaks(lines: list[list[Inline]], breaks: list[int], most: int) -> list[Inline]:
    result: list[Inline] = []
    waiting = 0
    for place, line in enumerate(lines):
        if line:
            result += [LineBreak()] * (min(waiting, most) if result else 0)
            result += line
            waiting = 0
        waiting += breaks[place] if place < len(breaks) else 0
    return result


def _is_break(part: Inline) -> bool:
    return isinstance(part, LineBreak)


def _pieces(content: Iterable[Inline]) -> Iterator[Inline]:
    """Return the runs cut at line ends, and into words and the space between them."""
    for part in content:
        if isinstance(part, Footnote):
            if note := canonical_line(part.note)[:LONGEST_NOTE].strip():
                yield Footnote(note)
        elif isinstance(part, FigureNode):
            if words := canonical_line(part.words)[:LONGEST_FIGURE].strip():
                yield FigureNode(part.ref, words)
        elif isinstance(part, LineBreak):
            yield part
        else:
            for place, line in enumerate(part.text.split("\n")):
                if place:
                    yield LineBreak()
                for _, signs in groupby(line, str.isspace):
                    yield replace(part, text="".join(signs))


def _unmarked_space(pieces: Iterable[Inline]) -> Iterator[Inline]:
    """Return the pieces with space marked only where the words on both sides of it are."""
    before: Inline | None = None
    spaces: list[Run] = []
    for piece in pieces:
        if isinstance(piece, Run) and piece.text.isspace():
            spaces.append(piece)
            continue
        yield from (_between(before, space, piece) for space in spaces)
        spaces = []
        yield piece
        before = piece
    yield from (Run(space.text) for space in spaces)


def _between(before: Inline | None, space: Run, after: Inline) -> Run:
    if not (isinstance(before, Run) and isinstance(after, Run)):
        return Run(space.text)
    href = before.href if before.href == after.href else ""
    return Run(space.text, before.strong and after.strong, before.em and after.em, href)


def _stripped(line: list[Inline]) -> list[Inline]:
    def is_space(part: Inline) -> bool:
        return isinstance(part, Run) and part.text.isspace()

    while line and is_space(line[0]):
        line = line[1:]
    while line and is_space(line[-1]):
        line = line[:-1]
    return line


def _joined_runs(line: list[Inline]) -> list[Inline]:
    result: list[Inline] = []
    for part in line:
        last = result[-1] if result else None
        if isinstance(part, Run) and isinstance(last, Run) and last.is_like(part):
            result[-1] = replace(last, text=last.text + part.text)
        else:
            result.append(part)
    return result
