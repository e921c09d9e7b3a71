"""The workbook in which values are filled in: what is stored so far, in the columns that are read in."""

from datetime import date
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.styles import Alignment, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from indicators.enums import Frequency
from indicators.models import Indicator
from indicators.numbers import plainly
from indicators.periods import EXAMPLES, in_words
from indicators.reading import SHEET, headings
from kit.workbook.writing import HEADING_FILL, font, plain, saved, say, set_up_pages, write_lines

HOW = "Så gör du"
WIDTHS = {"period": 26, "note": 40}


def workbook_of(indicator: Indicator) -> bytes:
    book = Workbook()
    book.remove(book["Sheet"])
    _write_values(book.create_sheet(SHEET), indicator)
    write_lines(book.create_sheet(HOW), _how(indicator), width=100)
    book.properties.title = plain(f"Värden för {indicator.title}")
    book.properties.creator = "Modell"
    book.properties.language = "sv-SE"
    return saved(book, {})


def file_name(indicator: Indicator, today: date) -> str:
    return f"{indicator.key}-{today.isoformat()}.xlsx"


def _write_values(sheet: Worksheet, indicator: Indicator) -> None:
    columns = headings(indicator)
    for column, (name, heading) in enumerate(columns.items(), start=1):
        cell = sheet.cell(1, column)
        say(cell, heading)  # type: ignore[arg-type]
        cell.font, cell.alignment = font(bold=True), Alignment(vertical="top", wrap_text=True)
        cell.fill = PatternFill("solid", fgColor=HEADING_FILL)
        sheet.column_dimensions[get_column_letter(column)].width = WIDTHS.get(name, 16)
    for row, value in enumerate(indicator.values.order_by("period"), start=2):
        for column, name in enumerate(columns, start=1):
            content = getattr(value, name)
            if name == "period":
                content = in_words(content)
            say(sheet.cell(row, column), plainly(content) if isinstance(content, Decimal) else content)  # type: ignore[arg-type]
    sheet.freeze_panes = "A2"
    set_up_pages(sheet, heading=1)


def _how(indicator: Indicator) -> list[str]:
    example = EXAMPLES[Frequency(indicator.frequency)]
    return [
        f"Värden för {indicator.title}",
        f"Skriv en rad för varje period på bladet ”{SHEET}”. Perioden skriver ni med år, till exempel ”{example}”.",
        f"Värdena är i {indicator.unit}. Lämna en cell tom om värdet saknas. Tomt är inte noll.",
        "En rad för en period som redan har värden ersätter dem. Rader som ni tar bort här ligger kvar i Modell.",
        "När ni läser in filen ser ni först vad som ändras. Inget sparas förrän ni har bekräftat det.",
    ]
