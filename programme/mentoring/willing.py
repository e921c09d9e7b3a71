"""The pool in the order one asks: the answer decides who stands open and whose button is the first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cohorts.enums import MentorAnswer
from modell.templatetags.swedish import in_words, sentence
from programme.mentoring.pool import NO_ANSWER, Candidate

# The variant of the button that asks; after anything else than these it is the quietest.
ASKING = {MentorAnswer.YES.value: "primary", MentorAnswer.MAYBE.value: "secondary", NO_ANSWER: "secondary"}


@dataclass(frozen=True)
class Row:
    candidate: Candidate
    variant: str

    @property
    def asks(self) -> str:
        """What the button says."""
        if self.candidate.asked_on:
            return "Fråga igen"
        return "Fråga ändå" if self.variant == "tertiary" else "Fråga"


@dataclass(frozen=True)
class Willing:
    """`first` has said yes or perhaps; `rest` is folded, each part under what they have in common."""

    first: tuple[Row, ...]
    rest: tuple[tuple[str, tuple[Row, ...]], ...]


def rows_of(candidates: Iterable[Candidate], today: date) -> tuple[Row, ...]:
    return tuple(
        Row(one, "secondary" if _may_be_asked_again(one, today) else ASKING.get(one.answer.value, "tertiary"))
        for one in candidates
    )


def by_will(candidates: Iterable[Candidate], today: date) -> Willing:
    rows = rows_of(candidates, today)
    silent = tuple(row for row in rows if row.candidate.answer.value == NO_ANSWER)
    against = tuple(row for row in rows if row.variant == "tertiary")
    folded = (("har inte svarat", silent), ("vill inte nu", against))
    return Willing(
        first=tuple(row for row in rows if row not in silent and row not in against),
        rest=tuple((sentence(f"{_some(len(part))} {what}"), part) for what, part in folded if part),
    )


def _may_be_asked_again(candidate: Candidate, today: date) -> bool:
    """The year that was asked for has gone."""
    later = candidate.answer.value == MentorAnswer.LATER
    return later and candidate.answer.not_before is not None and candidate.answer.not_before <= today


def _some(number: int) -> str:
    return "en" if number == 1 else in_words(number)
