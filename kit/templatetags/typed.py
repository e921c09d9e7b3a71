"""Filters that print typed text in a PDF as it was typed: with its lines, its lists, and its addresses as links."""

import re
from typing import Any

from django import template
from django.forms import BoundField
from django.template.defaultfilters import linebreaksbr, urlize
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from kit import signs
from kit.canonical import with_line_ends
from kit.prose import parts, split_in_paragraphs
from kit.rich import Document, html_of
from kit.rich.html import notes_html

register = template.Library()
# Longer than any Swedish word. The pieces are found in HTML, where a sign may be an entity and a tag is no text.
_UNBROKEN = re.compile(r"\S{33}")
_TAG_OR_PIECE = re.compile(r"<[^>]*>|(?:&[^;\s]+;|[^\s<&]){24}(?=[^\s<])")


@register.filter
def typed(text: str) -> SafeString:
    """Return the text as paragraphs and lists. A list keeps the signs that its writer gave it."""
    blocks = (_block(*part) for paragraph in split_in_paragraphs(text) for part in parts(paragraph))
    return format_html_join("\n", "{}", ((block,) for block in blocks))


@register.simple_tag(takes_context=True)
def written(
    context: dict[str, Any],
    prose: Any,
    *,
    top: int = 3,
    anchor: str = "",
    number: int = 0,
    under: int = 0,
    with_notes: bool = True,
) -> SafeString:
    """Return a text with its structure or, where it has none, as it was typed; a document alone will do.

    On a page, `anchor` names it, with a `number` where several have the same. The page's `changed_figures` are
    no longer what is printed; `under` and `with_notes` are of a text in parts (`html_of`).
    """
    document = prose if isinstance(prose, Document) else prose.document
    if document is None:
        return typed(prose.text)
    anchor = "" if context.get("on_paper") else f"{anchor}-{number}" if number else anchor
    first_note = getattr(prose, "first_note", 1)
    return html_of(
        document,
        top=top,
        first_note=first_note,
        anchor=anchor,
        under=under,
        with_notes=with_notes,
        changed=context.get("changed_figures") or {},
    )


@register.simple_tag(takes_context=True)
def written_notes(context: dict[str, Any], notes: list[str], *, first: int, anchor: str) -> SafeString:
    return notes_html(notes, first_note=first, anchor="" if context.get("on_paper") else anchor)


@register.filter
def typed_inline(text: str) -> SafeString:
    return linebreaksbr(urlize(with_line_ends(text).strip()))


@register.filter
def typed_in_cell(text: str) -> SafeString:
    """Return the text for a table's cell. A run of signs without an end gets places where it may be cut.

    `overflow-wrap: anywhere` would narrow every column to a sign, and takes minutes to lay out.
    """
    lines = typed_inline(text)
    return SafeString(_TAG_OR_PIECE.sub(_with_a_place_to_cut, lines)) if _UNBROKEN.search(text) else lines


@register.filter
def paper_note(field: BoundField) -> str:
    """Return the sentence about the signs in a text field that a PDF prints as their names, or ""."""
    written = field.value() if field.widget_type in ("text", "textarea") else None
    return signs.paper_note(written) if isinstance(written, str) else ""


def _with_a_place_to_cut(part: re.Match[str]) -> str:
    return part[0] if part[0].startswith("<") else f"{part[0]}\u200b"


def _block(is_list: bool, lines: list[str]) -> SafeString:
    if is_list:
        items = format_html_join("", "<li>{}</li>", ((typed_inline(line),) for line in lines))
        return format_html('<ul class="typed">{}</ul>', items)
    return format_html("<p>{}</p>", typed_inline("\n".join(lines)))
