"""How a self-assessment is drawn on its sheet: for screen, paper and screen readers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table, TableColumn
from openpyxl.worksheet.worksheet import Worksheet

from assessments.models import Assessment, Score
from assessments.occasions import Occasion
from assessments.workbook import names
from checklist.models import Item
from kit.ramp import LAST, RAMPS
from kit.templatetags.swedish import day
from kit.workbook.writing import HEADING_FILL, TALLEST, Results, font, height, plain, say, set_up_pages

STEP_WIDTH = 12
# A column of texts is as wide as its longest needs: Excel cuts what is taller than its tallest row.
TEXT_WIDTHS = (44, 60, 90, 150)
WIDTHS = {
    names.NUMBER: 5,
    names.ITEM: 54,
    names.VALUE: 8,
    names.AIM: 7,
}
TEXT_COLUMNS = (names.COMMENT, names.SINCE_LAST, names.REASONING, names.NEXT_STEP)
LINE = Side(style="thin", color="C5CFD1")
BORDER = Border(bottom=LINE)


@dataclass(frozen=True)
class Page:
    """One sheet; `scores` are by item, and `is_own` is True if the reader may see all of them."""

    title: str
    occasion: Occasion
    scores: Mapping[int, Score]
    state: str
    is_own: bool

    @property
    def may_be_filled_in(self) -> bool:
        return self.is_own and self.occasion.assessment.is_draft


def write_page(sheet: Worksheet, place: int, page: Page) -> Results:
    """Write a sheet, and return what its formulas come to."""
    columns = _columns(page)
    widths = _widths(page, columns)
    lines = _head(page)
    for row, line in enumerate(lines, start=1):
        _say(_at(sheet, row, 1), line)
        _at(sheet, row, 1).border = Border()
    _at(sheet, 1, 1).font = font(bold=True, size=14, color=_excel(LAST.fill))
    heading = len(lines) + 1
    for number, name in enumerate(columns, start=1):
        _say(_at(sheet, heading, number), name, bold=True, wrap=True)
    sheet.row_dimensions[heading].height = height(widths.items())
    items = page.occasion.checklist_items
    last = heading + len(items)
    for row, item in enumerate(items, start=heading + 1):
        _write_item(sheet, row, item, page, widths)
    _write_sum(sheet, last + 1, page, columns, first=heading + 1)
    if items:
        _add_table(sheet, place, f"A{heading}:{get_column_letter(len(columns))}{last}", columns)
    if page.may_be_filled_in and items:
        _guide(sheet, page, columns, heading + 1, last)
    _lay_out(sheet, page, widths, heading)
    answers, value = page.occasion.answers, get_column_letter(columns.index(names.VALUE) + 1)
    results = {(sheet.title, f"{value}{row}"): answers.get(item.key) for row, item in enumerate(items, heading + 1)}
    return {**results, (sheet.title, f"{value}{last + 1}"): page.occasion.total}


def _head(page: Page) -> list[str]:
    assessment = page.occasion.assessment
    meeting, organisation = assessment.meeting, assessment.participation.organisation
    invented = ["Demonstration: organisation, värden och texter är påhittade."]
    return [
        f"Självskattning inför {meeting.name}" if meeting else "Självskattning utanför träffarna",
        *(invented if assessment.participation.cohort.constructed else []),
        f"{names.ORGANISATION}: {organisation.name} ({assessment.participation.code})",
        f"{names.WHOLE_OR_PART}: {assessment.part.name if assessment.part else names.WHOLE}",
        f"{names.MEETING}: {f'{meeting.name}, {day(meeting.starts_on)}' if meeting else names.OUTSIDE}",
        f"{names.CHECKLIST}: {assessment.checklist.name} ({assessment.checklist.key})",
        f"{names.STATE}: {page.state}",
        *([_how_to_fill_in(assessment)] if page.may_be_filled_in else []),
    ]


def _how_to_fill_in(assessment: Assessment) -> str:
    halves = " Ett halvt steg, som 2,5, skrivs i kolumnen för det lägre steget." if assessment.half_steps else ""
    return f"{names.HOW}: skriv stegets siffra eller ett x i stegets kolumn.{halves} Värde och summa räknas ut."


def _columns(page: Page) -> list[str]:
    steps = [f"{step.value} {step.label}" for step in page.occasion.assessment.steps]
    own = [names.AIM, names.REASONING, names.NEXT_STEP] if page.is_own else []
    return [names.NUMBER, names.ITEM, *steps, names.VALUE, names.COMMENT, names.SINCE_LAST, *own]


def _write_item(sheet: Worksheet, row: int, item: Item, page: Page, widths: Mapping[str, int]) -> None:
    columns = list(widths)
    score, value = page.scores.get(item.pk), page.occasion.answers.get(item.key)
    steps = page.occasion.assessment.steps
    texts = {names.ITEM: item.text, **_texts(score, page)}
    _say(_at(sheet, row, 1), item.number, center=True)
    for column, step in enumerate(steps, start=3):
        lies_here = value is not None and step.value <= value < step.value + 1
        _say_value(_at(sheet, row, column), value if lies_here else None, value if lies_here else None, len(steps))
    # Whoever writes in another step's column gets the new value here, and no contradiction when it is read in.
    across = f"{get_column_letter(3)}{row}:{get_column_letter(2 + len(steps))}{row}"
    formula = f'=IF(COUNTA({across})<>1,"",IF(COUNT({across})=1,SUM({across}),MATCH("*",{across},0)))'
    _say_value(_at(sheet, row, columns.index(names.VALUE) + 1), formula, value, len(steps))
    for name, text in texts.items():
        if name in columns:
            _say(_at(sheet, row, columns.index(name) + 1), text, wrap=True)
    if names.AIM in columns:
        aim = score.aim.normalize() if score and score.aim else None
        _say(_at(sheet, row, columns.index(names.AIM) + 1), aim, center=True)
    sheet.row_dimensions[row].height = height((text, widths[name]) for name, text in texts.items() if name in columns)


def _texts(score: Score | None, page: Page) -> dict[str, str]:
    if score is None or not (page.is_own or score.shared):
        return dict.fromkeys((names.COMMENT, names.SINCE_LAST), "")
    return {
        names.COMMENT: score.comment,
        names.SINCE_LAST: score.since_last,
        names.REASONING: score.reasoning,
        names.NEXT_STEP: score.next_step,
    }


def _write_sum(sheet: Worksheet, row: int, page: Page, columns: Sequence[str], *, first: int) -> None:
    occasion = page.occasion
    for place in range(1, len(columns) + 1):
        _say(_at(sheet, row, place), None)
    _say(_at(sheet, row, 2), names.SUM, bold=True)
    column = columns.index(names.VALUE) + 1
    values = f"{get_column_letter(column)}{first}:{get_column_letter(column)}{row - 1}"
    cell = _at(sheet, row, column)
    _say(cell, None, bold=True, center=True)
    cell.value = f'=IF(COUNT({values})=0,"",SUM({values}))'
    of, ends = len(occasion.checklist_items), f"från {occasion.floor} till {occasion.max_possible}"
    scale = f"På en skala {ends} när alla {of} moment har ett värde. En fingervisning, inte ett betyg."
    _say(_at(sheet, row, columns.index(names.COMMENT) + 1), scale, wrap=True)
    sheet.row_dimensions[row].height = height([(scale, TEXT_WIDTHS[0])])


def _guide(sheet: Worksheet, page: Page, columns: Sequence[str], first: int, last: int) -> None:
    """Let Excel say at once what a column does not take."""
    assessment = page.occasion.assessment
    for column, step in enumerate(assessment.steps, start=3):
        has_half = assessment.half_steps and step.value < assessment.highest_step
        letter = get_column_letter(column)
        numbers = [str(step.value), *([f"{step.value}.5"] if has_half else [])]
        taken = ",".join(f"{letter}{first}={number}" for number in numbers)
        rule = DataValidation(type="custom", formula1=f'OR({taken},LOWER({letter}{first})="x")', allow_blank=True)
        half = f" eller {step.value},5" if has_half else ""
        rule.errorTitle, rule.error = f"Steg {step.value}", f"Skriv {step.value}{half}, eller ett x."
        rule.add(f"{letter}{first}:{letter}{last}")
        sheet.add_data_validation(rule)
    letter = get_column_letter(columns.index(names.AIM) + 1)
    taken = ",".join(f"{letter}{first}={value.normalize()}" for value in assessment.values)
    rule = DataValidation(type="custom", formula1=f"OR({taken})", allow_blank=True)
    rule.errorTitle, rule.error = names.AIM, f"Skriv ett av skalans värden, från 1 till {assessment.highest_step}."
    rule.add(f"{letter}{first}:{letter}{last}")
    sheet.add_data_validation(rule)


def _at(sheet: Worksheet, row: int, column: int) -> Cell:
    return cast(Cell, sheet.cell(row, column))  # nothing here is merged


def _say_value(cell: Cell, content: Decimal | str | None, value: Decimal | None, steps: int) -> None:
    # The colour never stands without the number.
    _say(cell, None, center=True)
    cell.value = content.normalize() if isinstance(content, Decimal) else content
    ramp = RAMPS.get(steps)
    if value is not None and ramp:
        tone = ramp[int(value) - 1]
        cell.fill = PatternFill("solid", fgColor=_excel(tone.fill))
        cell.font = font(bold=True, color=_excel(tone.ink))


def _excel(colour: str) -> str:
    return colour.removeprefix("#").upper()


def _say(
    cell: Cell,
    content: str | Decimal | int | None,
    *,
    bold: bool = False,
    wrap: bool = False,
    center: bool = False,
) -> None:
    cell.border, cell.font = BORDER, font(bold=bold)
    cell.alignment = Alignment(horizontal="center" if center else None, vertical="top", wrap_text=wrap)
    say(cell, content)


def _add_table(sheet: Worksheet, number: int, ref: str, columns: Iterable[str]) -> None:
    # In a table of Excel's own a screen reader says the column's heading at each cell.
    named = [TableColumn(id=place, name=plain(name)) for place, name in enumerate(columns, start=1)]
    sheet.add_table(Table(displayName=f"Självskattning{number}", ref=ref, tableColumns=named))


def _widths(page: Page, columns: Sequence[str]) -> dict[str, int]:
    written = [_texts(page.scores.get(item.pk), page) for item in page.occasion.checklist_items]
    by_column = {name: [texts.get(name, "") for texts in written] for name in columns if name in TEXT_COLUMNS}
    needed = {name: _needed(texts) for name, texts in by_column.items()}
    return {name: needed.get(name) or WIDTHS.get(name, STEP_WIDTH) for name in columns}


def _needed(texts: Sequence[str]) -> int:
    fitting = (width for width in TEXT_WIDTHS if all(height([(text, width)]) < TALLEST for text in texts))
    return next(fitting, TEXT_WIDTHS[-1])


def _areas(page: Page, columns: Sequence[str], heading: int) -> list[str]:
    """Return what is printed side by side: the values with the comment, and what only the organisation itself gets."""
    if not page.is_own:
        return []
    last = heading + len(page.occasion.checklist_items) + 1
    comment = columns.index(names.COMMENT) + 1
    first, rest, end = (get_column_letter(number) for number in (comment, comment + 1, len(columns)))
    return [f"A1:{first}{last}", f"{rest}{heading}:{end}{last}"]


def _lay_out(sheet: Worksheet, page: Page, widths: Mapping[str, int], heading: int) -> None:
    columns = list(widths)
    for number, width in enumerate(widths.values(), start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    for cell in (_at(sheet, heading, column) for column in range(1, len(columns) + 1)):
        cell.fill = PatternFill("solid", fgColor=HEADING_FILL)
        cell.border = Border(bottom=Side(style="medium", color=_excel(LAST.fill)))
    sheet.freeze_panes = _at(sheet, heading + 1, 3)
    set_up_pages(sheet, heading=heading, areas=_areas(page, columns, heading))
    sheet.sheet_view.showGridLines = False
    organisation = page.occasion.assessment.participation.organisation.name
    footer = sheet.oddFooter
    assert footer is not None
    footer.left.text = plain(organisation).replace("&", "&&")
