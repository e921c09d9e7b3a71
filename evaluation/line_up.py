"""The interviews as the annex of the joint report lists them: organisations and functions, never a name."""

from collections.abc import Iterable
from dataclasses import dataclass

from cohorts.enums import Function
from evaluation.models import Interview
from kit.templatetags.swedish import enumerated

SEVERAL = {
    Function.POLITICIAN: "politiker",
    Function.MANAGER: "chefer",
    Function.STRATEGIST: "strateger",
    Function.CONTRIBUTOR: "medverkande",
}


@dataclass(frozen=True)
class Interviewed:
    """The people interviewed in one organisation, a line for each function: 2 strateger."""

    organisation: str
    lines: tuple[str, ...]

    @property
    def words(self) -> str:
        return f"{self.organisation}: {enumerated(self.lines)}"


@dataclass(frozen=True)
class InterviewLineUp:
    people: int
    organisations: tuple[Interviewed, ...]

    @property
    def headline(self) -> str:
        return f"Intervjuer med {self.people} {'person' if self.people == 1 else 'personer'}"

    @property
    def words(self) -> str:
        """Return the whole as the annex prints it in one sentence."""
        return f"{self.headline}: {'; '.join(row.words for row in self.organisations)}."


def line_up(interviews: Iterable[Interview]) -> InterviewLineUp:
    """Return the interviews that may be listed, by organisation; those outside the organisations stand last."""
    listed = [interview for interview in interviews if interview.listed]
    listed.sort(key=lambda row: (row.participation.position if row.participation else float("inf"), row.whose))
    counts: dict[str, dict[tuple[str, str], int]] = {}
    for interview in listed:
        functions = counts.setdefault(interview.whose, {})
        key = (interview.function, interview.title)
        functions[key] = functions.get(key, 0) + interview.people
    organisations = tuple(
        Interviewed(name, tuple(_line(function, title, number) for (function, title), number in functions.items()))
        for name, functions in counts.items()
    )
    return InterviewLineUp(sum(interview.people for interview in listed), organisations)


def _line(function: str, title: str, number: int) -> str:
    if title:  # how a function that someone has typed is bent, nobody knows
        return f"1 {title}" if number == 1 else f"{title}, {number} personer"
    known = Function(function)
    return f"1 {known.label.lower()}" if number == 1 else f"{number} {SEVERAL[known]}"
