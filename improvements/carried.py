"""The part of the cohort package that describes improvements and efforts (data/FORMAT.md)."""

from cohorts.carried import CODE
from decisions.carried import DECISION_NUMBER
from improvements.enums import Decision, ForWhom, GoalOrigin, HowFar, PlacingTime, Stage, State, StepState
from improvements.models import (
    ChangeIdea,
    Comment,
    Cycle,
    CycleName,
    Effort,
    EffortStep,
    Improvement,
    OwnGoal,
    PastStep,
    Placement,
    ReachedGoal,
    ResultAnswer,
    WithdrawnExample,
    WorkEvidence,
)
from indicators.carried import INDICATOR_KEY
from indicators.models import Analysis
from kit.carrying import (
    ANY_TEXT,
    LONG_TEXT,
    NO_ROWS,
    CarriedColumn,
    Field,
    Rows,
    Shape,
    a_text,
    address,
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
from policy.carried import GOAL, LABELS

STEP = Shape(
    {
        "stage": Field(any_of(Stage.values)),
        "state": choice(StepState.values),
        "year": number(1900, 2200),
        "text": CarriedColumn(LONG_TEXT),
        "month": number_or_null(1, 12, since=3),
        "day": number_or_null(1, 31, since=3),
        "part": short(EffortStep, "part", since=3),
        "led_here": words(since=3),
        "noticed": flag_or_null(since=3),
        "noticed_how": words(since=3),
        "goal": Field(or_null(GOAL), since=3),
        "indicator": Field(or_null(INDICATOR_KEY), since=3),
        "decision": Field(or_null(DECISION_NUMBER), since=3),
        "whom": CarriedColumn(Rows(any_of(ForWhom.values)), NO_ROWS, since=3, read=list, write=list),
        "group": short(EffortStep, "group", since=3),
        "link": address(since=3),
        "said_on": day_or_null(since=3),
    },
    EffortStep,
    by_place=("effort",),
)
PAST_STEP = Shape(
    {**STEP.fields, "stage": choice(Stage.values), "replaced_on": day()},
    PastStep,
    by_place=("effort",),
    known_by=("stage", "replaced_on", "text"),
)
PLACEMENT = Shape(
    {
        "occasion": choice(PlacingTime.values),
        "stage": choice(Stage.values),
        "reason": CarriedColumn(LONG_TEXT),
        "placed_on": day(),
    },
    Placement,
    by_place=("participation",),
    known_by=("occasion",),
)
# The titles of efforts, keys of indicators and numbers of decisions of the same organisation.
SHOWN_BY = {
    "efforts": Field(Rows(a_text(limit(Effort, "title"))), NO_ROWS, since=3),
    "indicators": Field(Rows(INDICATOR_KEY), NO_ROWS, since=3),
    "decisions": Field(Rows(DECISION_NUMBER), NO_ROWS, since=3),
}
RESULT_ANSWER = Shape(
    {
        # The key of one of the omgång's expected results.
        "result": Field(LONG_TEXT),
        "judgement": choice(HowFar.values),
        "text": words(),
        **SHOWN_BY,
    },
    ResultAnswer,
    by_place=("participation",),
    known_by=("result_id",),
)
OWN_GOAL = Shape(
    {
        "goal": title(OwnGoal, "goal"),
        "judgement": words(any_of(HowFar.values)),
        "text": words(),
        "origin": choice(GoalOrigin.values),
        "set_on": day(),
        **SHOWN_BY,
    },
    OwnGoal,
    by_place=("participation", "position"),
    known_by=("goal",),
)
OF_PARTICIPANT = {
    "placements": Field(Rows(PLACEMENT), NO_ROWS, since=3),
    "result_answers": Field(Rows(RESULT_ANSWER), NO_ROWS, since=3),
    "own_goals": Field(Rows(OWN_GOAL), NO_ROWS, since=3),
}
EFFORT = Shape(
    {
        "organisation": Field(CODE, column="participation"),
        "title": Field(a_text(limit(Effort, "title"))),
        "item": Field(or_null(LONG_TEXT)),
        "shared": flag(),
        "example": flag(),
        "public": flag(empty=False, since=3),
        # The title of the improvement that became the effort.
        "improvement": Field(or_null(a_text(limit(Improvement, "title"))), since=3),
        "steps": Field(Rows(STEP), NO_ROWS),
        "past": Field(Rows(PAST_STEP), NO_ROWS, since=3),
        **LABELS,
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
        "scale": short(Cycle, "scale", since=3),
        "prediction": words(since=3),
        "begins_on": day_or_null(since=3),
        "ends_on": day_or_null(since=3),
        "measured": words(since=3),
        # The text of one of the improvement's ideas.
        "idea": Field(or_null(a_text(limit(ChangeIdea, "text"))), since=3),
    },
    Cycle,
    by_place=("improvement", "number"),
)
CHANGE_IDEA = Shape(
    {"text": title(ChangeIdea, "text")}, ChangeIdea, by_place=("improvement", "position"), known_by=("text",)
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
        # Null where it follows from the cycles.
        "state": Field(or_null(any_of(State.values)), since=3),
        "aim": words(since=3),
        "problem": words(since=3),
        "starting_point": short(Improvement, "starting_point", since=3),
        "target": short(Improvement, "target", since=3),
        "aim_on": day_or_null(since=3),
        **{name: flag(empty=False, since=3) for name in ("women", "men", "girls", "boys")},
        "whom": short(Improvement, "whom", since=3),
        "measure": short(Improvement, "measure", since=3),
        "indicators": Field(Rows(INDICATOR_KEY), NO_ROWS, since=3),
        # The title of one of the organisation's analyses.
        "analysis": Field(or_null(a_text(limit(Analysis, "title"))), since=3),
        "begins_on": day_or_null(since=3),
        "ends_on": day_or_null(since=3),
        "learnt": words(since=3),
        "ideas": Field(Rows(CHANGE_IDEA), NO_ROWS, since=3),
        **LABELS,
    },
    Improvement,
    # The package says with each idea, at its meeting, which improvement was made of it.
    by_place=("takeaway", "position"),
)

NO_PEOPLE = "no person is in the package"
NOT_CARRIED = {
    Cycle: {
        "responsible": NO_PEOPLE,
        "changed_on": "a stamp of this site",
    },
    Comment: "what readers say to each other on this site, and no person is in the package",
    CycleName: "a word that each organisation chooses for its pages on each site",
    Improvement: {
        "responsible": NO_PEOPLE,
        "manager": NO_PEOPLE,
        "part": "the parts of an organisation are its own on each site",
        "example": "an effort has no key of its own in the package, which says whose idea it is",
    },
    ReachedGoal: "an organisation's own ticks, which are neither shared nor handed in",
    WithdrawnExample: "the number is that of a row on this site",
    WorkEvidence: "beside the work, and files; as underlag at a moment",
}
