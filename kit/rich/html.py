"""A document as HTML, for the site's pages and for PDF."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from kit.prose import with_links
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
    notes_of,
    rank_of,
)

LINK = '<a href="{}" rel="nofollow">{}</a>'
# A figure that is no longer what is printed, for sight and for screen readers.
CHANGED = '<mark data-ref="{}">{}</mark><span class="ds-sr-only"> (siffran har ändrats{})</span>'
# A table or picture, where the text is read without the report that has it.
PLACED = "<p>[Tabell eller bild: {}]</p>"
# So few signs stay on one line, as "2,5" and "tre av fem" should.
KEPT_TOGETHER = 30


def html_of(
    document: Document,
    *,
    top: int = 3,
    first_note: int = 1,
    anchor: str = "",
    under: int = 0,
    with_notes: bool = True,
    changed: Mapping[tuple[str, str], str] = MappingProxyType({}),
) -> SafeString:
    """Return the document as HTML: its highest heading is of rank `top`, and its footnotes stand last.

    With an `anchor`, which no other text on the page has, a footnote and its number are links to each other. The
    figures in `changed`, each a reference with its words, are marked, with what is printed now. A text that goes on
    after a table stands `under` a heading of that rank, and has its notes where it ends.
    """
    walker = _HtmlWalker(top, first_note, anchor, changed)
    walker.last_rank = under or walker.last_rank
    notes = notes_of(document) if with_notes else []
    return walker.joined([*map(walker.block, document.blocks), walker.notes(notes)])


def notes_html(notes: list[str], *, first_note: int, anchor: str = "") -> SafeString:
    """Return the footnotes of a text whose parts were printed without them."""
    return _HtmlWalker(3, first_note, anchor, {}).notes(notes)


class _HtmlWalker:
    def __init__(self, top: int, first_note: int, anchor: str, changed: Mapping[tuple[str, str], str]) -> None:
        self.top, self.first_note, self.anchor, self.changed = top, first_note, anchor, changed
        self.next_note = first_note
        self.last_rank = top - 1

    def joined(self, parts: Iterable[SafeString]) -> SafeString:
        return format_html_join("\n", "{}", ((part,) for part in parts if part))

    def block(self, block: Block) -> SafeString:
        match block:
            case Paragraph(content):
                return format_html("<p>{}</p>", self.line(content))
            case Heading(_, content):
                self.last_rank = rank = rank_of(block, self.top, self.last_rank)
                return format_html("<h{}>{}</h{}>", rank, self.line(content), rank)
            case Quotation(blocks):
                return format_html("<blockquote>{}</blockquote>", self.joined(map(self.block, blocks)))
            case ItemList(numbered, items):
                inner = self.joined([self.item(item) for item in items])
                return format_html("<ol>{}</ol>" if numbered else "<ul>{}</ul>", inner)
            case PlacedNode(_, caption):
                return format_html(PLACED, caption)

    def item(self, item: ListItem) -> SafeString:
        line = self.line(item.content)
        return format_html("<li>{}{}</li>", line, self.block(item.nested) if item.nested else "")

    def line(self, content: Iterable[Inline]) -> SafeString:
        return format_html_join("", "{}", [(self.inline(part),) for part in content])

    def inline(self, part: Inline) -> SafeString:
        match part:
            case LineBreak():
                return mark_safe("<br>")
            case Footnote():
                self.next_note += 1
                return self.call(self.next_note - 1)
            case FigureNode(ref, words):
                return self.figure(ref, words)
            case Run(text, strong, em, href):
                # Around the link: WeasyPrint leaves the address of an element inside a link untagged.
                inner = format_html(LINK, href, text) if href else bare_links(text)
                inner = format_html("<em>{}</em>", inner) if em else inner
                return format_html("<strong>{}</strong>", inner) if strong else inner

    def figure(self, ref: str, words: str) -> SafeString:
        shown = words.replace(" ", "\u00a0") if len(words) <= KEPT_TOGETHER else words
        if (ref, words) not in self.changed:
            return format_html('<span data-ref="{}">{}</span>', ref, bare_links(shown))
        now = self.changed[ref, words]
        return format_html(CHANGED, ref, bare_links(shown), f" till {now}" if now else "")

    def call(self, number: int) -> SafeString:
        if not self.anchor:
            return format_html('<sup class="note-call">{}</sup>', number)
        return format_html(
            '<sup class="note-call"><a href="#{0}-not-{1}" id="{0}-till-{1}" aria-label="Fotnot {1}">{1}</a></sup>',
            self.anchor,
            number,
        )

    def notes(self, notes: list[str]) -> SafeString:
        rows = [self.note(number, note) for number, note in enumerate(notes, self.first_note)]
        return format_html('<div class="notes">{}</div>', self.joined(rows)) if rows else mark_safe("")

    def note(self, number: int, note: str) -> SafeString:
        if not self.anchor:
            return format_html("<p>{}. {}</p>", number, bare_links(note))
        back = format_html(
            '<a href="#{0}-till-{1}" aria-label="Tillbaka till texten, fotnot {1}">↩</a>', self.anchor, number
        )
        return format_html('<p id="{0}-not-{1}">{1}. {2} {3}</p>', self.anchor, number, bare_links(note), back)


def bare_links(text: str) -> SafeString:
    """Return the text with its typed addresses as links, by the same rule as in all typed text."""
    pieces = (
        format_html(LINK, address, piece) if address else format_html("{}", piece)
        for piece, address in with_links(text)
    )
    return format_html_join("", "{}", ((piece,) for piece in pieces))
