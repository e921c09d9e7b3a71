"""Finds where a sheet's table begins and what its columns are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kit.canonical import folded
from kit.workbook.reading import WorkbookSheet

SEARCHED = 60
LONGEST_HEADING = 120
_STEP = re.compile(r"(\d)(?:\s*[=:.)–-]\s*\D.*|\s+\D.*)?", re.S)
_KNOWN = {
    "comment": ("kommentar", "anteckning", "motivering"),
    "since_last": ("vad har hänt sedan",),
    "aim": ("mål till nästa", "mål"),
    "reasoning": ("så resonerade vi", "resonemang"),
    "next_step": ("det här krävs för nästa steg", "krävs för nästa steg", "nästa steg"),
    "value": ("värde", "poäng", "nivå", "skattning"),
    "label": ("nr", "nummer", "moment", "framgångsfaktor", "påstående", "fråga"),
}
_WHOLE_WORDS = ("mål", "nr", "värde", "poäng", "nivå", "skattning")


@dataclass(frozen=True)
class SheetHeading:
    """The heading's row and columns: `labels` may hold an item's number and wording, `others` are not read."""

    row: int
    steps: dict[int, int]
    labels: tuple[int, ...]
    value: int | None = None
    comment: int | None = None
    since_last: int | None = None
    aim: int | None = None
    reasoning: int | None = None
    next_step: int | None = None
    others: tuple[str, ...] = ()


def find_heading(sheet: WorkbookSheet) -> SheetHeading | None:
    """Return the row most like a heading: steps in order, or a value column with other known columns."""
    best: tuple[int, int] | None = None
    for row in sheet.rows()[:SEARCHED]:
        steps, known = _steps(sheet, row), _known(sheet, row)
        if steps or ("value" in known and len(known) > 1):
            score = 2 * len(steps) + len(known)
            if best is None or score > best[0]:
                best = (score, row)
    return _heading(sheet, best[1]) if best else None


def _heading(sheet: WorkbookSheet, row: int) -> SheetHeading:
    steps, known = _steps(sheet, row), _known(sheet, row)
    # A heading in two rows: what the columns of the steps leave free may be named in the row above.
    above = {name: column for name, column in _known(sheet, row - 1).items() if column not in steps.values()}
    known = {**above, **known} if steps else known
    if known.get("value") in steps.values():
        del known["value"]
    taken = {*steps.values(), *(column for name, column in known.items() if name != "label")}
    rated = [*steps.values(), *([known["value"]] if "value" in known else [])]
    return SheetHeading(
        row,
        steps,
        labels=tuple(column for column in range(1, min(rated)) if column not in taken),
        value=known.get("value"),
        comment=known.get("comment"),
        since_last=known.get("since_last"),
        aim=known.get("aim"),
        reasoning=known.get("reasoning"),
        next_step=known.get("next_step"),
        others=tuple(_others(sheet, row, taken, min(rated))),
    )


def _steps(sheet: WorkbookSheet, row: int) -> dict[int, int]:
    """Return the columns of 1, 2, 3 (4) by step, or nothing if there are fewer than three."""
    columns: dict[int, int] = {}
    for column in sheet.columns_in(row):
        match = _STEP.fullmatch(sheet.at(row, column).text[:LONGEST_HEADING])
        if match and int(match[1]) == len(columns) + 1:
            columns[int(match[1])] = column
    return columns if len(columns) >= 3 else {}


def _known(sheet: WorkbookSheet, row: int) -> dict[str, int]:
    columns: dict[str, int] = {}
    for column in sheet.columns_in(row):
        text = folded(sheet.at(row, column).text[:LONGEST_HEADING]).strip(" .:")
        for name, beginnings in _KNOWN.items():
            if name not in columns and any(_is(text, beginning) for beginning in beginnings):
                columns[name] = column
                break
    return columns


def _is(text: str, beginning: str) -> bool:
    return text == beginning if beginning in _WHOLE_WORDS else text.startswith(beginning)


def _others(sheet: WorkbookSheet, row: int, taken: Iterable[int], first: int) -> list[str]:
    return [sheet.at(row, column).text for column in sheet.columns_in(row) if column > first and column not in taken]
