"""Fields of an omgång, its organisations and its groups that the cohort package carries (data/FORMAT.md)."""

import re

from cohorts.enums import CohortKind, ExpectedKind, Function, MentorModel, MentorNext, Role, Status
from cohorts.models import (
    Cohort,
    CohortContact,
    Delegate,
    Evaluator,
    ExpectedResult,
    Group,
    GroupMentor,
    GroupMove,
    Organisation,
    Part,
    Participation,
)
from kit.carrying import (
    LARGEST_SUM,
    LONG_TEXT,
    NO_ROWS,
    CarriedColumn,
    Field,
    Rows,
    Shape,
    ValueKind,
    a_slug,
    a_text,
    any_of,
    choice,
    day,
    day_or_null,
    flag,
    flag_or_null,
    limit,
    number,
    number_or_null,
    or_null,
    short,
    title,
    words,
)

CODE = ValueKind(
    "a code of two, four or six digits as a text",
    lambda value: isinstance(value, str) and bool(re.fullmatch(r"\d{2}|\d{4}|\d{6}", value, re.ASCII)),
)
GROUP_KEY = a_text(limit(Group, "key"))
FOR_FUNCTION = any_of(Function.values)

EXPECTED_RESULT = Shape(
    {
        "key": Field(a_slug(limit(ExpectedResult, "key"))),
        "text": CarriedColumn(LONG_TEXT),
        "kind": choice(ExpectedKind.values),
    },
    ExpectedResult,
    by_place=("cohort", "position"),
)
COHORT = Shape(
    {
        "slug": Field(a_slug(limit(Cohort, "slug"))),
        "name": title(Cohort, "name"),
        "kind": choice(CohortKind.values),
        "starts_on": day(),
        "ends_on": day(),
        "mentor_model": choice(MentorModel.values, empty=MentorModel.PER_GROUP.value, since=2),
        "mentor_hours": number(0, empty=12, since=2),
        "group_min": number(0, empty=2, since=2),
        "group_max": number(0, empty=3, since=2),
        "fee": number_or_null(0, LARGEST_SUM, since=2),
        "interest_opens_on": day_or_null(since=2),
        "interest_closes_on": day_or_null(since=2),
        "board_meets_on": day_or_null(since=2),
        "extended_from": day_or_null(since=2),
    },
    Cohort,
    by_place=("provenance",),
)
PARTICIPANT = Shape(
    {
        "organisation": Field(CODE, column="code"),
        "role": choice(Role.values),
        "status": choice(Status.values),
        "withdrawn_on": day_or_null(),
        "reported": flag(),
        "through": short(Participation, "through"),
        "mentor_next": words(any_of(MentorNext.values)),
        "joined_on": day_or_null(since=2),
        "both_sides": flag_or_null(since=2),
        "capacity": number_or_null(0, since=2),
        "thanked_on": day_or_null(since=2),
    },
    Participation,
    by_place=("cohort", "organisation", "group", "position"),
)
MENTOR = Shape(
    {
        "organisation": Field(CODE, column="participation"),
        "supporting": flag(),
        "theme": Field(or_null(a_text(limit(GroupMentor, "wished_theme")))),
    },
    GroupMentor,
    by_place=("group", "position"),
)
GROUP = Shape(
    {
        "key": Field(a_slug(limit(Group, "key"))),
        "name": title(Group, "name"),
        "track": short(Group, "track"),
        "members": Field(Rows(CODE), NO_ROWS),
        "mentors": Field(Rows(MENTOR), NO_ROWS),
    },
    Group,
    by_place=("cohort", "position"),
)

NOT_CARRIED = {
    Organisation: "the register, which each site has",
    Delegate: "people",
    Evaluator: "people",
    CohortContact: "people",
    Part: "how an organisation is divided is its own",
    GroupMove: "why an organisation changed group is SKR's alone",
    Cohort: {
        "contact": "a person",
        "constructed": "follows from the organisations: true where one is invented",
        "rehearsal": "a rehearsal is not exported",
    },
    GroupMentor: {"wished_theme": "carried as the theme, where no meeting has it"},
    Participation: {"withdrawal_reason": "why an organisation left is SKR's alone"},
}
