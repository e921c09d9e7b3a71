"""The tables and pictures of the product in a document: found, taken out, and the text between them."""

from collections.abc import Iterator
from itertools import groupby

from kit.rich.structure import Document, PlacedNode
from kit.rich.tidying import tidy


def placed_in(document: Document) -> list[PlacedNode]:
    return [block for block in document.blocks if isinstance(block, PlacedNode)]


def without_placed(document: Document) -> Document:
    return tidy(Document(tuple(block for block in document.blocks if not isinstance(block, PlacedNode))))


def parts_of(document: Document) -> Iterator[Document | PlacedNode]:
    """Return the document in order: each table or picture, and each text between two."""
    for is_placed, blocks in groupby(document.blocks, lambda block: isinstance(block, PlacedNode)):
        if is_placed:
            yield from (block for block in blocks if isinstance(block, PlacedNode))
        else:
            yield Document(tuple(blocks))
