"""What is held about a person here (kit/holding.py); the search finds what stands in a text."""

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
from kit.holding import Held

HELD = {
    Improvement: Held(
        shows=("title", "participation"),
        called="förbättringsarbeten som du ansvarar för",
        made=("responsible__user", "manager__user"),
    ),
    Cycle: Held(shows=("improvement", "number"), called="cykler som du ansvarar för", made=("responsible__user",)),
    Comment: Held(
        shows=("improvement", "text", "written_at"),
        called="kommentarer som du har skrivit om förbättringsarbeten",
        made=("written_by",),
    ),
    WorkEvidence: Held(
        shows=("improvement", "title", "url"),
        called="underlag till förbättringsarbeten som du har lagt till",
        made=("added_by",),
    ),
}
NOTHING = dict.fromkeys(
    (
        ChangeIdea,
        CycleName,
        Effort,
        EffortStep,
        OwnGoal,
        PastStep,
        Placement,
        ReachedGoal,
        ResultAnswer,
        WithdrawnExample,
    ),
    "an organisation's own work",
)
