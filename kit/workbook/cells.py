"""A cell of a workbook, its place and its text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from kit.canonical import canonical

LONGEST_IN_A_CELL = 32_767
_PLACE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")

Place = tuple[int, int]


@dataclass(frozen=True)
class SheetCell:
    """A cell. `text` is what it shows, "" for a formula without a result; `number` is set too if it is a number."""

    text: str
    number: Decimal | None = None
    truth: bool | None = None
    is_formula: bool = False
    is_error: bool = False


NOTHING = SheetCell("")


def plain_text(text: str) -> str:
    return canonical(text).strip()


def place_of(reference: str) -> Place:
    """Return row and column of a reference, (7, 3) for C7; raise ValueError if it is none."""
    match = _PLACE.fullmatch(reference.replace("$", ""))
    if match is None:
        raise ValueError(reference)
    letters, row = match.groups()
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(row), column
