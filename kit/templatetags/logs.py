from django import template

from kit.logs import REQUEST

register = template.Library()


@register.simple_tag
def request_number() -> str:
    """Return the number under which the log tells of this request; pages without a context have it too."""
    about = REQUEST.get()
    return about.request_id if about else ""
