"""What is held about a person here, and for how long (kit/holding.py)."""

from indicators.models import Analysis, Indicator, StatisticsHeld, Value
from kit.holding import Held

HELD = {
    Indicator: Held(shows=("title", "participation"), called="nyckeltal som du ansvarar för", made=("owner__user",)),
    Value: Held(shows=("indicator", "period"), called="värden som du har fört in", made=("entered_by",)),
}
NOTHING = dict.fromkeys((Analysis, StatisticsHeld), "an organisation's own work")
