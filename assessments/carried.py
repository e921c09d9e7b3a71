"""Fields of self-assessments, the plan and the title that the cohort package carries (data/FORMAT.md)."""

from assessments.enums import TitleRule
from assessments.models import (
    Assessment,
    AssessmentPlan,
    Evidence,
    PublishedAnswers,
    Query,
    Rater,
    Rating,
    RatingRound,
    Release,
    Reopening,
    Score,
    TitleDecision,
)
from checklist.models import Checklist
from cohorts.carried import CODE
from kit.carrying import (
    LONG_TEXT,
    NO_ROWS,
    Field,
    FreeKeys,
    OrNull,
    Rows,
    Shape,
    ValueKind,
    a_text,
    choice,
    day,
    day_or_null,
    flag,
    limit,
    number_or_null,
    or_null,
    title,
    words,
)
from meetings.carried import MEETING_KEY

CHECKLIST_KEY = a_text(limit(Checklist, "key"))
# The values of the scale are known only with the checklist, where a wrong number is refused too.
A_SCORE = ValueKind("a score", lambda value: True)

PLAN = Shape(
    {
        "checklist": Field(CHECKLIST_KEY),
        "half_steps": flag(),
        "title_rule": choice(TitleRule.values, empty=TitleRule.NONE.value, since=2),
        "part_checklist": Field(or_null(CHECKLIST_KEY), since=2),
    },
    AssessmentPlan,
    by_place=("cohort",),
)
COMMENT = Shape(
    {"text": words(column="comment"), "shared": flag()},
    Score,
    # `scores` and `glad_to_tell` of the assessment name the item, and what is submitted is agreed.
    by_place=("assessment", "item", "value", "glad_to_tell", "agreed"),
)
ASSESSMENT = Shape(
    {
        "organisation": Field(CODE, column="participation"),
        "meeting": Field(or_null(MEETING_KEY)),
        "status": choice(("draft", "submitted"), column="state"),
        "submitted_on": day_or_null(),
        "assessors": number_or_null(1),
        "scores": Field(FreeKeys(A_SCORE)),
        "comments": Field(FreeKeys(COMMENT)),
        "glad_to_tell": Field(Rows(LONG_TEXT), NO_ROWS),
    },
    Assessment,
    by_place=("checklist", "half_steps"),
)
TITLE = Shape(
    {
        "rule": choice(TitleRule.values),
        "given": flag(),
        "decided_on": day(),
        "decided_by": title(TitleDecision, "decided_by"),
        "note": words(),
    },
    TitleDecision,
    by_place=("participation",),
)
OF_PARTICIPANT = {"title": Field(OrNull(TITLE), since=2)}

NOT_CARRIED = {
    Query: "written beside the value",
    Reopening: "written beside the value",
    Evidence: "written beside the value, and files",
    Release: "made anew by each site from the scores",
    PublishedAnswers: "made anew by each site when a report is published",
    RatingRound: "individual ratings",
    Rater: "people",
    Rating: "individual ratings",
    Assessment: {
        "part": "self-assessments of nämnder and förvaltningar",
        "submitted_by": "a person",
        "raters": "individual ratings",
        "judged_by": "written beside the value",
    },
    Score: {
        "suggested": "counts for nothing until it is chosen",
        "aim": "written beside the value",
        "since_last": "written beside the value",
        "reasoning": "written beside the value",
        "next_step": "written beside the value",
        "spread_low": "individual ratings",
        "spread_high": "individual ratings",
        "raters": "individual ratings",
        "revision": "each site's own count of changes",
        "saved_at": "each site's own stamp",
        "saved_by": "a person",
    },
    TitleDecision: {"recorded_at": "each site's own stamp", "recorded_by": "a person"},
}
