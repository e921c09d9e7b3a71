"""Nothing is held about a person here but what stands in a text, which the search finds (kit/holding.py)."""

from grouping.models import GroupingRule, GroupingWeights

NOTHING = dict.fromkeys((GroupingRule, GroupingWeights), "how organisations are put in groups")
