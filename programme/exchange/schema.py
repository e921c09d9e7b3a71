"""The shapes of a cohort package, version 1, as one table, and the walk that holds a document against it.

Table and walk are our own: a refusal must name the path and the expectation in one line, numbers may not pass for
texts nor true for 1, and the texts' limits are the models' own. No library at hand says all that in less.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models

from checklist.models import Checklist
from cohorts.enums import CohortKind, ExpectedKind, MentorNext, Role, Status
from cohorts.models import Cohort, ExpectedResult, Group, GroupMentor, Participation
from improvements.enums import Decision, Stage, StepState
from improvements.models import Effort, Improvement
from meetings.enums import MeetingForm, MeetingKind
from meetings.models import Meeting
from programme.exchange.parsing import Malformed, Pairs, is_storable, shown, step_into
from reports.enums import ReportState
from reports.models import Section

FORMAT, VERSION = "modell-cohort", 1
# What PostgreSQL holds in the columns of the format's numbers.
LARGEST = 32767


@dataclass(frozen=True)
class Kind:
    """What may stand at a place: the expectation in words, and the test of it."""

    expected: str
    fits: Callable[[Any], bool]

    def check(self, value: object, path: str) -> None:
        if not self.fits(value):
            raise Malformed(path, self.expected, shown(value))


@dataclass(frozen=True)
class Shape:
    """An object with exactly these keys."""

    keys: Mapping[str, "Kind | Shape | Rows | Named"]

    def check(self, value: object, path: str) -> None:
        an_object(value, path)
        assert isinstance(value, dict)
        for key in value:
            if key not in self.keys:
                raise Malformed(step_into(path, key), "no such key")
        for key, kind in self.keys.items():
            if key not in value:
                raise Malformed(step_into(path, key), "this key", "nothing")
            kind.check(value[key], step_into(path, key))


@dataclass(frozen=True)
class Rows:
    """A list of the same."""

    of: Shape | Kind

    def check(self, value: object, path: str) -> None:
        if not isinstance(value, list):
            raise Malformed(path, "a list", shown(value))
        for index, row in enumerate(value):
            self.of.check(row, step_into(path, index))


@dataclass(frozen=True)
class Named:
    """An object with free keys; whether they are known is a question for the meaning."""

    of: Shape | Kind

    def check(self, value: object, path: str) -> None:
        an_object(value, path)
        assert isinstance(value, dict)
        for key, row in value.items():
            self.of.check(row, step_into(path, key))


def an_object(value: object, path: str) -> None:
    if not isinstance(value, dict):
        raise Malformed(path, "an object", shown(value))
    if isinstance(value, Pairs) and value.repeated is not None:
        raise Malformed(step_into(path, value.repeated), "each key once", "it twice")


def limit(model: type[models.Model], field: str) -> int | None:
    return getattr(model._meta.get_field(field), "max_length", None)


def text(most: int | None = None) -> Kind:
    expected = f"a text of at most {most} characters" if most else "a text"

    def fits(value: object) -> bool:
        if not (isinstance(value, str) and is_storable(value) and value.strip()):
            return False
        return most is None or len(value) <= most

    return Kind(expected, fits)


def slug(most: int | None) -> Kind:
    def fits(value: object) -> bool:
        return isinstance(value, str) and bool(re.fullmatch(r"[-\w]+", value, re.ASCII)) and len(value) <= (most or 0)

    return Kind(f"a text of letters a–z, digits, - and _, at most {most} characters", fits)


def one_of(values: Iterable[str]) -> Kind:
    allowed = tuple(values)
    return Kind(
        " or ".join(f'"{value}"' for value in allowed), lambda value: isinstance(value, str) and value in allowed
    )


def or_null(kind: Kind) -> Kind:
    return Kind(f"{kind.expected}, or null", lambda value: value is None or kind.fits(value))


def number(least: int, most: int) -> Kind:
    return Kind(f"a whole number {least}–{most}", lambda value: type(value) is int and least <= value <= most)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and is_storable(value)


def _is_day(value: object) -> bool:
    if not (isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII)):
        return False
    try:
        return bool(date.fromisoformat(value))
    except ValueError:
        return False


def _is_code(value: object) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"\d{2}|\d{4}", value, re.ASCII))


DAY = Kind("a day as YYYY-MM-DD", _is_day)
CODE = Kind("a code of two or four digits as a text", _is_code)
FLAG = Kind("true or false", lambda value: type(value) is bool)
ANY_TEXT = Kind("a text, empty or not", _is_text)
LONG = text()
COUNT = number(1, LARGEST)

NOTE = Shape({"text": or_null(LONG), "shared": FLAG})
COHORT = Shape(
    {
        "slug": slug(limit(Cohort, "slug")),
        "name": text(limit(Cohort, "name")),
        "kind": one_of(CohortKind.values),
        "starts_on": DAY,
        "ends_on": DAY,
        "checklist": text(limit(Checklist, "key")),
        "half_steps": FLAG,
        "sections": Rows(Shape({"key": slug(limit(Section, "key")), "heading": text(limit(Section, "heading"))})),
        "expected_results": Rows(
            Shape({"key": slug(limit(ExpectedResult, "key")), "text": LONG, "kind": one_of(ExpectedKind.values)})
        ),
    }
)
PARTICIPANT = Shape(
    {
        "organisation": CODE,
        "role": one_of(Role.values),
        "status": one_of(Status.values),
        "withdrawn_on": or_null(DAY),
        "reported": FLAG,
        "through": or_null(text(limit(Participation, "through"))),
        "mentor_next": or_null(one_of(MentorNext.values)),
    }
)
GROUP = Shape(
    {
        "key": slug(limit(Group, "key")),
        "name": text(limit(Group, "name")),
        "track": or_null(text(limit(Group, "track"))),
        "members": Rows(CODE),
        "mentors": Rows(
            Shape({"organisation": CODE, "supporting": FLAG, "theme": or_null(text(limit(GroupMentor, "theme")))})
        ),
    }
)
MEETING = Shape(
    {
        "key": slug(limit(Meeting, "key")),
        "name": text(limit(Meeting, "name")),
        "kind": one_of(MeetingKind.values),
        "number": COUNT,
        "theme": or_null(text(limit(Meeting, "theme"))),
        "starts_on": DAY,
        "ends_on": DAY,
        "form": one_of(MeetingForm.values),
        "group": or_null(text(limit(Group, "key"))),
    }
)
ASSESSMENT = Shape(
    {
        "organisation": CODE,
        "meeting": or_null(text(limit(Meeting, "key"))),
        "status": one_of(("draft", "submitted")),
        "submitted_on": or_null(DAY),
        "assessors": or_null(COUNT),
        # Which values the scale has is known only with the checklist; a number is refused there too.
        "scores": Named(Kind("a score", lambda value: True)),
        "comments": Named(NOTE),
        "glad_to_tell": Rows(LONG),
    }
)
STEP = Shape(
    {"stage": one_of(Stage.values), "state": one_of(StepState.values), "year": number(1900, 2200), "text": LONG}
)
EFFORT = Shape(
    {
        "organisation": CODE,
        "title": text(limit(Effort, "title")),
        "item": or_null(LONG),
        "shared": FLAG,
        "example": FLAG,
        "steps": Rows(STEP),
    }
)
CYCLE = Shape(
    {"plan": LONG, "do": ANY_TEXT, "study": ANY_TEXT, "act": ANY_TEXT, "decision": or_null(one_of(Decision.values))}
)
IMPROVEMENT = Shape(
    {
        "organisation": CODE,
        "title": text(limit(Improvement, "title")),
        "item": or_null(LONG),
        "borrowed_from": or_null(CODE),
        "shared": FLAG,
        "cycles": Rows(CYCLE),
    }
)
REPORT = Shape(
    {"organisation": CODE, "status": one_of(ReportState.values), "approved_on": or_null(DAY), "sections": Named(NOTE)}
)
PACKAGE = Shape(
    {
        "format": one_of((FORMAT,)),
        "version": Kind(str(VERSION), lambda value: type(value) is int and value == VERSION),
        "provenance": LONG,
        "cohort": COHORT,
        "participants": Rows(PARTICIPANT),
        "groups": Rows(GROUP),
        "meetings": Rows(MEETING),
        "assessments": Rows(ASSESSMENT),
        "efforts": Rows(EFFORT),
        "improvements": Rows(IMPROVEMENT),
        "reports": Rows(REPORT),
    }
)


def check_shape(document: object) -> dict[str, Any]:
    """The document, of which every key and value now has its kind; a later version says so before all else."""
    if isinstance(document, dict):
        for key in ("format", "version"):
            if key in document:
                PACKAGE.keys[key].check(document[key], f"$.{key}")
    PACKAGE.check(document, "$")
    assert isinstance(document, dict)
    return document
