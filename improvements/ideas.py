"""Ideas taken home from a meeting."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from cohorts.models import Participation
from improvements.models import Improvement
from meetings.models import Takeaway


@dataclass(frozen=True)
class Ideas:
    """`taken` are the organisation's own, with the improvement made of each; `given` are those others took from it."""

    taken: tuple[tuple[Takeaway, Improvement | None], ...]
    given: tuple[Takeaway, ...]


def ideas_of(participation: Participation, improvements: Iterable[Improvement]) -> Ideas:
    """Return the ideas; `improvements` are the organisation's own, already read."""
    made = {improvement.takeaway_id: improvement for improvement in improvements if improvement.takeaway_id}
    rows = list(
        Takeaway.objects.filter(Q(participation=participation) | Q(source=participation)).select_related(
            "meeting", "participation__organisation", "source__organisation"
        )
    )
    return Ideas(
        taken=tuple((row, made.get(row.pk)) for row in rows if row.participation_id == participation.pk),
        given=tuple(row for row in rows if row.source_id == participation.pk),
    )
