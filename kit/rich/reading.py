"""Reading of a stored document: ProseMirror's JSON, checked against the schema."""

from collections.abc import Callable, Mapping
from typing import Any

from kit.canonical import canonical
from kit.references.naming import is_ref
from kit.rich.addresses import is_address
from kit.rich.structure import (
    DEEPEST_LIST,
    HEADINGS,
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
from kit.rich.tidying import tidy


class NotADocument(ValueError):
    """A value does not follow the schema."""


def read_document(value: Any) -> Document:
    """Return the document in its one form; raise `NotADocument` for what does not follow the schema."""
    return tidy(Document(tuple(_read_block(part, _BLOCKS) for part in _content(value, "doc"))))


def _content(node: Any, kind: str, *attributes: str) -> list[Any]:
    if not isinstance(node, dict) or node.get("type") != kind:
        raise NotADocument(f"{_type_of(node)!r} where {kind!r} belongs")
    _only(node, {"type", "content", *(["attrs"] if attributes else [])})
    content = node.get("content", [])
    if not isinstance(content, list):
        raise NotADocument(f"the content of {kind!r} is no list")
    return content


def _type_of(node: Any) -> Any:
    return node.get("type") if isinstance(node, dict) else node


def _only(node: Mapping[str, Any], keys: set[str]) -> None:
    if not node.keys() <= keys:
        raise NotADocument(f"{node.get('type')!r} has {', '.join(map(repr, sorted(node.keys() - keys)))}")


def _read_block(node: Any, kinds: Mapping[str, Callable[[Any], Any]]) -> Any:
    kind = _type_of(node)
    if not isinstance(kind, str) or kind not in kinds:
        raise NotADocument(f"{kind!r} is no block here")
    return kinds[kind](node)


def _paragraph(node: Any) -> Paragraph:
    return Paragraph(_inlines(_content(node, "paragraph")))


def _heading(node: Any) -> Heading:
    content = _inlines(_content(node, "heading", "attrs"))
    level = _attribute(node, "level")
    if type(level) is not int or level not in HEADINGS:
        raise NotADocument("a heading has level 1 or 2")
    return Heading(level, content)


def _quote(node: Any) -> Quotation:
    return Quotation(tuple(_read_block(part, _IN_QUOTE) for part in _content(node, "blockquote")))


def _bullets(node: Any) -> ItemList:
    return _list(node, depth=1)


def _list(node: Any, depth: int) -> ItemList:
    kind = _type_of(node)
    if depth > DEEPEST_LIST:
        raise NotADocument(f"a list is at most {DEEPEST_LIST} deep")
    return ItemList(kind == "ordered_list", tuple(_item(part, depth) for part in _content(node, kind)))


def _item(node: Any, depth: int) -> ListItem:
    first, *rest = _content(node, "list_item") or [None]
    if len(rest) > 1 or any(_type_of(part) not in ("bullet_list", "ordered_list") for part in rest):
        raise NotADocument("a list item has a paragraph, and perhaps a list")
    return ListItem(_paragraph(first).content, _list(rest[0], depth + 1) if rest else None)


def _inlines(nodes: list[Any]) -> tuple[Inline, ...]:
    return tuple(_inline(node) for node in nodes)


def _inline(node: Any) -> Inline:
    kind = _type_of(node)
    if kind == "text":
        return _run(node)
    if kind == "hard_break":
        _only(node, {"type"})
        return LineBreak()
    if kind == "footnote":
        _only(node, {"type", "attrs"})
        return Footnote(_storable(_attribute(node, "text")))
    if kind == "figure":
        return _figure(node)
    raise NotADocument(f"{kind!r} does not stand in a line")


def _figure(node: Any) -> FigureNode:
    return FigureNode(*_ref_and_words(node))


def _placed(node: Any) -> PlacedNode:
    return PlacedNode(*_ref_and_words(node))


def _ref_and_words(node: Any) -> tuple[str, str]:
    _only(node, {"type", "attrs"})
    ref, words = _attributes(node, "ref", "text")
    if not is_ref(ref):
        raise NotADocument(f"{ref!r} is no reference")
    return ref, _storable(words)


def _run(node: Any) -> Run:
    _only(node, {"type", "text", "marks"})
    marks = node.get("marks", [])
    if not isinstance(marks, list):
        raise NotADocument("marks are a list")
    return Run(_storable(node.get("text")), **dict(_mark(mark) for mark in marks))


def _mark(mark: Any) -> tuple[str, Any]:
    kind = _type_of(mark)
    if kind == "link":
        _only(mark, {"type", "attrs"})
        href = _attribute(mark, "href")
        if not is_address(href):
            raise NotADocument("a link leads to http:, https: or mailto:")
        return "href", href
    if kind in ("strong", "em"):
        _only(mark, {"type"})
        return str(kind), True
    raise NotADocument(f"{kind!r} is no mark")


def _attribute(node: Mapping[str, Any], name: str) -> Any:
    return _attributes(node, name)[0]


def _attributes(node: Mapping[str, Any], *names: str) -> list[Any]:
    attributes = node.get("attrs")
    if not isinstance(attributes, dict) or set(attributes) != set(names):
        raise NotADocument(f"{node.get('type')!r} has {' and '.join(map(repr, names))}, and no other attribute")
    return [attributes[name] for name in names]


def _storable(text: Any) -> str:
    if not isinstance(text, str):
        raise NotADocument(f"{text!r} is no text")
    return canonical(text)


_IN_QUOTE: Mapping[str, Callable[[Any], Any]] = {
    "paragraph": _paragraph,
    "bullet_list": _bullets,
    "ordered_list": _bullets,
}
_BLOCKS: Mapping[str, Callable[[Any], Any]] = {
    **_IN_QUOTE,
    "heading": _heading,
    "blockquote": _quote,
    "placed": _placed,
}
