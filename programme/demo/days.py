"""The example omgångar, and how the running one is moved so that its next meeting lies ahead."""

from datetime import date, timedelta
from typing import Any

from modell.refusals import ActionRefused

RUNNING = "demo-pagaende"
CLOSED = ("demo-kommuner", "demo-regioner")
# The meeting of the running omgång that is told of as the next one, and how far ahead it is shown.
NEXT_MEETING = "learning-2"
AHEAD = timedelta(weeks=3)


def move_days(package: dict[str, Any], *, today: date) -> None:
    """Move a running omgång by whole weeks, so that weekdays stay, until its next meeting is three weeks ahead."""
    meeting = next((row for row in package["meetings"] if row["key"] == NEXT_MEETING), None)
    if meeting is None:
        raise ActionRefused(f"Exempelomgången saknar träffen {NEXT_MEETING}.")
    told_on = date.fromisoformat(meeting["starts_on"]) - AHEAD
    weeks = timedelta(weeks=round((today - told_on).days / 7))
    _move(package, weeks, years=today.year - told_on.year)


def _move(part: Any, by: timedelta, *, years: int) -> None:
    """Every day of the package, and the years that its efforts tell."""
    rows = part.items() if isinstance(part, dict) else enumerate(part)
    for key, value in list(rows):
        if isinstance(value, dict | list):
            _move(value, by, years=years)
        elif str(key).endswith("_on") and value is not None:
            part[key] = (date.fromisoformat(value) + by).isoformat()
        elif key == "year":
            part[key] = value + years
