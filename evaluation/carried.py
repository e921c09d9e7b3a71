"""The part of the cohort package that describes how an omgång is evaluated (data/FORMAT.md).

What the evaluator has not marked for the joint report is private, and never carried.
"""

from cohorts.carried import CODE
from cohorts.enums import Function
from cohorts.models import ExpectedResult
from evaluation.enums import AdviceTag, Attained, InterviewForm, JudgedBy
from evaluation.models import (
    Advice,
    AdviceAnswer,
    EvaluatorQuote,
    GoalJudgement,
    Interview,
    Observation,
    ProgrammeGoal,
)
from kit.carrying import (
    LONG_TEXT,
    NO_ROWS,
    CarriedColumn,
    Field,
    Rows,
    Shape,
    a_slug,
    a_text,
    any_of,
    choice,
    day,
    flag,
    limit,
    number,
    or_null,
    short,
    title,
    words,
)
from meetings.models import Meeting

OBSERVATION = Shape(
    {
        "meeting": Field(or_null(a_slug(limit(Meeting, "key")))),
        "item": Field(or_null(LONG_TEXT)),
        "seen_on": day(),
        "text": CarriedColumn(LONG_TEXT),
    },
    Observation,
    by_place=("cohort", "may_be_used"),
    known_by=("seen_on", "text"),
)
INTERVIEW = Shape(
    {
        "organisation": Field(or_null(CODE), column="participation"),
        "function": words(any_of(Function.values)),
        "title": short(Interview, "title"),
        "people": number(1),
        "interviewed_on": day(),
        "form": choice(InterviewForm.values),
    },
    Interview,
    by_place=("cohort", "listed"),
    known_by=("participation_id", "function", "title", "interviewed_on"),
)
QUOTE = Shape(
    {"text": CarriedColumn(LONG_TEXT), "function": title(EvaluatorQuote, "function")},
    EvaluatorQuote,
    by_place=("cohort", "may_be_used"),
    known_by=("text", "function"),
)
JUDGEMENT = Shape(
    {
        # The key of an expected result, or the text of a goal of the programme.
        "result": Field(or_null(a_slug(limit(ExpectedResult, "key")))),
        "goal": Field(or_null(a_text(limit(ProgrammeGoal, "text")))),
        "judged_by": choice(JudgedBy.values),
        "assessment": choice(Attained.values),
        "basis": CarriedColumn(LONG_TEXT),
    },
    GoalJudgement,
    by_place=("cohort",),
    known_by=("result_id", "goal_id", "judged_by"),
)
GOAL = Shape(
    {"text": title(ProgrammeGoal, "text")},
    ProgrammeGoal,
    by_place=("cohort", "position"),
    known_by=("text",),
)
ADVICE = Shape(
    {"tag": choice(AdviceTag.values), "text": CarriedColumn(LONG_TEXT)},
    Advice,
    by_place=("participation", "position"),
    known_by=("tag", "text"),
)
ANSWER = Shape(
    {"tag": choice(AdviceTag.values), "text": CarriedColumn(LONG_TEXT), "changes": flag()},
    AdviceAnswer,
    by_place=("cohort",),
    known_by=("tag",),
)
OF_PARTICIPANT = {"advice": Field(Rows(ADVICE), NO_ROWS, since=3)}
OF_PACKAGE = {
    "observations": Field(Rows(OBSERVATION), NO_ROWS, since=3),
    "interviews": Field(Rows(INTERVIEW), NO_ROWS, since=3),
    "evaluator_quotes": Field(Rows(QUOTE), NO_ROWS, since=3),
    "programme_goals": Field(Rows(GOAL), NO_ROWS, since=3),
    "judgements": Field(Rows(JUDGEMENT), NO_ROWS, since=3),
    "advice_answers": Field(Rows(ANSWER), NO_ROWS, since=3),
}

NO_PEOPLE = "no person is in the package"
NOT_CARRIED = {
    Observation: {"written_by": NO_PEOPLE},
    Interview: {
        "notes": "only the interviewer reads them",
        "erase_on": "about the notes",
        "interviewed_by": NO_PEOPLE,
    },
    EvaluatorQuote: {
        "observation": "what it was taken from may be private",
        "interview": "what it was taken from may be private",
        "written_by": NO_PEOPLE,
    },
    GoalJudgement: {"written_by": NO_PEOPLE},
}
