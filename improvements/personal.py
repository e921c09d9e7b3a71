"""What is held about a person here (kit/holding.py); the search finds what stands in a text."""

from improvements.models import (
    ChangeIdea,
    Cycle,
    CycleName,
    Effort,
    EffortStep,
    Improvement,
    PastStep,
    Placement,
    ReachedGoal,
    ResultAnswer,
    WithdrawnExample,
)
from kit.holding import Held

HELD = {
    Improvement: Held(
        shows=("title", "participation"),
        called="förbättringsarbeten som du ansvarar för",
        made=("responsible__user", "manager__user"),
    ),
    Cycle: Held(shows=("improvement", "number"), called="cykler som du ansvarar för", made=("responsible__user",)),
}
NOTHING = dict.fromkeys(
    (ChangeIdea, CycleName, Effort, EffortStep, PastStep, Placement, ReachedGoal, ResultAnswer, WithdrawnExample),
    "an organisation's own work",
)
