"""Filter that prepares a table for a phone, where each row stands alone."""

import re
from html import unescape

from django import template
from django.utils.html import conditional_escape, strip_tags
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
MOST_COLUMNS = 7  # a row of more is too long to read downwards
_HEADING = re.compile(r"<th\b[^>]*>(.*?)</th>", re.DOTALL)
_UNSEEN = re.compile(r'<span class="ds-sr-only">.*?</span>', re.DOTALL)
_SPANS = re.compile(r"<t[dh]\b[^>]*\b(?:col|row)span=")
_TAG = re.compile(r"<(thead|tbody|tfoot|tr|th|td)(?=[\s>])([^>]*)")
# A browser may take a table's meaning away with its layout, so the roles are told in words.
_ROLES = {"thead": "rowgroup", "tbody": "rowgroup", "tfoot": "rowgroup", "tr": "row", "td": "cell"}


@register.filter
def stacked(rows: str) -> SafeString:
    """Return a table's rows with each cell's heading and role, or as they are if they need their columns."""
    head, _, _ = rows.partition("</thead>")
    names = [_name(heading) for heading in _HEADING.findall(head)]
    if not 1 < len(names) <= MOST_COLUMNS or _SPANS.search(rows):
        return mark_safe(rows)  # noqa: S308 - the component's own slot
    place = 0

    def with_role(tag: re.Match[str]) -> str:
        nonlocal place
        kind, attributes = tag.groups()
        if kind == "tr":
            place = 0
        if kind in ("th", "td"):
            place += 1
        role = _ROLES.get(kind) or ("rowheader" if 'scope="row"' in attributes else "columnheader")
        name = f' data-label="{names[place - 1]}"' if kind == "td" and place <= len(names) else ""
        return f'<{kind} role="{role}"{name}{attributes}'

    return mark_safe(_TAG.sub(with_role, rows))  # noqa: S308 - the component's own slot


def _name(heading: str) -> str:
    # What is not seen above a column is not seen beside its cells either.
    return conditional_escape(unescape(" ".join(strip_tags(_UNSEEN.sub("", heading)).split())))
