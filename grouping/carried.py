"""Models of this app that the cohort package leaves out; `cohorts.carried` carries the groups themselves."""

from grouping.models import GroupingRule, GroupingWeights

NOT_CARRIED = dict.fromkeys((GroupingRule, GroupingWeights), "how groups were weighed is SKR's alone")
