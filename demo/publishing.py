"""What the demonstration's reports publish. Its packages say only what is shared with the group."""

from typing import Any

# With more of them, fewer than three would be unread behind a figure, and the joint reports would have none (ADR 18).
PUBLISH_THEIR_VALUES = frozenset({"9701", "9702", "93"})


def let_publish(package: dict[str, Any]) -> None:
    """Let what is shared be published with the reports that are handed in, and the examples that are offered."""
    handed_in = {row["organisation"] for row in package["reports"] if row["status"] != "draft"}
    for row in package["efforts"]:
        row["public"] = row["example"] or (row["shared"] and row["organisation"] in handed_in)
    for row in package["improvements"]:
        public = row["shared"] and row["organisation"] in handed_in
        row |= {"public": public, "lender_agrees": True if public and row["borrowed_from"] else None}
    for row in package["reports"]:
        publishes = row["organisation"] in handed_in & PUBLISH_THEIR_VALUES
        row |= {"with_values": publishes, "with_comments": publishes}
