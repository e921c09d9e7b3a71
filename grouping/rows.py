"""A row for each organisation of a group: its size, its nearest in the group and the theme that it wishes for."""

from collections.abc import Sequence
from dataclasses import dataclass

from cohorts.models import Participation
from grouping.participant_facts import ParticipantFacts
from grouping.reasons import km_in_words, people_in_words


@dataclass(frozen=True)
class MemberRow:
    """`others` are the rest of its group."""

    participation: Participation
    facts: ParticipantFacts
    others: tuple[ParticipantFacts, ...] = ()

    @property
    def size(self) -> str:
        return f"{people_in_words(self.facts.population)} invånare" if self.facts.population else ""

    @property
    def nearest(self) -> str:
        place = self.facts.place
        ways = [(place.km_to(other.place), other.name) for other in self.others if place and other.place]
        km, name = min(ways, default=(0, ""))
        return f"{km_in_words(km)} till {name}" if name else ""

    @property
    def theme(self) -> str:
        return self.facts.theme


def rows_of(members: Sequence[Participation], facts: Sequence[ParticipantFacts]) -> tuple[MemberRow, ...]:
    """Return the rows of a group; `facts` are of its members, in their order."""
    return tuple(
        MemberRow(member, own, tuple(other for other in facts if other is not own))
        for member, own in zip(members, facts, strict=True)
    )
