"""Keys that the newest version of the format once had, read as what replaced them."""

from typing import Any

from exchange.schema import NEWEST
from reports.enums import ChapterOwner, ChapterState

WITH_A_GOAL = ("improvements", "indicators")
# The two texts of a joint report before it had chapters, and the usual chapters that they stand in now.
CHAPTERS = {"introduction": "introduction", "conclusions": "reflections"}


def renew(document: object) -> None:
    """Rename what the document has of such keys; its shape is not checked yet."""
    if not isinstance(document, dict) or document.get("version") != NEWEST:
        return
    for name in WITH_A_GOAL:
        rows = document.get(name)
        for row in rows if isinstance(rows, list) else ():
            if isinstance(row, dict) and "goal" in row and "goals" not in row:
                goal = row.pop("goal")
                row["goals"] = [] if goal is None else [goal]
    joint = document.get("joint_report")
    if isinstance(joint, dict):
        _put_in_chapters(joint)


def _put_in_chapters(joint: dict[str, Any]) -> None:
    before = [name for name in CHAPTERS if name in joint]
    texts = {CHAPTERS[name]: _chapter(joint, name) for name in before}
    if before and "texts" not in joint:
        joint["texts"] = {key: text for key, text in texts.items() if text["text"]}


def _chapter(joint: dict[str, Any], name: str) -> dict[str, Any]:
    text = {"text": joint.pop(name), "structure": joint.pop(f"{name}_structure", None)}
    return {**text, "owner": ChapterOwner.SKR.value, "state": ChapterState.DRAFT.value}
