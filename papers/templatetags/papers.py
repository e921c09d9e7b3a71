from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from papers.paper import pieces

register = template.Library()


@register.filter
def with_gaps(text: str) -> SafeString:
    return format_html_join(
        "", "<{0}>{1}</{0}>", [("mark" if is_gap else "span", piece) for piece, is_gap in pieces(text)]
    )
