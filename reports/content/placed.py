"""Tables and pictures that stand in a text: they are printed there, and are then left out of the same chapter's own."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kit.rich import to_plain
from kit.rich.placing import parts_of, placed_in
from kit.rich.structure import Heading, PlacedNode, notes_of, rank_of
from reports.content.blocks import (
    ChapterBlock,
    HeadingBlock,
    NotesBlock,
    PictureBlock,
    PrintedChapter,
    ProseBlock,
    TableBlock,
    TogetherBlock,
    flat,
)


@dataclass(frozen=True)
class TextMaterial:
    """What a text may hold between its paragraphs: its reference, what kind of thing it is, and how it is printed."""

    ref: str
    kind: str
    caption: str
    blocks: tuple[ChapterBlock, ...]


def materials_in(blocks: Iterable[ChapterBlock]) -> Iterator[TextMaterial]:
    for block in flat(tuple(blocks)):
        if isinstance(block, TableBlock):
            yield TextMaterial(f"tabell-{block.name}", "Tabell", block.table.caption, (block,))
        elif isinstance(block, PictureBlock):
            yield TextMaterial(f"bild-{block.picture.key}", "Bild", block.picture.title, (block,))


def with_placed(chapter: PrintedChapter, materials: Iterable[TextMaterial]) -> PrintedChapter:
    """Return the chapter with its texts set around what stands in them; a reference that names nothing is left out."""
    texts = [block.prose.document for block in chapter.blocks if isinstance(block, ProseBlock) and block.prose.document]
    wanted = {placed.what for document in texts for placed in placed_in(document)}
    if not wanted:
        return chapter
    chosen = {each.ref: each for each in materials if each.ref in wanted}
    own = _without(chapter.blocks, [block for each in chosen.values() for block in each.blocks])
    blocks = [part for block in own for part in _set(block, chosen, chapter)]
    return replace(chapter, blocks=tuple(_headed(blocks)))


def _set(block: ChapterBlock, waiting: dict[str, TextMaterial], chapter: PrintedChapter) -> Iterator[ChapterBlock]:
    """Yield the block or, of a text with tables, its parts in order; what is set is taken out of `waiting`."""
    if not (isinstance(block, ProseBlock) and block.prose.document and placed_in(block.prose.document)):
        yield block
        return
    prose, document = block.prose, block.prose.document
    note, rank = prose.first_note, block.top - 1
    for part in parts_of(document):
        if isinstance(part, PlacedNode):
            material = waiting.pop(part.what, None)
            yield from (_apart(each, chapter) for each in (material.blocks if material else ()))
            continue
        piece = replace(prose, text=to_plain(part), document=part, first_note=note)
        yield replace(block, prose=piece, under=rank, with_notes=False)
        note += len(notes_of(part))
        for heading in part.blocks:
            rank = rank_of(heading, block.top, rank) if isinstance(heading, Heading) else rank
    if notes := notes_of(document):
        yield NotesBlock(tuple(notes), prose.first_note, block.anchor)


def _apart(block: ChapterBlock, chapter: PrintedChapter) -> ChapterBlock:
    """Return the block with ids and a name of its own, since it may stand in another chapter too."""
    if isinstance(block, TableBlock):
        return replace(block, where=chapter.title)
    if isinstance(block, PictureBlock):
        return replace(block, picture=replace(block.picture, key=f"{chapter.anchor}-{block.picture.key}"))
    return block


def _without(blocks: Iterable[ChapterBlock], left_out: Sequence[ChapterBlock]) -> tuple[ChapterBlock, ...]:
    kept: list[ChapterBlock] = []
    for block in blocks:
        if isinstance(block, TogetherBlock) and block not in left_out:
            if inner := _without(block.blocks, left_out):
                kept.append(replace(block, blocks=inner))
        elif block not in left_out:
            kept.append(block)
    return tuple(kept)


def _headed(blocks: Sequence[ChapterBlock]) -> Iterator[ChapterBlock]:
    """Yield the blocks without a heading whose table has gone from under it."""
    for place, block in enumerate(blocks):
        if not (isinstance(block, HeadingBlock) and _is_bare(block, blocks[place + 1 : place + 2])):
            yield block


def _is_bare(heading: HeadingBlock, after: Sequence[ChapterBlock]) -> bool:
    under = next(flat(tuple(after)), None)
    return under is None or (isinstance(under, HeadingBlock) and under.level <= heading.level)
