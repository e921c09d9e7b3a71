"""Ideas taken home from a meeting."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from cohorts.models import Cohort, Participation
from cohorts.roles import Roles
from improvements.enums import State
from improvements.models import Effort, Improvement
from kit.templatetags.swedish import enumerated, in_words, sentence, some
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
    """What has become of what others took from an organisation. `names` are those who share it with the reader."""

    tried: int
    adopted: int
    names: tuple[str, ...]

    @property
    def words(self) -> str:
        """Return "Er idé prövas hos tre, en har infört den."; empty if nobody does either."""
        return self._words("er idé", "den")

    @property
    def words_of_example(self) -> str:
        return self._words("exemplet", "det")

    def _words(self, what: str, it: str) -> str:
        parts = []
        if self.tried:
            parts.append(f"{what} prövas hos {'en organisation' if self.tried == 1 else in_words(self.tried)}")
        if self.adopted:
            parts.append(f"{some(self.adopted)} har infört {it if self.tried else what}")
        progress = f"{sentence(', '.join(parts))}." if parts else ""
        return f"{progress} Det delas av {enumerated(self.names)}." if progress and self.names else progress


def lent_by(participation: Participation, roles: Roles, example: Effort | None = None) -> Lent:
    """Count the organisations that try or have adopted this organisation's ideas, in whatever omgång.

    With an example, only those that began from it. A borrower is named only if it shares its work with the reader:
    that is its yes.
    """
    rows = Improvement.objects.filter(borrowed_from=participation.organisation_id)
    rows = rows.filter(participation__cohort__in=Cohort.objects.beside(participation.cohort))
    if example:
        rows = rows.filter(example=example)
    pairs = set(rows.values_list("participation__organisation", "state"))
    shared = rows.filter(state__in=(State.TRIED, State.ADOPTED), shared=True).visible_to(roles)
    names = shared.order_by("participation__position").values_list("participation__organisation__name", flat=True)
    tried, adopted = (sum(of == state for _, of in pairs) for state in (State.TRIED, State.ADOPTED))
    return Lent(tried, adopted, tuple(dict.fromkeys(names)))
