"""The tables and pictures of the product in a document: found, taken out, and the text between them."""

from collections.abc import Iterator
from itertools import groupby

from kit.rich.structure import Document, Placed
from kit.rich.tidying import tidy


def placed_in(document: Document) -> list[Placed]:
    return [block for block in document.blocks if isinstance(block, Placed)]


def without_placed(document: Document) -> Document:
    return tidy(Document(tuple(block for block in document.blocks if not isinstance(block, Placed))))


def parts_of(document: Document) -> Iterator[Document | Placed]:
    """Return the document in order: each table or picture, and each text between two."""
    for is_placed, blocks in groupby(document.blocks, lambda block: isinstance(block, Placed)):
        if is_placed:
            yield from (block for block in blocks if isinstance(block, Placed))
        else:
            yield Document(tuple(blocks))
