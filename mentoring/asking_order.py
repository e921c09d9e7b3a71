"""The pool in the order SKR asks: the answer decides which rows are open and which button stands out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kit.templatetags.swedish import sentence, some
from mentoring.enums import MentorAnswer
from mentoring.pool import NO_ANSWER, Candidate

# The variant of the button that asks; any other answer gives the quietest.
ASKING = {MentorAnswer.YES.value: "primary", MentorAnswer.MAYBE.value: "secondary", NO_ANSWER: "secondary"}


@dataclass(frozen=True)
class CandidateRow:
    candidate: Candidate
    variant: str

    @property
    def asks(self) -> str:
        if self.candidate.asked_on:
            return "Fråga igen"
        return "Fråga ändå" if self.variant == "tertiary" else "Fråga"


@dataclass(frozen=True)
class Willing:
    """`first` have said yes or perhaps, or may be asked again; `rest` are folded under what they share."""

    first: tuple[CandidateRow, ...]
    rest: tuple[tuple[str, tuple[CandidateRow, ...]], ...]


def rows_of(candidates: Iterable[Candidate], today: date) -> tuple[CandidateRow, ...]:
    return tuple(
        CandidateRow(candidate, "secondary" if _may_be_asked_again(candidate, today) else _variant(candidate))
        for candidate in candidates
    )


def by_will(candidates: Iterable[Candidate], today: date) -> Willing:
    rows = rows_of(candidates, today)
    silent = tuple(row for row in rows if row.candidate.answer.value == NO_ANSWER)
    against = tuple(row for row in rows if row.variant == "tertiary")
    folded = (("har inte svarat", silent), ("vill inte nu", against))
    return Willing(
        first=tuple(row for row in rows if row.candidate.answer.value != NO_ANSWER and row.variant != "tertiary"),
        rest=tuple((sentence(f"{some(len(part))} {what}"), part) for what, part in folded if part),
    )


def _variant(candidate: Candidate) -> str:
    return ASKING.get(candidate.answer.value, "tertiary")


def _may_be_asked_again(candidate: Candidate, today: date) -> bool:
    # The organisation asked for a year, and the year has gone.
    later = candidate.answer.value == MentorAnswer.LATER
    return later and candidate.answer.not_before is not None and candidate.answer.not_before <= today
