"""The figures of the product in a document: found, exchanged, and taken for words alone."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from kit.rich.structure import Document, FigureNode, Inline, ItemList, ListItem, PlacedNode, Quotation, inlines_of
from kit.rich.tidying import tidy


def figures_of(document: Document) -> list[FigureNode]:
    return [part for part in inlines_of(document) if isinstance(part, FigureNode)]


def with_figures(document: Document, settle: Callable[[FigureNode], Inline]) -> Document:
    def line(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
        return tuple(settle(part) if isinstance(part, FigureNode) else part for part in content)

    def settled(block: Any) -> Any:
        match block:
            case Quotation(blocks):
                return Quotation(tuple(map(settled, blocks)))
            case ItemList(numbered, items):
                nested = [settled(item.nested) if item.nested else None for item in items]
                rows = zip(items, nested, strict=True)
                return ItemList(numbered, tuple(ListItem(line(item.content), inner) for item, inner in rows))
            case PlacedNode():
                return block
            case _:
                return replace(block, content=line(block.content))

    return tidy(Document(tuple(map(settled, document.blocks))))
