"""Nothing is held about a person here but what stands in a text, which the search finds (kit/holding.py)."""

from improvements.models import (
    Cycle,
    Effort,
    EffortStep,
    Improvement,
    PastStep,
    Placement,
    ReachedGoal,
    ResultAnswer,
    WithdrawnExample,
)

NOTHING = dict.fromkeys(
    (Cycle, Effort, EffortStep, Improvement, PastStep, Placement, ReachedGoal, ResultAnswer, WithdrawnExample),
    "an organisation's own work",
)
