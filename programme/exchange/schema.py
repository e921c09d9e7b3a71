"""The shapes of a cohort package as one table (data/FORMAT.md); what version 2 added stands in `process/fields.py`."""

from typing import Any

from checklist.models import Checklist
from cohorts.enums import CohortKind, ExpectedKind, MentorNext, Role, Status
from cohorts.models import Cohort, ExpectedResult, Group, GroupMentor, Participation
from improvements.enums import Decision, Stage, StepState
from improvements.models import Effort, Improvement
from meetings.enums import MeetingForm, MeetingKind
from meetings.models import Meeting
from programme.exchange.process import fields
from programme.exchange.shapes import (
    ANY_TEXT,
    CODE,
    COUNT,
    DAY,
    FLAG,
    LONG,
    Kind,
    Named,
    Rows,
    Shape,
    limit,
    number,
    one_of,
    or_null,
    slug,
    text,
)
from reports.enums import ReportState
from reports.models import Section

FORMAT, VERSIONS = "modell-cohort", (1, 2)


def _is_version(value: object) -> bool:
    return type(value) is int and value in VERSIONS


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
    },
    later=fields.COHORT,
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
    },
    later=fields.PARTICIPANT,
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
    },
    later=fields.MEETING,
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
        "version": Kind(" or ".join(map(str, VERSIONS)), _is_version),
        "provenance": LONG,
        "cohort": COHORT,
        "participants": Rows(PARTICIPANT),
        "groups": Rows(GROUP),
        "meetings": Rows(MEETING),
        "assessments": Rows(ASSESSMENT),
        "efforts": Rows(EFFORT),
        "improvements": Rows(IMPROVEMENT),
        "reports": Rows(REPORT),
    },
    later=fields.PACKAGE,
)


def check_shape(document: object) -> dict[str, Any]:
    """The document, of which every key and value now has its kind; a later version says so before all else."""
    version = VERSIONS[0]
    if isinstance(document, dict):
        for key in ("format", "version"):
            if key in document:
                PACKAGE.keys[key].check(document[key], f"$.{key}", version)
        version = document.get("version", version)
    PACKAGE.check(document, "$", version)
    assert isinstance(document, dict)
    return document


def in_lowest_version(document: dict[str, Any]) -> dict[str, Any]:
    """As version 1 where that holds all there is to say, so that every site can read it; else version 2."""
    parts = [(document, PACKAGE), (document["cohort"], COHORT)]
    parts += [(row, PARTICIPANT) for row in document["participants"]]
    parts += [(row, MEETING) for row in document["meetings"]]
    added = [(part, name, field.empty) for part, shape in parts for name, field in shape.later.items()]
    if any(part[name] != empty for part, name, empty in added):
        return document
    for part, name, _ in added:
        del part[name]
    return {**document, "version": VERSIONS[0]}
