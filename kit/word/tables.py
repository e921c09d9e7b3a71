"""A table of a report in Word: lines between its rows, a head that comes back, widths that fit what stands in it."""

from collections.abc import Sequence
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt
from docx.table import Table

from kit.pictures import PictureTable
from kit.word.document import describe, keep_whole, repeat_head, write
from kit.word.fields import element
from kit.word.styles import LINE

WIDTH = 16.0
NUMBER, LEAST_NUMBER = 2.6, 1.0
LEAST_TEXT = 4.5
# Many columns have smaller type.
SMALL = 8


def add_table(document: WordDocument, printed: PictureTable) -> Table:
    """Add the table with its texts; the caller lays bookmarks around its figures."""
    table = document.add_table(rows=0, cols=len(printed.headers))
    table.autofit = False
    describe(table, printed.caption)
    _rules(table)
    widths = [Cm(width) for width in widths_of(printed)]
    # LibreOffice takes the widths of the grid, Word those of the cells.
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    small = printed.is_wide
    _fill(table, widths, [(cell.text, cell.numeric) for cell in printed.columns], bold=True, small=small)
    for row in printed.cells:
        _fill(table, widths, [(cell.text, cell.numeric) for cell in row], small=small)
    repeat_head(table)
    for row in table.rows:
        keep_whole(row)
    return table


def widths_of(printed: PictureTable) -> list[float]:
    """Return the widths of the columns in cm: figures take little, texts share the rest by their length."""
    numeric = [column.numeric for column in printed.columns]
    texts = numeric.count(False)
    number = max(LEAST_NUMBER, min(NUMBER, (WIDTH - LEAST_TEXT * texts) / max(numeric.count(True), 1)))
    left = WIDTH - number * numeric.count(True)
    longest = [_longest(printed, place) for place in range(len(numeric))]
    words = sum(length for length, is_number in zip(longest, numeric, strict=True) if not is_number)
    return [number if is_number else left * length / words for length, is_number in zip(longest, numeric, strict=True)]


def _longest(printed: PictureTable, place: int) -> int:
    lengths = [len(printed.headers[place]), *(len(row[place]) for row in printed.rows)]
    return min(max(*lengths, 12), 60)


def _fill(
    table: Table, widths: Sequence[Any], texts: list[tuple[str, bool]], *, bold: bool = False, small: bool = False
) -> None:
    for cell, width, (text, is_number) in zip(table.add_row().cells, widths, texts, strict=True):
        cell.width = width
        line = cell.paragraphs[0]
        line.style = "Tabelltext"
        if is_number:
            line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        write(line, text, bold=bold)
        if small:
            for run in line.runs:
                run.font.size = Pt(SMALL)


def _rules(table: Table) -> None:
    properties = table._tbl.tblPr
    borders = element("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        borders.append(element(f"w:{side}", val="single", sz="4", space="0", color=LINE))
    properties.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook", "w:tblCaption")
    look = properties.find(element("w:tblLook").tag)
    if look is not None:
        properties.remove(look)
    look = element("w:tblLook", firstRow="1", lastRow="0", firstColumn="1", lastColumn="0", noHBand="1", noVBand="1")
    properties.insert_element_before(look, "w:tblCaption", "w:tblDescription")
