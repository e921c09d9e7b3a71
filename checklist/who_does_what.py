"""What a politician, a manager and a strategist each do about an item; the words stand in data/who_does_what.json."""

import json
from dataclasses import dataclass
from functools import cache

from django.conf import settings


@dataclass(frozen=True)
class Parts:
    politician: str
    manager: str
    strategist: str


def who_does_what(item_key: str) -> Parts | None:
    """Return the parts, the same in every version with the item; None for an item that SKR has made itself."""
    return _all_parts().get(item_key)


@cache
def _all_parts() -> dict[str, Parts]:
    # The file does not change while the site runs.
    rows = json.loads((settings.DATA_DIR / "who_does_what.json").read_text(encoding="utf-8"))["items"]
    return {key: Parts(**parts) for key, parts in rows.items()}
