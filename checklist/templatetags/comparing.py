from dataclasses import dataclass

from django import template
from django.urls import reverse

from cohorts.models import Participation
from modell.permissions import Perm, may

register = template.Library()


@dataclass(frozen=True)
class Place:
    """`key` is what a page calls itself as `here`."""

    key: str
    url: str
    label: str


@register.simple_tag(takes_context=True)
def compare_places(context: template.Context, participation: Participation) -> list[Place]:
    """The pages on an organisation's self-assessments that the reader may open and that have something to show."""
    places = [("own", "Översikt"), ("history", "Över tid")]
    if participation.group_id:
        places.append(("group", "Gruppen"))
    if may(context["user"], Perm.LEARN_FROM, participation):
        places.append(("learn", "Vem kan vi lära av?"))
    where = [participation.cohort.slug, participation.code]
    return [Place(key, reverse(f"checklist:{key}", args=where), label) for key, label in places]
