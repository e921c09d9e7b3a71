from improvements.models.beside import Comment, WorkEvidence
from improvements.models.cycle import ChangeIdea, Cycle, CycleName
from improvements.models.effort import Effort, WithdrawnExample
from improvements.models.improvement import Improvement
from improvements.models.judged import OwnGoal, Placement, ReachedGoal, ResultAnswer
from improvements.models.step import EffortStep, PastStep, StepContent

__all__ = (
    "ChangeIdea",
    "Comment",
    "Cycle",
    "CycleName",
    "Effort",
    "EffortStep",
    "Improvement",
    "OwnGoal",
    "PastStep",
    "Placement",
    "ReachedGoal",
    "ResultAnswer",
    "StepContent",
    "WithdrawnExample",
    "WorkEvidence",
)
