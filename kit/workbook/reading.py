"""Reading of a workbook's cells as Excel shows them.

Only stored values and notes are read: no pictures, no style except that of dates, and no formula is calculated. A part
that is missing or odd makes the workbook broken.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from kit.workbook.cells import NOTHING, Place, SheetCell, plain_text
from kit.workbook.package import Package, Walk
from kit.workbook.refusing import BROKEN, TOO_MUCH, WorkbookRefused
from kit.workbook.safety import opened
from kit.workbook.walkers import Book, Cells, Kept, Notes, SharedStrings, Styles

MAX_SHEETS = 30
_FAULTS = (LookupError, ValueError, ArithmeticError, TypeError)


@dataclass(frozen=True)
class WorkbookSheet:
    title: str
    hidden: bool
    cells: Mapping[Place, SheetCell]
    merged: tuple[tuple[Place, Place], ...] = ()
    notes: Mapping[Place, str] = field(default_factory=dict)

    def at(self, row: int, column: int) -> SheetCell:
        return self.cells.get((row, column), NOTHING)

    def rows(self) -> list[int]:
        return list(self._columns)

    def columns_in(self, row: int) -> list[int]:
        return self._columns.get(row, [])

    def merged_over(self, row: int, columns: list[int]) -> bool:
        return any(
            top <= row <= bottom and sum(left <= column <= right for column in columns) > 1
            for (top, left), (bottom, right) in self.merged
        )

    @cached_property
    def _columns(self) -> dict[int, list[int]]:
        columns: dict[int, list[int]] = {}
        for row, column in sorted(self.cells):
            columns.setdefault(row, []).append(column)
        return columns


def read_workbook(raw: bytes) -> list[WorkbookSheet]:
    """Return the sheets in order; raise `WorkbookRefused` if the file is unsafe or broken."""
    try:
        with opened(raw) as package:
            return _Workbook(package).sheets()
    except _FAULTS as fault:  # a mangled workbook may break any step of the reading
        raise WorkbookRefused(BROKEN) from fault


class _Workbook:
    def __init__(self, package: Package) -> None:
        self.package, self.kept = package, Kept()
        self.main = package.main_part()
        self.relations = package.relations_of(self.main)

    def sheets(self) -> list[WorkbookSheet]:
        book = Book()
        self.package.walk(self.main, book)
        if not 0 < len(book.sheets) <= MAX_SHEETS:
            raise WorkbookRefused(TOO_MUCH if book.sheets else BROKEN)
        strings, styles = SharedStrings(self.kept), Styles()
        self._walk_part("/sharedStrings", strings)
        self._walk_part("/styles", styles)
        return [self._sheet(*listed, strings.texts, styles.dates(), book) for listed in book.sheets]

    def _sheet(
        self, name: str, relation: str, hidden: bool, strings: list[str], dates: frozenset[int], book: Book
    ) -> WorkbookSheet:
        part, title = self.relations[relation][1], plain_text(name)
        cells = Cells(title, strings, dates, book.epoch, self.kept)
        self.package.walk(part, cells, is_sheet=True)
        return WorkbookSheet(title, hidden, cells.cells, tuple(cells.merged), self._notes(part))

    def _notes(self, sheet: str) -> dict[Place, str]:
        notes: dict[Place, str] = {}
        for kind, part in self.package.relations_of(sheet).values():
            if kind.endswith(("/comments", "/threadedComment")):
                walker = Notes(self.kept)
                self.package.walk(part, walker)
                notes |= walker.notes
        return notes

    def _walk_part(self, kind: str, walker: Walk) -> None:
        part = next((target for of, target in self.relations.values() if of.endswith(kind)), None)
        if part is not None:
            self.package.walk(part, walker)
