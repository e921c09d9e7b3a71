r"""The subset of Markdown that a textarea shows where there is no editor, and that the editor sends.

`# ` and `## ` begin a heading, `- ` and `1. ` an item of a list, `> ` a quotation. `*em*`, `**strong**`,
`[text](address)`, `^[footnote]`, `[words]{reference}` for a figure of the product, `![caption]{reference}` alone on a
line for a table or picture of it; a backslash before a sign takes its meaning away. Unlike in CommonMark a line end
stays, stars switch a mark on and off and need not be nested, and HTML is text. front-end/editor/markdown.js does the
same, and tests/browser/test_editor.py compares the two.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from kit.canonical import canonical
from kit.references.naming import REF, is_ref
from kit.rich.addresses import is_address
from kit.rich.structure import (
    DEEPEST_LIST,
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
from kit.rich.tidying import tidy

_IN_TEXT = re.compile(r"[\\*^\[\]]")
_IN_ADDRESS = re.compile(r"[\\()]")
_KIND_START = re.compile(r"[#>]|[-•](?:\s|$)")
_NUMBERED_START = re.compile(r"([0-9]{1,5})[.)](?:\s|$)")

# Writing


def markdown_of(document: Document) -> str:
    return "\n\n".join(_written(block) for block in document.blocks)


def _written(block: Block) -> str:
    match block:
        case Paragraph(content):
            return _line(content)
        case Heading(level, content):
            return f"{'#' * level} {_line(content)}"
        case Quotation(blocks):
            lines = "\n\n".join(_written(part) for part in blocks).split("\n")
            return "\n".join(f"> {line}".rstrip(" ") for line in lines)
        case ItemList():
            return "\n".join(_items(block, ""))
        case PlacedNode(what, caption):
            return f"![{_IN_TEXT.sub(_escaped, caption)}]{{{what}}}"


def _items(items: ItemList, indent: str) -> Iterator[str]:
    for number, item in enumerate(items.items, 1):
        sign = f"{number}. " if items.numbered else "- "
        inner = indent + " " * len(sign)
        yield indent + sign + _line(item.content).replace("\n", f"\n{inner}")
        if item.nested:
            yield from _items(item.nested, inner)


def _line(content: Iterable[Inline]) -> str:
    # The last line end lets every mark be switched off.
    text = "".join(_pieces([*content, LineBreak()])).removesuffix("\n")
    return "\n".join(_safe_start(line) for line in text.split("\n"))


def _pieces(content: list[Inline]) -> Iterator[str]:
    strong, em = False, False
    for href, parts in groupby(content, _href_of):
        for place, part in enumerate(parts):
            wanted = part if isinstance(part, Run) else Run("")
            yield "*" * ((wanted.em != em) + 2 * (wanted.strong != strong))
            strong, em = wanted.strong, wanted.em
            yield "[" if href and place == 0 else ""
            yield _inline(part)
        yield f"]({_IN_ADDRESS.sub(_escaped, href)})" if href else ""


def _href_of(part: Inline) -> str:
    return part.href if isinstance(part, Run) else ""


def _inline(part: Inline) -> str:
    match part:
        case Run(text):
            return _IN_TEXT.sub(_escaped, text)
        case Footnote(note):
            return f"^[{_IN_TEXT.sub(_escaped, note)}]"
        case FigureNode(ref, words):
            return f"[{_IN_TEXT.sub(_escaped, words)}]{{{ref}}}"
        case LineBreak():
            return "\n"


def _escaped(sign: re.Match[str]) -> str:
    return f"\\{sign[0]}"


def _safe_start(line: str) -> str:
    """Return the line with a backslash where it would begin a block of another kind."""
    if _KIND_START.match(line) or line.startswith("!["):
        return f"\\{line}"
    number = _NUMBERED_START.match(line)
    return f"{number[1]}\\{line[number.end(1) :]}" if number else line


# Reading

_HEADING = re.compile(r"(#{1,6})\s+(?=\S)")
_QUOTE = re.compile(r"> ?")
_ITEM = re.compile(r"(\s*)([-*•]|[0-9]{1,5}[.)])\s+(?=\S)")
_INDENTED = re.compile(r"\s+\S")
_PLACED = re.compile(r"!\[((?:\\[^\n]|[^\[\]\\\n])+)\]\{(" + REF + r")\}")


def document_of(text: str) -> Document:
    """Return what was typed as a document; what has no meaning in the subset is text."""
    lines = [line.rstrip() for line in canonical(text).split("\n")]
    return tidy(Document(tuple(_blocks(lines, in_quote=False))))


def _blocks(lines: list[str], *, in_quote: bool) -> Iterator[Block]:
    place = 0
    while place < len(lines):
        line = lines[place]
        end = place + 1
        if not line:
            pass
        elif not in_quote and (heading := _HEADING.match(line)):
            yield Heading(min(len(heading[1]), 2), tuple(_inlines(line[heading.end() :])))
        elif not in_quote and (placed := _placed_in(line)):
            yield placed
        elif not in_quote and _QUOTE.match(line):
            end = _end(lines, place, lambda other: bool(_QUOTE.match(other)))
            inner = [_QUOTE.sub("", other, count=1) for other in lines[place:end]]
            yield Quotation(tuple(_blocks(inner, in_quote=True)))  # type: ignore[arg-type]
        elif _begins_list(line):
            end = _end_of_list(lines, place)
            yield _list(lines[place:end])
        else:
            end = _end(lines, end, lambda other: _is_running(other, in_quote=in_quote))
            yield Paragraph(tuple(_inlines("\n".join(part.strip() for part in lines[place:end]))))
        place = end


def _placed_in(line: str) -> PlacedNode | None:
    placed = _PLACED.fullmatch(line)
    return PlacedNode(placed[2], _BACKSLASH.sub(r"\1", placed[1])) if placed and is_ref(placed[2]) else None


def _end(lines: list[str], place: int, belongs: Callable[[str], bool]) -> int:
    while place < len(lines) and belongs(lines[place]):
        place += 1
    return place


def _is_running(line: str, *, in_quote: bool) -> bool:
    if not line or _begins_list(line):
        return False
    return in_quote or not (_HEADING.match(line) or _QUOTE.match(line) or _placed_in(line))


def _begins_list(line: str) -> bool:
    item = _ITEM.match(line)
    # A list counts from 1: a line that begins with another number says something else.
    return bool(item and (item[2] in "-*•" or item[2][:-1] == "1"))


def _end_of_list(lines: list[str], place: int) -> int:
    """Return the line after the list; an empty line stays in it where an item of the same kind follows."""
    numbered = _is_numbered(lines[place])
    end = place + 1
    while end < len(lines):
        line = lines[end]
        if not line:
            after = _end(lines, end, lambda other: not other)
            if after == len(lines) or not _goes_on(lines[after], numbered):
                break
            end = after
        elif not (_goes_on(line, numbered) or _INDENTED.match(line)):
            break
        end += 1
    return end


def _goes_on(line: str, numbered: bool) -> bool:
    item = _ITEM.match(line)
    return bool(item and (item[1] or _is_numbered(line) == numbered))


def _is_numbered(line: str) -> bool:
    item = _ITEM.match(line)
    return bool(item and item[2] not in "-*•")


@dataclass
class _Open:
    """A list that is being read, at its depth of indentation."""

    indent: int
    numbered: bool
    items: list[tuple[list[str], list[_Open]]]

    def closed(self) -> ItemList:
        return ItemList(
            self.numbered,
            tuple(
                ListItem(tuple(_inlines("\n".join(words))), nested[0].closed() if nested else None)
                for words, nested in self.items
            ),
        )


def _list(lines: list[str]) -> ItemList:
    outer = _Open(len(_ITEM.match(lines[0])[1]), _is_numbered(lines[0]), [])  # type: ignore[index]
    stack = [outer]
    for line in lines:
        item = _ITEM.match(line)
        if item is None:
            if line:
                stack[-1].items[-1][0].append(line.strip())
            continue
        indent = len(item[1])
        while len(stack) > 1 and indent < stack[-1].indent:
            stack.pop()
        if stack[-1].items and indent >= stack[-1].indent + 2 and len(stack) < DEEPEST_LIST:
            nested = _Open(indent, _is_numbered(line), [])
            inside = stack[-1].items[-1][1]
            inside[:] = inside or [nested]
            stack.append(inside[0])
            stack[-1].indent = indent
        stack[-1].items.append(([line[item.end() :]], []))
    return outer.closed()


_TOKEN = re.compile(
    r"(?P<escaped>\\[\\*\[\]()#>\-•.^!])"
    r"|(?P<stars>\*+)"
    r"|\^\[(?P<note>(?:\\[^\n]|[^\[\]\\\n])+)\]"
    r"|\[(?P<words>(?:\\[^\n]|[^\[\]\\\n])+)\](?:\((?P<href>(?:\\[^\s]|[^()\\\s])+)\)|\{(?P<ref>" + REF + r")\})"
    r"|(?P<text>[^\\*\[^]+|.)",
    re.DOTALL,
)
_BACKSLASH = re.compile(r"\\([\\*\[\]()#>\-•.^!])")


@dataclass(frozen=True)
class _Stars:
    number: int
    opens: bool
    closes: bool


_Token = _Stars | Footnote | FigureNode | str


def _inlines(text: str) -> Iterator[Inline]:
    tokens = list(_tokens(text, ""))
    ends = {mark: _last_switch(tokens, width) for mark, width in (("strong", 2), ("em", 1))}
    strong = em = False
    for place, (token, href) in enumerate(tokens):
        if not isinstance(token, _Stars):
            yield Run(token, strong, em, href) if isinstance(token, str) else token
            continue
        left = token.number
        if left in (2, 3) and place <= ends["strong"] and (token.closes if strong else token.opens):
            strong, left = not strong, left - 2
        if left in (1, 3) and place <= ends["em"] and (token.closes if em else token.opens):
            em, left = not em, left - 1
        if left:
            yield Run("*" * left, strong, em, href)


def _last_switch(tokens: list[tuple[_Token, str]], width: int) -> int:
    """Return the place of the last stars that switch the mark off; those after it that switch it on are text."""
    on, last = False, -1
    for place, (token, _) in enumerate(tokens):
        if isinstance(token, _Stars) and token.number in (width, 3) and (token.closes if on else token.opens):
            on = not on
            last = last if on else place
    return last


def _tokens(text: str, href: str) -> Iterator[tuple[_Token, str]]:
    for match in _TOKEN.finditer(text):
        if match["escaped"]:
            yield match[0][1], href
        elif match["stars"]:
            after, before = text[match.end() : match.end() + 1], text[max(match.start() - 1, 0) : match.start()]
            yield _Stars(len(match[0]), bool(after.strip()), bool(before.strip())), href
        elif match["note"] and not href:
            yield Footnote(_BACKSLASH.sub(r"\1", match["note"])), ""
        elif match["ref"] and not href and is_ref(match["ref"]):
            yield FigureNode(match["ref"], _BACKSLASH.sub(r"\1", match["words"])), ""
        elif match["href"] and not href and is_address(address := _BACKSLASH.sub(r"\1", match["href"])):
            yield from _tokens(match["words"], address)
        else:
            yield match[0], href
