"""Ideas taken home from a meeting."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from cohorts.models import Participation
from cohorts.roles import Roles
from improvements.enums import State
from improvements.models import Improvement
from kit.templatetags.swedish import enumerated, sentence, some
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


@dataclass(frozen=True)
class Lent:
    """What has become of the ideas that others took from an organisation. `names` are those who share it with them."""

    tried: int
    adopted: int
    names: tuple[str, ...]

    @property
    def words(self) -> str:
        """Return "Er idé prövas hos tre, en har infört den."; empty if nobody does either."""
        parts = []
        if self.tried:
            parts.append(f"er idé prövas hos {some(self.tried)}")
        if self.adopted:
            parts.append(f"{some(self.adopted)} har infört {'den' if self.tried else 'er idé'}")
        told = f"{sentence(', '.join(parts))}." if parts else ""
        return f"{told} Det delas av {enumerated(self.names)}." if told and self.names else told


def lent_by(participation: Participation, roles: Roles) -> Lent:
    """Count, in the omgång, the improvements made of this organisation's ideas.

    A borrower is named only if it shares its work with the reader: that is its yes.
    """
    cohort, lender = participation.cohort_id, participation.organisation_id
    rows = Improvement.objects.filter(participation__cohort=cohort, borrowed_from=lender)
    states = list(rows.values_list("state", flat=True))
    shared = rows.filter(state__in=(State.TRIED, State.ADOPTED), shared=True).visible_to(roles)
    names = shared.order_by("participation__position").values_list("participation__organisation__name", flat=True)
    return Lent(states.count(State.TRIED), states.count(State.ADOPTED), tuple(dict.fromkeys(names)))
