"""Rows of one subject, printed twice: as CSV for a program and as a paper (PDF/A) for people."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import ClassVar

from archive.packing import Beat, PackedFile
from cohorts.models import Cohort
from kit.csv_files import rows_as_csv
from kit.figures import printed
from kit.pdf import ContentsLine, Cover, render_pdf
from kit.templatetags.swedish import day
from reports.printers.pdf import PdfContent

Cell = str | int | date | Decimal | bool | None


@dataclass(frozen=True)
class Sheet:
    """Rows under their columns; on paper the first cell of a row is its heading."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def as_csv(self) -> bytes:
        rows = [self.columns, *([for_program(cell) for cell in row] for row in self.rows)]
        return rows_as_csv(rows).encode()


@dataclass(frozen=True)
class PaperRow:
    heading: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class SheetPaper(PdfContent):
    rows: tuple[PaperRow, ...]
    template: ClassVar[str] = "archive/pdf/sheet.html"

    @property
    def headings(self) -> tuple[ContentsLine, ...]:
        return ()


def for_program(cell: Cell) -> str:
    """Return a cell as a program reads it: the day as year-month-day, and a comma in figures."""
    if isinstance(cell, bool):
        return "ja" if cell else "nej"
    if isinstance(cell, date):
        return cell.isoformat()
    return _text(cell)


def for_people(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "Ja" if cell else "Nej"
    return day(cell) if isinstance(cell, date) else _text(cell)


def _text(cell: Cell) -> str:
    if isinstance(cell, Decimal):
        return printed(cell, 1)
    return "" if cell is None else str(cell)


def paper_of(sheet: Sheet, cohort: Cohort, whose: str) -> SheetPaper:
    return SheetPaper(
        cover=Cover(
            title=sheet.title, subtitle=f"{whose} · {cohort.name}", sender=(whose,), demonstration=cohort.constructed
        ),
        rows=tuple(_paper_row(sheet.columns, row) for row in sheet.rows),
    )


def _paper_row(columns: Sequence[str], row: Sequence[Cell]) -> PaperRow:
    heading, *cells = (for_people(cell) for cell in row)
    facts = tuple((column, text) for column, text in zip(columns[1:], cells, strict=True) if text)
    return PaperRow(heading or "–", facts)


@dataclass(frozen=True)
class Binder:
    """What makes entries of an omgång's papers; `whose` papers they are stands on each."""

    cohort: Cohort
    whose: str

    def both(self, folder: str, sheet: Sheet) -> list[PackedFile]:
        return [self.paper(folder, sheet), *self.table(folder, sheet)] if sheet.rows else []

    def paper(self, folder: str, sheet: Sheet, *, of: date | None = None, diary_number: str = "") -> PackedFile:
        content = paper_of(sheet, self.cohort, self.whose)
        return pdf_entry(folder, sheet.title, content.html, day=of, diary_number=diary_number)

    def table(self, folder: str, sheet: Sheet) -> list[PackedFile]:
        return [PackedFile(folder, sheet.title, "csv", lambda _beat: [sheet.as_csv()])] if sheet.rows else []


def pdf_entry(
    folder: str,
    title: str,
    html: Callable[[], str],
    *,
    day: date | None = None,
    version: str = "",
    diary_number: str = "",
) -> PackedFile:
    return PackedFile(folder, title, "pdf", partial(_set, html), day, version, diary_number)


def _set(html: Callable[[], str], beat: Beat) -> Iterable[bytes]:
    return [render_pdf(html(), progress=beat)]
