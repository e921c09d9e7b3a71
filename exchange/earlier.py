"""Keys that the newest version of the format once had, read as what replaced them."""

from exchange.schema import NEWEST

WITH_A_GOAL = ("improvements", "indicators")


def renew(document: object) -> None:
    """Put the one `goal` that improvements and indicators had among their `goals`; the shape is not checked yet."""
    if not isinstance(document, dict) or document.get("version") != NEWEST:
        return
    for name in WITH_A_GOAL:
        rows = document.get(name)
        for row in rows if isinstance(rows, list) else ():
            if isinstance(row, dict) and "goal" in row and "goals" not in row:
                goal = row.pop("goal")
                row["goals"] = [] if goal is None else [goal]
