"""The blocks of a chapter as plain text, for formats without pages."""

from collections.abc import Iterable

from reports.content.base import table_lines
from reports.content.blocks import (
    BoxBlock,
    ChapterBlock,
    HeadingBlock,
    LeadBlock,
    ListBlock,
    NotesBlock,
    PictureBlock,
    ProseBlock,
    QuoteBlock,
    TableBlock,
    TextBlock,
    flat,
)


def words_of(blocks: tuple[ChapterBlock, ...]) -> str:
    return "\n".join(line for block in flat(blocks) for line in _lines(block) if line)


def _lines(block: ChapterBlock) -> Iterable[str]:
    match block:
        case HeadingBlock() | TextBlock():
            yield block.text
        case ProseBlock():
            yield block.prose.words
        case NotesBlock():
            # They stand with the words of each part.
            return
        case QuoteBlock():
            yield f"{block.prose.words} ({block.source})"
        case ListBlock():
            yield from (f"{point.about} {point.text}".strip() for point in block.points)
        case LeadBlock():
            yield f"{block.title} – {block.whose}"
        case BoxBlock():
            yield f"{block.title}: {block.text}"
        case TableBlock():
            yield from table_lines(block.table)
        case PictureBlock():
            yield from dict.fromkeys((f"{block.picture.title}. {block.picture.description}", block.words))
        case _:
            raise NotImplementedError(type(block).__name__)
