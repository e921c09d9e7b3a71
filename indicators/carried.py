"""The part of the cohort package that describes indicators (data/FORMAT.md)."""

from indicators.models import Analysis, Indicator, StatisticsHeld, Value

NOT_CARRIED = {
    Indicator: "not yet in the format",
    Value: "not yet in the format",
    StatisticsHeld: "an organisation's own inventory, which is neither shared nor handed in",
    Analysis: "not yet in the format",
}
