"""Names of the example omgångar, and the move of the running ones to dates around today."""

from datetime import date, timedelta
from typing import Any

from kit.refusals import ActionRefused

RUNNING = "demo-pagaende"
# The running omgångar in which so many have handed in twice that others than SKR see figures (ADR 18).
NINE, SIX = "demo-nio-kommuner", "demo-sex-regioner"
CLOSED = ("demo-kommuner", "demo-regioner")
# The demonstration shows this meeting of each running omgång as its next, and so far ahead.
NEXT_MEETINGS = {RUNNING: "learning-2", NINE: "learning-3", SIX: "learning-3"}
AHEAD = {RUNNING: timedelta(weeks=3), NINE: timedelta(weeks=4), SIX: timedelta(weeks=2)}


def move_days(package: dict[str, Any], *, today: date) -> None:
    """Move a running omgång by whole weeks, so that weekdays stay, until its next meeting is `AHEAD` of today."""
    slug = package["cohort"]["slug"]
    key = NEXT_MEETINGS[slug]
    meeting = next((row for row in package["meetings"] if row["key"] == key), None)
    if meeting is None:
        raise ActionRefused(f"Exempelomgången saknar träffen {key}.")
    written_for = date.fromisoformat(meeting["starts_on"]) - AHEAD[slug]
    weeks = timedelta(weeks=round((today - written_for).days / 7))
    _move(package, weeks, years=today.year - written_for.year)


def _move(part: Any, by: timedelta, *, years: int) -> None:
    # Efforts give a year and no day, so years are moved apart from days.
    rows = part.items() if isinstance(part, dict) else enumerate(part)
    for key, value in list(rows):
        if isinstance(value, dict | list):
            _move(value, by, years=years)
        elif str(key).endswith("_on") and value is not None:
            part[key] = (date.fromisoformat(value) + by).isoformat()
        elif key == "year":
            part[key] = value + years
