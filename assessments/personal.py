"""What is held about a person here, and for how long (kit/holding.py)."""

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
from kit.holding import Held
from kit.retention import Keeping

ASKED = ("asked_by", "answered_by")
HELD = {
    Assessment: Held(
        shows=("participation", "meeting", "submitted_on"),
        called="självskattningar som du har lämnat in",
        made=("submitted_by",),
    ),
    Score: Held(shows=("assessment", "item", "value"), called="värden som du har sparat", made=("saved_by",)),
    Query: Held(shows=("assessment", "item", "text", "answer", *ASKED), made=ASKED),
    Reopening: Held(shows=("assessment", "reason", "consented", *ASKED), made=ASKED),
    Evidence: Held(
        shows=("assessment", "item", "title", "url"), called="underlag som du har lagt till", made=("added_by",)
    ),
    Rater: Held(shows=("round", "function", "done_at"), called="inbjudningar till enskild skattning", by=("user",)),
    Rating: Held(shows=("item", "value"), called="dina enskilda skattningar", by=("rater__user",)),
    TitleDecision: Held(shows=("participation", "given", "decided_on", "note"), made=("recorded_by",)),
}
NOTHING = dict.fromkeys(
    (AssessmentPlan, PublishedAnswers, RatingRound, Release), "about organisations, and not about a person"
)
RATINGS = Keeping(
    "ratings",
    "Enskilda skattningar som ingen har enats utifrån",
    "från den dag skattningen öppnades",
    365,
    30,
    1095,
)
