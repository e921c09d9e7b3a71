"""The receivers of a workbook's parts. What they keep is bounded; formatted cells without content weigh nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from kit.workbook.cells import LONGEST_IN_A_CELL, Place, SheetCell, place_of, plain_text
from kit.workbook.package import Walk, plain_name
from kit.workbook.refusing import BROKEN, OUTSIDE, TOO_MUCH, WorkbookRefused, too_far_down, too_far_right

MAX_ROW, MAX_COLUMN, MAX_MERGED = 1000, 100, 500
MAX_CELLS, MAX_TEXT = 60_000, 5_000_000
LONGEST_FORMULA = 8192  # Excel's own limit
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_QUOTED = re.compile(r'"[^"]*"|\'[^\']*\'')
_PROGRAM = re.compile(r"\w\s*\|")


@dataclass
class Kept:
    """How much is kept of the whole workbook."""

    cells: int = 0
    text: int = 0

    def add(self, *, cells: int = 0, text: int = 0) -> None:
        self.cells, self.text = self.cells + cells, self.text + text
        if self.cells > MAX_CELLS or self.text > MAX_TEXT:
            raise WorkbookRefused(TOO_MUCH)


class Book(Walk):
    """The sheets' names and keys, and the epoch that the workbook counts its days from."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str, bool]] = []
        self.epoch = CALENDAR_WINDOWS_1900

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "workbookPr" and attributes.get("date1904") in ("1", "true"):
            self.epoch = CALENDAR_MAC_1904
        if tag == "sheet":
            key = next(value for name, value in attributes.items() if plain_name(name) == "id")
            self.sheets.append((attributes["name"], key, attributes.get("state", "visible") != "visible"))


class Texts(Walk):
    """The text of elements with runs in them, without the reading aids (rPh) inside some."""

    def __init__(self, kept: Kept) -> None:
        self.kept = kept
        self.pieces: list[str] = []
        self.inside, self.aside = False, 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.inside = tag == "t"
        self.aside += tag == "rPh"

    def data(self, text: str) -> None:
        if self.inside and not self.aside:
            self.kept.add(text=len(text))
            self.pieces.append(text)

    def end(self, tag: str) -> None:
        self.inside = False
        self.aside -= tag == "rPh"

    def taken(self) -> str:
        text = plain_text(_unescaped("".join(self.pieces)))[:LONGEST_IN_A_CELL]
        self.pieces = []
        return text


class SharedStrings(Texts):
    """The texts that cells refer to by number."""

    def __init__(self, kept: Kept) -> None:
        super().__init__(kept)
        self.texts: list[str] = []

    def end(self, tag: str) -> None:
        super().end(tag)
        if tag == "si":
            self.texts.append(self.taken())


class Notes(Texts):
    """The notes at cells. `threads` are those of Excel today, which are also written as notes for older programs."""

    OF_A_THREAD = "tc="

    def __init__(self, kept: Kept) -> None:
        super().__init__(kept)
        self.authors: list[str] = []
        self.notes: dict[Place, str] = {}
        self.place: Place | None = None
        self.author = ""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        super().start(tag, attributes)
        self.inside = tag in ("t", "author") or (tag == "text" and self.place is not None and not self.authors)
        if tag in ("comment", "threadedComment"):
            self.place, self.pieces = place_of(attributes["ref"]), []
            number = int(attributes.get("authorId", "-1"))
            self.author = self.authors[number] if 0 <= number < len(self.authors) else ""

    def end(self, tag: str) -> None:
        super().end(tag)
        if tag == "author":
            self.authors.append(self.taken())
        if tag in ("comment", "threadedComment") and self.place:
            self._note(self.place, self.taken().removeprefix(f"{self.author}:").strip())

    def _note(self, place: Place, text: str) -> None:
        if text and not self.author.startswith(self.OF_A_THREAD):
            self.kept.add(cells=1)
            self.notes[place] = "\n".join(filter(None, (self.notes.get(place), text)))


@dataclass
class Styles(Walk):
    """The cell styles that show a number as a date."""

    formats: dict[int, str] = field(default_factory=lambda: dict(BUILTIN_FORMATS))
    used: list[int] = field(default_factory=list)
    inside: bool = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.inside = self.inside or tag == "cellXfs"
        if tag == "numFmt":
            self.formats[int(attributes["numFmtId"])] = attributes["formatCode"]
        if tag == "xf" and self.inside:
            self.used.append(int(attributes.get("numFmtId", "0")))

    def end(self, tag: str) -> None:
        self.inside = self.inside and tag != "cellXfs"

    def dates(self) -> frozenset[int]:
        as_days = {key for key, code in self.formats.items() if is_date_format(code)}
        return frozenset(style for style, key in enumerate(self.used) if key in as_days)


