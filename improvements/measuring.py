"""What is tried to change an indicator's values: the work tied to it, and the days that belong on its time line."""

from collections.abc import Collection, Iterator

from django.urls import reverse

from cohorts.roles import Roles
from improvements.models import Improvement
from indicators.gap_picture import Happening
from indicators.models import Indicator
from indicators.sheet import Tried
from kit.templatetags.swedish import sentence


def work_on(indicator: Indicator, roles: Roles) -> list[Improvement]:
    rows = Improvement.objects.visible_to(roles).filter(indicators=indicator)
    return list(rows.prefetch_related("cycles"))


def happenings_of(indicator: Indicator, improvements: Collection[Improvement]) -> list[Happening]:
    """Return the decisions that the organisation has put on the time line, and the first day of each cycle."""
    decided = [
        Happening(row.decided_on, f"{row.body}: {row.get_kind_display().lower()}") for row in indicator.decisions.all()
    ]
    return [*decided, *(each for row in improvements for each in _cycles(row))]


def _cycles(improvement: Improvement) -> Iterator[Happening]:
    for cycle in improvement.cycles.all():
        if cycle.begins_on:
            yield Happening(cycle.begins_on, f"{improvement.title}, cykel {cycle.number} börjar")


def tried_of(improvements: Collection[Improvement]) -> list[Tried]:
    return [Tried(row.title, _how_far(row), reverse("improvements:improvement", args=[row.pk])) for row in improvements]


def _how_far(improvement: Improvement) -> str:
    cycles = list(improvement.cycles.all())
    if not cycles:
        return "Ingen cykel har börjat än."
    last = cycles[-1]
    decided = f"beslut: {last.get_decision_display().lower()}" if last.decision else "pågår"
    return sentence(f"cykel {last.number} {'har ' if last.decision else ''}{decided}.")
