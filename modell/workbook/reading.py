"""A workbook's cells, as one who opens it sees them. Only what is written is read: no pictures, no style but that of
dates, no formula worked out. A part that is missing or odd is a broken workbook, said in one sentence.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from modell.workbook.refusing import WorkbookRefused
from modell.workbook.safety import BROKEN, OUTSIDE, TOO_MUCH, Package, Walk, opened, plain_name, walk

MAX_SHEETS, MAX_ROW, MAX_COLUMN, MAX_MERGED = 30, 1000, 100, 500
_PLACE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_QUOTED = re.compile(r'"[^"]*"|\'[^\']*\'')
_DDE = re.compile(r"\w\s*\|.*!")
_FAULTS = (LookupError, ValueError, ArithmeticError, TypeError, StopIteration)

Place = tuple[int, int]


@dataclass(frozen=True)
class Cell:
    """`text` is what stands there, "" where a formula has no result; `number` too, where it is one."""

    text: str
    number: Decimal | None = None
    truth: bool | None = None
    is_formula: bool = False
    is_error: bool = False


NOTHING = Cell("")


@dataclass(frozen=True)
class Sheet:
    title: str
    hidden: bool
    cells: Mapping[Place, Cell]
    merged: tuple[tuple[Place, Place], ...]

    def at(self, row: int, column: int) -> Cell:
        return self.cells.get((row, column), NOTHING)

    def rows(self) -> list[int]:
        """The numbers of the rows that have something in them."""
        return sorted({row for row, _ in self.cells})

    def columns_in(self, row: int) -> list[int]:
        return sorted(column for at, column in self.cells if at == row)

    def merged_over(self, row: int, columns: list[int]) -> bool:
        """Whether a merged cell in the row takes up more than one of the columns."""
        return any(
            top <= row <= bottom and sum(left <= column <= right for column in columns) > 1
            for (top, left), (bottom, right) in self.merged
        )


def plain_text(text: str) -> str:
    """Without what no database stores or no eye sees: control characters, foreign line ends, space around it."""
    return _UNSTORABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def read_workbook(raw: bytes) -> list[Sheet]:
    """The sheets in order. Whatever a mangled workbook makes the code below stumble over is caught here, once."""
    package = opened(raw)
    try:
        return _Workbook(package).sheets()
    except _FAULTS as fault:
        raise WorkbookRefused(BROKEN) from fault


class _Workbook:
    def __init__(self, package: Package) -> None:
        self.parts = package.parts
        relations = self._relations("_rels/.rels", "")
        self.main = next(target for kind, target in relations.values() if kind.endswith("/officeDocument"))
        folder, name = posixpath.split(self.main)
        self.relations = self._relations(f"{folder}/_rels/{name}.rels", folder)

    def sheets(self) -> list[Sheet]:
        book = _Book()
        walk(self.parts[self.main], book)
        if not 0 < len(book.sheets) <= MAX_SHEETS:
            raise WorkbookRefused(TOO_MUCH if book.sheets else BROKEN)
        strings, styles = _Strings(), _Styles()
        self._walk_one("/sharedStrings", strings)
        self._walk_one("/styles", styles)
        found = []
        for title, relation, hidden in book.sheets:
            walker = _Cells(strings.texts, styles.dates(), book.epoch)
            walk(self.parts[self.relations[relation][1]], walker)
            found.append(Sheet(plain_text(title), hidden, walker.cells, tuple(walker.merged)))
        return found

    def _relations(self, part: str, folder: str) -> dict[str, tuple[str, str]]:
        """What belongs to a part: its kind and its name, by the key it is referred to with."""
        walker = _Relations()
        walk(self.parts[part], walker)
        return {
            key: (kind, posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/").lower())
            for key, kind, target in walker.found
        }

    def _walk_one(self, kind: str, walker: Walk) -> None:
        part = next((target for of, target in self.relations.values() if of.endswith(kind)), None)
        if part is not None:
            walk(self.parts[part], walker)


class _Relations(Walk):
    def __init__(self) -> None:
        self.found: list[tuple[str, str, str]] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "Relationship" and attributes.get("TargetMode", "").lower() != "external":
            self.found.append((attributes["Id"], attributes["Type"], attributes["Target"]))


class _Book(Walk):
    """The sheets' names and keys, and from which year the workbook counts its days."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str, bool]] = []
        self.epoch = CALENDAR_WINDOWS_1900

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "workbookPr" and attributes.get("date1904") in ("1", "true"):
            self.epoch = CALENDAR_MAC_1904
        if tag == "sheet":
            key = next(value for name, value in attributes.items() if plain_name(name) == "id")
            self.sheets.append((attributes["name"], key, attributes.get("state", "visible") != "visible"))


