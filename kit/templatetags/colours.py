from django import template

from kit import ramp as steps

register = template.Library()
TONES = {
    "first": steps.FIRST,
    "middle": steps.MIDDLE,
    "last": steps.LAST,
    "dark-last": steps.DARK_LAST,
}


@register.simple_tag
def ramp(name: str, part: str = "fill") -> str:
    """Return a colour of the ramp for mail and print, where CSS has no custom properties."""
    return str(getattr(TONES[name], part))
