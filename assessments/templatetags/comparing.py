from dataclasses import dataclass

from django import template
from django.urls import reverse

from assessments.perms import LEARN_FROM
from cohorts.models import Participation
from kit.permissions import may

register = template.Library()


@dataclass(frozen=True)
class ComparingLink:
    """A link to a page; the page passes `key` as `here` when it is the current one."""

    key: str
    url: str
    label: str


@register.simple_tag(takes_context=True)
def compare_places(context: template.Context, participation: Participation) -> list[ComparingLink]:
    places = [("own", "Alla tillfällen"), ("history", "Över tid")]
    if participation.group_id:
        places.append(("group", "Gruppen"))
    if may(context["user"], LEARN_FROM, participation):
        places.append(("learn", "Vem kan vi lära av?"))
    where = [participation.cohort.slug, participation.code]
    return [ComparingLink(key, reverse(f"assessments:{key}", args=where), label) for key, label in places]
