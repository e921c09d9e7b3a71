"""Where a sheet's table begins and what its columns are, wherever they lie."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from modell.workbook.reading import Sheet

SEARCHED = 60
_STEP = re.compile(r"(\d)(?:\s*[=:.)–-]\s*\D.*|\s+\D.*)?", re.S)
_KNOWN = {
    "comment": ("kommentar", "anteckning", "motivering"),
    "since_last": ("vad har hänt sedan",),
    "aim": ("mål till nästa", "mål"),
    "value": ("värde", "poäng", "nivå", "skattning"),
    "label": ("nr", "nummer", "moment", "framgångsfaktor", "påstående", "fråga"),
}
_WHOLE_WORDS = ("mål", "nr", "värde", "poäng", "nivå", "skattning")


@dataclass(frozen=True)
class Heading:
    """`labels` are the columns where a moment's number and wording may stand; `others` are those that are not read."""

    row: int
    steps: dict[int, int]
    labels: tuple[int, ...]
    value: int | None = None
    comment: int | None = None
    since_last: int | None = None
    aim: int | None = None
    others: tuple[str, ...] = ()


def find_heading(sheet: Sheet) -> Heading | None:
    """The row that is most like a heading: the steps in order, or a column for the value with others beside it."""
    best: tuple[int, int] | None = None
    for row in sheet.rows()[:SEARCHED]:
        steps, known = _steps(sheet, row), _known(sheet, row)
        if steps or ("value" in known and len(known) > 1):
            score = 2 * len(steps) + len(known)
            if best is None or score > best[0]:
                best = (score, row)
    return _heading(sheet, best[1]) if best else None


def _heading(sheet: Sheet, row: int) -> Heading:
    steps, known = _steps(sheet, row), _known(sheet, row)
    # A heading in two rows: what the columns of the steps leave free may be named in the row above.
    above = {name: column for name, column in _known(sheet, row - 1).items() if column not in steps.values()}
    known = {**above, **known} if steps else known
    if known.get("value") in steps.values():
        del known["value"]
    taken = {*steps.values(), *(column for name, column in known.items() if name != "label")}
    rated = [*steps.values(), *([known["value"]] if "value" in known else [])]
    return Heading(
        row,
        steps,
        labels=tuple(column for column in range(1, min(rated)) if column not in taken),
        value=known.get("value"),
        comment=known.get("comment"),
        since_last=known.get("since_last"),
        aim=known.get("aim"),
        others=tuple(_others(sheet, row, taken, min(rated))),
    )


def _steps(sheet: Sheet, row: int) -> dict[int, int]:
    """The columns of 1, 2, 3 (4), in that order; none where there are fewer than three."""
    found: dict[int, int] = {}
    for column in sheet.columns_in(row):
        match = _STEP.fullmatch(sheet.at(row, column).text)
        if match and int(match[1]) == len(found) + 1:
            found[int(match[1])] = column
    return found if len(found) >= 3 else {}


def _known(sheet: Sheet, row: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for column in sheet.columns_in(row):
        text = sheet.at(row, column).text.casefold().strip(" .:")
        for name, beginnings in _KNOWN.items():
            if name not in found and any(_is(text, beginning) for beginning in beginnings):
                found[name] = column
                break
    return found


def _is(text: str, beginning: str) -> bool:
    return text == beginning if beginning in _WHOLE_WORDS else text.startswith(beginning)


def _others(sheet: Sheet, row: int, taken: Iterable[int], first: int) -> list[str]:
    """The headings of columns to the right that nothing is read from."""
    return [sheet.at(row, column).text for column in sheet.columns_in(row) if column > first and column not in taken]
