"""The functions and organisations that were at a meeting, in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from cohorts.models import Participation
from kit.templatetags.swedish import enumerated, in_words, sentence, some
from meetings.invitees import Invitee, needed_at
from meetings.models import Meeting


@dataclass(frozen=True)
class Lack:
    """An organisation and the functions that were missing from it."""

    organisation: str
    functions: tuple[str, ...]

    @property
    def words(self) -> str:
        return f"{self.organisation} saknar {enumerated(name.lower() for name in self.functions)}."


@dataclass(frozen=True)
class AttendingComposition:
    """The organisations that came with all functions; `is_known` is False while nobody's attendance is recorded."""

    is_known: bool
    organisations: int
    whole: int
    lacks: tuple[Lack, ...]
    needed: tuple[str, ...]

    @property
    def words(self) -> str:
        if not self.is_known or not self.organisations:
            return ""
        whom = "alla tre funktioner" if len(self.needed) > 1 else "strateg"
        if self.whole == self.organisations:
            return sentence(f"{_all(self.organisations)} deltog med {whom}.")
        return sentence(f"{some(self.whole)} av {in_words(self.organisations)} organisationer deltog med {whom}.")


def _all(number: int) -> str:
    if number == 1:
        return "den enda organisationen"
    return "båda organisationerna" if number == 2 else f"alla {in_words(number)} organisationer"


def composition_of(
    meeting: Meeting, organisations: Iterable[Participation], people: Iterable[Invitee]
) -> AttendingComposition:
    """Return how many of the participating organisations came with all functions; mentors do not count."""
    needed = needed_at(meeting)
    names = {row.pk: row.organisation.name for row in organisations if row.is_participant}
    present: dict[int, set[str]] = {pk: set() for pk in names}
    for person in people:
        if person.attended and person.participation.pk in present:
            present[person.participation.pk].add(person.function)
    lacks = tuple(
        Lack(names[pk], tuple(str(function.label) for function in needed if function not in functions))
        for pk, functions in present.items()
        if not set(needed) <= functions
    )
    return AttendingComposition(
        is_known=any(present.values()),
        organisations=len(names),
        whole=len(names) - len(lacks),
        lacks=lacks,
        needed=tuple(needed),
    )