class _Strings(Walk):
    """The texts that cells refer to by number; the reading aids (rPh) that stand inside some are left out."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.pieces: list[str] = []
        self.inside, self.aside = False, 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.inside = tag == "t"
        self.aside += tag == "rPh"
        if tag == "si":
            self.pieces = []

    def data(self, text: str) -> None:
        if self.inside and not self.aside:
            self.pieces.append(text)

    def end(self, tag: str) -> None:
        self.inside = False
        self.aside -= tag == "rPh"
        if tag == "si":
            self.texts.append(_unescaped("".join(self.pieces)))


@dataclass
class _Styles(Walk):
    """Which of the cells' styles show a number as a day."""

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


class _Cells(Walk):
    """A sheet's cells, within bounds; formatted cells with nothing in them are many and count for nothing."""

    def __init__(self, strings: list[str], dates: frozenset[int], epoch: datetime) -> None:
        self.strings, self.dates, self.epoch = strings, dates, epoch
        self.cells: dict[Place, Cell] = {}
        self.merged: list[tuple[Place, Place]] = []
        self.row, self.column = 0, 0
        self.cell: Mapping[str, str] = {}
        self.pieces: dict[str, list[str]] = {}
        self.inside, self.aside = "", 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.inside = tag
        self.aside += tag == "rPh"
        if tag == "row":
            self.row, self.column = int(attributes.get("r", self.row + 1)), 0
        elif tag == "c":
            self.row, self.column = place_of(attributes["r"]) if "r" in attributes else (self.row, self.column + 1)
            self.cell, self.pieces = attributes, {}
        elif tag == "f":
            self.pieces.setdefault("f", [])
        elif tag == "mergeCell":
            first, _, last = attributes["ref"].partition(":")
            self.merged.append((place_of(first), place_of(last or first)))
            if len(self.merged) > MAX_MERGED:
                raise WorkbookRefused(TOO_MUCH)

    def data(self, text: str) -> None:
        if self.inside in ("v", "f", "t") and not self.aside:
            self.pieces.setdefault(self.inside, []).append(text)

    def end(self, tag: str) -> None:
        self.inside = ""
        self.aside -= tag == "rPh"
        if tag != "c":
            return
        cell = self._cell()
        if cell.text or cell.is_formula:
            if self.row > MAX_ROW or self.column > MAX_COLUMN:
                raise WorkbookRefused(TOO_MUCH)
            self.cells[self.row, self.column] = cell

    def _cell(self) -> Cell:
        formula = "".join(self.pieces["f"]) if "f" in self.pieces else None
        if formula and _DDE.search(_QUOTED.sub("", formula)):
            raise WorkbookRefused(OUTSIDE)
        stored, kind = "".join(self.pieces.get("v", [])), self.cell.get("t", "n")
        known = formula is not None
        if kind == "inlineStr":
            return _of_text(_unescaped("".join(self.pieces.get("t", []))), known)
        if not stored:
            return Cell("", is_formula=known)
        if kind == "s":
            return _of_text(self.strings[int(stored)], known)
        if kind == "b":
            return Cell("SANT" if int(stored) else "FALSKT", truth=bool(int(stored)), is_formula=known)
        if kind == "n":
            return self._of_number(stored, known)
        return _of_text(_unescaped(stored), known, is_error=kind == "e")

    def _of_number(self, stored: str, is_formula: bool) -> Cell:
        """By way of the binary number it is: 2.2999999999999998 stands as 2,3 on the sheet."""
        number = Decimal(repr(float(stored)))
        if not number.is_finite():
            raise WorkbookRefused(BROKEN)
        if int(self.cell.get("s", "0")) in self.dates:
            return _of_text(_day(float(stored), self.epoch), is_formula)
        text = f"{number.normalize():f}".replace(".", ",") if abs(number) < 10**15 else stored
        return Cell(text, number, is_formula=is_formula)


def _of_text(text: str, is_formula: bool, *, is_error: bool = False) -> Cell:
    return Cell(plain_text(text), is_formula=is_formula, is_error=is_error)


def _day(serial: float, epoch: datetime) -> str:
    moment = from_excel(serial, epoch)
    if isinstance(moment, datetime):
        return moment.date().isoformat()
    return str(moment or "")


def place_of(reference: str) -> Place:
    """(7, 3) of C7."""
    found = _PLACE.fullmatch(reference.replace("$", ""))
    if found is None:
        raise ValueError(reference)
    letters, row = found.groups()
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(row), column


def _unescaped(text: str) -> str:
    """Excel writes what XML cannot hold as _x000D_."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
