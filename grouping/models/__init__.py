from grouping.models.rule import GroupingRule
from grouping.models.weights import GroupingWeights

__all__ = (
    "GroupingRule",
    "GroupingWeights",
)
