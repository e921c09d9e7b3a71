"""A plain list as an Excel sheet. What looks like a formula is a text, also when somebody edits the cell."""

import re
from collections.abc import Iterable, Sequence

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table, TableColumn
from openpyxl.worksheet.worksheet import Worksheet

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_IN_A_CELL = 32_767
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NO_XML = re.compile(r"[\ud800-\udfff\ufffe\uffff]")


def plain(text: str) -> str:
    """What XML can hold, with what looks like one of Excel's own escapes kept from being read as one."""
    return _LOOKS_ESCAPED.sub("_x005F_", _NO_XML.sub("", ILLEGAL_CHARACTERS_RE.sub("", text)))[:LONGEST_IN_A_CELL]


def write_table(sheet: Worksheet, columns: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[int]) -> None:
    """With a table of Excel's own, so that a screen reader says the column's heading at each cell."""
    last = 1
    for last, row in enumerate([columns, *rows], start=1):
        for column, text in enumerate(row, start=1):
            _say(sheet, last, column, plain(text))
    for column, width in enumerate(widths, start=1):
        heading = sheet.cell(1, column)
        heading.font, heading.fill = Font(bold=True), PatternFill("solid", fgColor="EEF3F3")
        sheet.column_dimensions[get_column_letter(column)].width = width
    if last > 1:
        named = [TableColumn(id=place, name=name) for place, name in enumerate(columns, start=1)]
        ref = f"A1:{get_column_letter(len(columns))}{last}"
        sheet.add_table(Table(displayName=f"{sheet.title}1", ref=ref, tableColumns=named))
    sheet.freeze_panes = "A2"


def _say(sheet: Worksheet, row: int, column: int, text: str) -> None:
    cell = sheet.cell(row, column)
    cell.value = text or None
    if text:
        cell.data_type = "s"
    cell.quotePrefix = text.startswith(("=", "+", "-", "@"))
