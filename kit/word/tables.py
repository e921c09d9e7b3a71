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
# A bold sign of the type that tables have, and the space beside a text, in cm.
SIGN, PADDING = 0.22, 0.4
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
    """Return the widths of the columns in cm: figures take little, texts share the rest by their length.

    No column of text is narrower than its longest word, if all of them have room for theirs.
    """
    numeric = [column.numeric for column in printed.columns]
    texts = numeric.count(False)
    number = max(LEAST_NUMBER, min(NUMBER, (WIDTH - LEAST_TEXT * texts) / max(numeric.count(True), 1)))
    shared = iter(_shared(WIDTH - number * numeric.count(True), [_texts(printed, place) for place in _places(numeric)]))
    return [number if is_number else next(shared) for is_number in numeric]


def _places(numeric: Sequence[bool]) -> list[int]:
    return [place for place, is_number in enumerate(numeric) if not is_number]


def _texts(printed: PictureTable, place: int) -> list[str]:
    return [printed.headers[place], *(row[place] for row in printed.rows)]


def _shared(width: float, columns: Sequence[list[str]]) -> list[float]:
    """Return the part of the width that each column of texts takes."""
    words = [max(len(word) for text in texts for word in text.split() or [""]) * SIGN + PADDING for texts in columns]
    if sum(words) >= width:
        return [width * word / sum(words) for word in words]
    lengths = [min(max(*map(len, texts), 12), 60) for texts in columns]
    left = width - sum(words)
    return [word + left * length / sum(lengths) for word, length in zip(words, lengths, strict=True)]


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
