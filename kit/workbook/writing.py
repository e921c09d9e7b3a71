"""Writing of Excel workbooks. A text that looks like a formula stays a text, also when edited."""

import re
import textwrap
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table, TableColumn
from openpyxl.worksheet.worksheet import Worksheet

from kit.canonical import canonical
from kit.signs import in_xml
from kit.workbook.cells import LONGEST_IN_A_CELL

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Named, since a font without a name is drawn in whatever the program finds.
FONT, SIZE, HEADING_FILL = "Calibri", 11, "EEF3F3"
LINE_HEIGHT, TALLEST = 15, 409  # in points; the last is Excel's limit
MOST_SIGNS = 5000
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_FORMULA = re.compile(r'<c r="([A-Z]+[0-9]+)"([^>]*)>(<f>[^<]*</f>)<v(?: ?/>|></v>)')

# The sheet's name and the cell, with what its formula comes to.
Results = Mapping[tuple[str, str], Decimal | None]


def plain(text: str) -> str:
    # Excel would read a text such as _x000D_ as its own escape, so its underscore is escaped too.
    return _LOOKS_ESCAPED.sub("_x005F_", in_xml(canonical(text)))[:LONGEST_IN_A_CELL]


def font(*, bold: bool = False, size: int = SIZE, color: str | None = None) -> Font:
    return Font(name=FONT, size=size, bold=bold, color=color)


def say(cell: Cell, content: str | Decimal | int | None) -> None:
    if not isinstance(content, str):
        cell.value = content
        return
    text = plain(content)
    cell.value = text or None
    if text:
        cell.data_type = "s"
    cell.quotePrefix = text.startswith(("=", "+", "-", "@"))


def write_table(sheet: Worksheet, columns: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[int]) -> None:
    # The rows form an Excel table, so that a screen reader says the column's heading at each cell.
    last = 1
    for last, row in enumerate([columns, *rows], start=1):
        for column, text in enumerate(row, start=1):
            cell = sheet.cell(last, column)
            say(cell, text)  # type: ignore[arg-type]
            cell.font, cell.alignment = font(bold=last == 1), Alignment(vertical="top", wrap_text=True)
        sheet.row_dimensions[last].height = height(zip(row, widths, strict=True))
    for column, width in enumerate(widths, start=1):
        sheet.cell(1, column).fill = PatternFill("solid", fgColor=HEADING_FILL)
        sheet.column_dimensions[get_column_letter(column)].width = width
    if last > 1:
        named = [TableColumn(id=place, name=name) for place, name in enumerate(columns, start=1)]
        ref = f"A1:{get_column_letter(len(columns))}{last}"
        sheet.add_table(Table(displayName=f"{sheet.title}1", ref=ref, tableColumns=named))
    sheet.freeze_panes = "A2"
    set_up_pages(sheet, heading=1)


def set_up_pages(sheet: Worksheet, *, heading: int, areas: Sequence[str] = ()) -> None:
    """Print on A4 across, the heading on every page; areas side by side get pages of their own and the first column."""
    sheet.print_title_rows = f"{heading}:{heading}"
    if areas:
        sheet.print_area = ",".join(areas)
        sheet.print_title_cols = "A:A"
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.6, header=0.3, footer=0.3)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.oddFooter.right.text = "Sida &P av &N"  # type: ignore[union-attr]


def write_lines(sheet: Worksheet, lines: Sequence[str], width: int) -> None:
    for row, line in enumerate(lines, start=1):
        cell = sheet.cell(row, 1)
        say(cell, line)  # type: ignore[arg-type]
        cell.font = font(bold=row == 1, size=14 if row == 1 else SIZE)
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        sheet.row_dimensions[row].height = height([(line, width)]) + LINE_HEIGHT // 2
    sheet.column_dimensions["A"].width = width
    sheet.sheet_view.showGridLines = False
    set_up_pages(sheet, heading=1)


def height(texts: Iterable[tuple[str, int]]) -> int:
    """Return the height of a row with these texts in columns so wide; LibreOffice does not work it out on paper."""
    lines = (
        sum(len(textwrap.wrap(line, width)) or 1 for line in in_xml(text)[:MOST_SIGNS].split("\n"))
        for text, width in texts
    )
    return min(LINE_HEIGHT * max(lines, default=1), TALLEST)


def saved(book: Workbook, results: Results) -> bytes:
    """Return the file, with the results of its formulas and with rows that grow when somebody writes in them.

    openpyxl writes no result, so a program that does not calculate would show none, and it fixes each height.
    """
    written, file = BytesIO(), BytesIO()
    book.save(written)
    parts = {f"xl/worksheets/sheet{number}.xml": title for number, title in enumerate(book.sheetnames, start=1)}
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            content = old.read(member)
            if member.filename in parts:
                content = _with_results(content.decode(), parts[member.filename], results).encode()
            new.writestr(member, content)
    return file.getvalue()


def _with_results(xml: str, title: str, results: Results) -> str:
    def with_result(formula: re.Match[str]) -> str:
        place, attributes, words = formula.groups()
        result = results[title, place]
        kind = ' t="str"' if result is None else ""
        return f'<c r="{place}"{attributes}{kind}>{words}<v>{"" if result is None else result}</v>'

    return _FORMULA.sub(with_result, xml).replace(' customHeight="1"', "")