@dataclass
class Cells(Walk):
    """The cells of the sheet named `title`."""

    title: str
    strings: list[str]
    dates: frozenset[int]
    epoch: datetime
    kept: Kept
    cells: dict[Place, SheetCell] = field(default_factory=dict)
    merged: list[tuple[Place, Place]] = field(default_factory=list)
    row: int = 0
    column: int = 0
    cell: Mapping[str, str] = field(default_factory=dict)
    pieces: dict[str, list[str]] = field(default_factory=dict)
    inside: str = ""
    aside: int = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.inside = tag
        if tag == "c":
            self.row, self.column = place_of(attributes["r"]) if "r" in attributes else (self.row, self.column + 1)
            self.cell, self.pieces = attributes, {}
        elif tag == "row":
            self.row, self.column = int(attributes.get("r", self.row + 1)), 0
        elif tag == "f":
            self.pieces.setdefault("f", [])
        elif tag == "rPh":
            self.aside += 1
        elif tag == "mergeCell":
            first, _, last = attributes["ref"].partition(":")
            self.merged.append((place_of(first), place_of(last or first)))
            if len(self.merged) > MAX_MERGED:
                raise WorkbookRefused(TOO_MUCH)

    def data(self, text: str) -> None:
        if self.inside in ("v", "f", "t") and not self.aside:
            self.kept.add(text=len(text))
            self.pieces.setdefault(self.inside, []).append(text)

    def end(self, tag: str) -> None:
        self.inside = ""
        if tag == "rPh":
            self.aside -= 1
        if tag == "c" and self.pieces:
            self._keep(self._cell())

    def _keep(self, cell: SheetCell) -> None:
        if not cell.text and not cell.is_formula:
            return
        if self.row > MAX_ROW:
            raise WorkbookRefused(too_far_down(self.title, self.row))
        if self.column > MAX_COLUMN:
            raise WorkbookRefused(too_far_right(self.title))
        self.kept.add(cells=1)
        self.cells[self.row, self.column] = cell

    def _cell(self) -> SheetCell:
        formula = "".join(self.pieces["f"]) if "f" in self.pieces else None
        if formula and _starts_a_program(formula):
            raise WorkbookRefused(OUTSIDE)
        stored, kind = "".join(self.pieces.get("v", [])), self.cell.get("t", "n")
        known = formula is not None
        if kind == "inlineStr":
            return _of_text(_unescaped("".join(self.pieces.get("t", []))), known)
        if not stored:
            return SheetCell("", is_formula=known)
        if kind == "s":
            return SheetCell(self.strings[int(stored)], is_formula=known)
        if kind == "b":
            return SheetCell("SANT" if int(stored) else "FALSKT", truth=bool(int(stored)), is_formula=known)
        if kind == "n":
            return self._of_number(stored, known)
        return _of_text(_unescaped(stored), known, is_error=kind == "e")

    def _of_number(self, stored: str, is_formula: bool) -> SheetCell:
        # The text comes from the binary number: Excel shows a stored 2.2999999999999998 as 2,3.
        number = Decimal(repr(float(stored)))
        if not number.is_finite():
            raise WorkbookRefused(BROKEN)
        if int(self.cell.get("s", "0")) in self.dates:
            return _of_text(_day(float(stored), self.epoch), is_formula)
        text = f"{number.normalize():f}".replace(".", ",") if abs(number) < 10**15 else stored
        return SheetCell(text[:LONGEST_IN_A_CELL], number, is_formula=is_formula)


def _starts_a_program(formula: str) -> bool:
    """True for DDE, as in cmd|'/c calc'!A0."""
    if len(formula) > LONGEST_FORMULA:
        raise WorkbookRefused(BROKEN)
    unquoted = _QUOTED.sub("", formula)
    program = _PROGRAM.search(unquoted)
    return program is not None and "!" in unquoted[program.end() :]


def _of_text(text: str, is_formula: bool, *, is_error: bool = False) -> SheetCell:
    return SheetCell(plain_text(text)[:LONGEST_IN_A_CELL], is_formula=is_formula, is_error=is_error)


def _day(serial: float, epoch: datetime) -> str:
    converted = from_excel(serial, epoch)
    if isinstance(converted, datetime):
        return converted.date().isoformat()
    return str(converted or "")


def _unescaped(text: str) -> str:
    # Excel writes a character that XML cannot hold as _x000D_.
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
