"""The part of the cohort package that describes improvements and efforts (data/FORMAT.md)."""

from cohorts.carried import CODE
from improvements.enums import Decision, Stage, StepState
from improvements.models import Cycle, Effort, EffortStep, Improvement, ReachedGoal, ResultAnswer, WithdrawnExample
from kit.carrying import (
    ANY_TEXT,
    LONG_TEXT,
    NO_ROWS,
    CarriedColumn,
    Field,
    Rows,
    Shape,
    a_text,
    any_of,
    choice,
    flag,
    flag_or_null,
    limit,
    number,
    or_null,
    words,
)

STEP = Shape(
    {
        "stage": Field(any_of(Stage.values)),
        "state": choice(StepState.values),
        "year": number(1900, 2200),
        "text": CarriedColumn(LONG_TEXT),
    },
    EffortStep,
    by_place=("effort",),
)
EFFORT = Shape(
    {
        "organisation": Field(CODE, column="participation"),
        "title": Field(a_text(limit(Effort, "title"))),
        "item": Field(or_null(LONG_TEXT)),
        "shared": flag(),
        "example": flag(),
        "public": flag(empty=False, since=3),
        "steps": Field(Rows(STEP), NO_ROWS),
    },
    Effort,
    by_place=("position",),
)
CYCLE = Shape(
    {
        "plan": CarriedColumn(LONG_TEXT),
        "do": CarriedColumn(ANY_TEXT),
        "study": CarriedColumn(ANY_TEXT),
        "act": CarriedColumn(ANY_TEXT),
        "decision": words(any_of(Decision.values)),
    },
    Cycle,
    by_place=("improvement", "number"),
)
IMPROVEMENT = Shape(
    {
        "organisation": Field(CODE, column="participation"),
        "title": Field(a_text(limit(Improvement, "title"))),
        "item": Field(or_null(LONG_TEXT)),
        "borrowed_from": Field(or_null(CODE)),
        "shared": flag(),
        "public": flag(empty=False, since=3),
        "lender_agrees": flag_or_null(since=3),
        "cycles": Field(Rows(CYCLE), NO_ROWS),
    },
    Improvement,
    # The package says with each idea, at its meeting, which improvement was made of it.
    by_place=("takeaway", "position"),
)

NOT_CARRIED = {
    ReachedGoal: "an organisation's own ticks, which are neither shared nor handed in",
    ResultAnswer: "a judgement on the way, which may change until the report is written",
    WithdrawnExample: "the number is that of a row on this site",
}
