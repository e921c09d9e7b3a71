"""The address of another page of a list."""

from django import template
from django.template.defaulttags import querystring

register = template.Library()


@register.simple_tag(takes_context=True)
def page_address(context: template.Context, number: int, parameter: str) -> str:
    """Return the address of the page with this number; what else the address says is kept."""
    return str(querystring(context, context["request"].GET, **{parameter: number}))
