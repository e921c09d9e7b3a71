from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from checklist.guidance import ItemGuidance, StepGuidance

register = template.Library()
# The moments of about ten versions, folded and unfolded.
MOST_KEPT = 256


@register.simple_tag
def guidance_fold(guidance: ItemGuidance | None, number: object, *, unfolded: bool = False) -> str:
    """Return what is enough for each step of a moment, folded; nothing where there is no guidance."""
    if guidance is None:
        return ""
    return _drawn(guidance.about, tuple(guidance.steps), guidance.official, str(number), unfolded=unfolded)


@lru_cache(maxsize=MOST_KEPT)
def _drawn(about: str, steps: tuple[StepGuidance, ...], official: bool, number: str, *, unfolded: bool) -> SafeString:
    """Return the fold of these very texts, so what is kept never grows old; ten of them a page are dear to draw."""
    context = {"about": about, "steps": steps, "official": official, "number": number, "unfolded": unfolded}
    return render_to_string("checklist/guidance_fold.html", context)
