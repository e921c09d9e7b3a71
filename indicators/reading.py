"""Lines of a table, pasted or in a workbook, read into entries; what cannot be read is told of and left out."""

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import StringIO

from indicators.enums import IndicatorKind
from indicators.figures import Figures, ValueEntry
from indicators.models import Indicator
from indicators.numbers import NoNumber, in_places, read_number, typed
from indicators.periods import NoPeriod, in_words, read_period
from indicators.whom import names_of
from kit.canonical import canonical_line, folded
from kit.templatetags.swedish import sentence
from kit.workbook.cells import SheetCell
from kit.workbook.reading import WorkbookSheet

MOST_LINES = 600
LONGEST_NOTE = 300
SHEET = "Värden"
_WOMEN, _MEN = {"kvinnor", "kvinna", "k", "flickor", "flicka", "f"}, {"män", "man", "m", "pojkar", "pojke", "p"}
_TOTAL = {"totalt", "total", "t", "alla", "båda"}
_PERIOD = {"period", "år", "tid", "datum", "månad", "kvartal", "halvår"}
_NOTE = {"anteckning", "anteckningar", "kommentar", "not"}


class NoTable(ValueError):
    """Nothing in it can be read; the message is a sentence."""


@dataclass(frozen=True)
class TableLine:
    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class TableRead:
    entries: tuple[ValueEntry, ...]
    troubles: tuple[str, ...] = ()


def headings(indicator: Indicator) -> dict[str, str]:
    names = names_of(indicator)
    columns = {"period": "Period", "women": sentence(names.women), "men": sentence(names.men), "total": "Totalt"}
    if indicator.kind == IndicatorKind.SHARE:
        columns |= {
            "women_numerator": f"Täljare, {names.women}",
            "women_denominator": f"Nämnare, {names.women}",
            "men_numerator": f"Täljare, {names.men}",
            "men_denominator": f"Nämnare, {names.men}",
        }
    elif indicator.kind in (IndicatorKind.MEAN, IndicatorKind.INDEX):
        columns |= {"women_denominator": f"Antal {names.women}", "men_denominator": f"Antal {names.men}"}
    return {**columns, "note": "Anteckning"}


def lines_of_text(text: str) -> list[TableLine]:
    delimiter = "\t" if "\t" in text else ";"
    rows = csv.reader(StringIO(text), delimiter=delimiter)
    return _filled(TableLine(number, tuple(map(canonical_line, row))) for number, row in enumerate(rows, start=1))


def lines_of_sheets(sheets: Sequence[WorkbookSheet]) -> list[TableLine]:
    """Return the lines of the sheet named as in the template, or of the first that has any."""
    ours = [sheet for sheet in sheets if folded(sheet.title) == folded(SHEET)]
    for sheet in ours or sheets:
        lines = _filled(_line(sheet, row) for row in sheet.rows())
        if lines:
            return lines
    return []


def _filled(lines: Iterable[TableLine]) -> list[TableLine]:
    return [line for line in lines if any(line.cells)]


def _line(sheet: WorkbookSheet, row: int) -> TableLine:
    last = max(sheet.columns_in(row))
    return TableLine(row, tuple(_shown(sheet.at(row, column)) for column in range(1, last + 1)))


def _shown(cell: SheetCell) -> str:
    if cell.number is not None:
        return typed(in_places(cell.number))  # Excel keeps 43,2 as 43,200000000000003
    # A formula that has never been calculated is told of, like any other text where a number is to be.
    return "=" if cell.is_formula and not cell.text else canonical_line(cell.text)


def read_table(lines: Sequence[TableLine], indicator: Indicator) -> TableRead:
    """Return the entries of a table with a heading in any order, or with none in the template's order."""
    if not lines:
        raise NoTable("Det finns inga rader att läsa.")
    if len(lines) > MOST_LINES:
        raise NoTable(f"Läs in högst {MOST_LINES} rader åt gången.")
    troubles: list[str] = []
    columns = _heading(lines[0], indicator, troubles)
    if columns is None:
        columns = list(headings(indicator))
    else:
        lines = lines[1:]
    entries: dict[str, ValueEntry] = {}
    for line in lines:
        try:
            entry = _entry(line, columns, indicator)
        except (NoPeriod, NoNumber) as trouble:
            troubles.append(f"Rad {line.number}: {trouble}")
            continue
        if entry.period in entries:
            troubles.append(f"Rad {line.number}: {in_words(entry.period)} finns redan på en rad ovanför.")
        elif entry.figures.is_empty:
            troubles.append(f"Rad {line.number}: Raden har inget värde.")
        else:
            entries[entry.period] = entry
    return TableRead(tuple(entries.values()), tuple(troubles))


def _heading(line: TableLine, indicator: Indicator, troubles: list[str]) -> list[str | None] | None:
    """Return the column of each cell, or None if the line is no heading."""
    columns = [_column(cell, indicator) for cell in line.cells]
    named = [column for column in columns if column]
    if not named:
        return None
    if not line.cells[0]:  # Excel leaves the corner above the periods empty
        columns[0] = "period"
        named.append("period")
    if "period" not in named:
        raise NoTable("Ingen kolumn heter ”Period”. Skriv den rubriken över perioderna.")
    if len(set(named)) < len(named):
        twice = next(cell for place, cell in enumerate(line.cells) if columns[place] in columns[:place])
        raise NoTable(f"Det finns mer än en kolumn som läses som ”{twice}”.")
    unknown = [cell for cell, column in zip(line.cells, columns, strict=True) if cell and column is None]
    troubles += [f"Kolumnen ”{cell}” läses inte in." for cell in unknown]
    return columns


def _column(cell: str, indicator: Indicator) -> str | None:
    words = set(re.findall(r"[^\W\d_]+", folded(cell)))
    if words & _PERIOD and not re.search(r"\d", cell):
        return "period"
    if words & _NOTE:
        return "note"
    sex = "women" if words & _WOMEN else "men" if words & _MEN else ""
    if not sex:
        return "total" if words & _TOTAL else None
    part = {"täljare": "_numerator", "nämnare": "_denominator"}
    if indicator.kind in (IndicatorKind.MEAN, IndicatorKind.INDEX):
        part["antal"] = "_denominator"
    name = sex + next((ending for word, ending in part.items() if word in words), "")
    return name if name in headings(indicator) else None


def _entry(line: TableLine, columns: Sequence[str | None], indicator: Indicator) -> ValueEntry:
    cells = {column: cell for column, cell in zip(columns, line.cells, strict=False) if column}
    period = read_period(cells.pop("period", ""), indicator.frequency)
    note = cells.pop("note", "")
    if len(note) > LONGEST_NOTE:
        raise NoNumber(f"Anteckningen får ha högst {LONGEST_NOTE} tecken.")
    return ValueEntry(period, Figures(**{name: _number(name, cell) for name, cell in cells.items()}), note)


def _number(name: str, cell: str) -> Decimal | None:
    number = read_number(cell)
    if number is not None and number < 0 and name.endswith("ator"):
        raise NoNumber("Ett antal personer kan inte vara mindre än noll.")
    return number
