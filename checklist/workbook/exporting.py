"""An organisation's self-assessments as the workbook they know: a sheet for each, a column for each step.

The values and their sum are those of the `Occasion`s that page, PDF and JSON print too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import cast

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table, TableColumn
from openpyxl.worksheet.worksheet import Worksheet

from checklist.models import Assessment, Item, Score
from checklist.occasions import Occasion
from checklist.panels import answers_of
from checklist.workbook import names
from cohorts.models import Participation
from cohorts.roles import Roles
from meetings.models import Meeting
from modell.templatetags.swedish import day

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_IN_A_CELL = 32_767
# The ramp for steps (static/css/modell.css): background and text of each, on paper's white.
RAMPS = {
    3: (("D5E6E6", "10272B"), ("5FA3A6", "08191C"), ("0F5B66", "FFFFFF")),
    4: (("D5E6E6", "10272B"), ("86B9BB", "08191C"), ("3B7F86", "FFFFFF"), ("0F5B66", "FFFFFF")),
}
WIDTHS = {names.NUMBER: 5, names.ITEM: 62, names.VALUE: 8, names.COMMENT: 44, names.SINCE_LAST: 44, names.AIM: 7}
STEP_WIDTH = 13
LINE = Side(style="thin", color="C5CFD1")
BORDER = Border(bottom=LINE)
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NO_XML = re.compile(r"[\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Page:
    """One sheet. `scores` by moment, with what of them the reader may see: the own organisation sees all."""

    title: str
    occasion: Occasion
    scores: Mapping[int, Score]
    state: str
    is_own: bool


def workbook_of(participation: Participation, roles: Roles) -> bytes:
    """The own organisation gets all, drafts and coming meetings too; others what is handed in and shared."""
    is_own = participation.organisation_id in roles.organisation_ids
    pages = _pages(participation, roles, is_own=is_own)
    book = Workbook()
    book.remove(book["Sheet"])
    for title, page in zip(names.titles(page.title for page in pages), pages, strict=True):
        _write(book.create_sheet(title), len(book.sheetnames), page)
    if not pages:
        _say(_at(book.create_sheet("Självskattningar"), 1, 1), "Ingen självskattning är inlämnad än.")
    organisation = participation.organisation.name
    book.properties.title = _plain(f"Självskattningar – {organisation} – {participation.cohort.name}")
    book.properties.creator = "Modell"
    book.properties.language = "sv-SE"
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _pages(participation: Participation, roles: Roles, *, is_own: bool) -> list[Page]:
    """The meetings' first, in time's order: so an import knows their sheets by name."""
    assessments = (
        Assessment.objects.visible_to(roles)
        .filter(participation=participation)
        .select_related("meeting", "part", "participation__organisation", "participation__cohort")
        .prefetch_related("checklist__items", "checklist__steps")
        .with_scores()
        .in_time()
    )
    done = list(assessments)
    at_meetings = {row.meeting_id: row for row in done if row.meeting_id and not row.part_id}
    meetings = assessed_meetings(participation)
    own = [_page(at_meetings[meeting.pk], is_own=is_own) for meeting in meetings if meeting.pk in at_meetings]
    if is_own:
        own = [_page(at_meetings.get(m.pk) or _blank(participation, m), is_own=True) for m in meetings]
    shown = {meeting.pk for meeting in meetings}
    others = [row for row in done if row.part_id or row.meeting_id not in shown]
    return [*own, *(_page(row, is_own=is_own) for row in others)]


def assessed_meetings(participation: Participation) -> list[Meeting]:
    """Those the organisation rates itself before, in time's order: a mentor does not."""
    if not participation.is_participant:
        return []
    found = Meeting.objects.filter(cohort=participation.cohort_id).assessed().concerning(participation)
    return list(found.order_by("starts_on", "number", "pk"))


def _blank(participation: Participation, meeting: Meeting) -> Assessment:
    """A sheet to fill in for a meeting that nothing is begun for."""
    plan = participation.cohort.plan
    return Assessment(
        participation=participation, meeting=meeting, checklist=plan.checklist, half_steps=plan.half_steps
    )


def _page(assessment: Assessment, *, is_own: bool) -> Page:
    scores = list(assessment.scores.all()) if assessment.pk else []
    answers = answers_of(assessment) if assessment.pk else {}
    if assessment.submitted_on:
        state = f"Inlämnad {day(assessment.submitted_on)}"
    elif scores:
        state = f"{names.DRAFT}, {len(answers)} av {len(assessment.items)} moment har värde"
    else:
        state = "Inte påbörjad"
    occasion = Occasion(assessment, answers, None)
    return Page(_title(assessment), occasion, {score.item_id: score for score in scores}, state, is_own)


def _title(assessment: Assessment) -> str:
    when = f" {assessment.submitted_on}" if assessment.submitted_on else ", utkast"
    what = assessment.meeting.name if assessment.meeting else f"Utanför träffarna{when}"
    return f"{assessment.part.name} – {what}" if assessment.part else what


def _write(sheet: Worksheet, place: int, page: Page) -> None:
    columns = _columns(page)
    lines = _head(page)
    for row, line in enumerate(lines, start=1):
        _say(_at(sheet, row, 1), line)
        _at(sheet, row, 1).border = Border()
    _at(sheet, 1, 1).font = Font(bold=True, size=14, color="0F5B66")
    heading = len(lines) + 1
    for number, name in enumerate(columns, start=1):
        _say(_at(sheet, heading, number), name, bold=True, wrap=True)
    items = page.occasion.checklist_items
    for row, item in enumerate(items, start=heading + 1):
        _write_moment(sheet, row, item, page, columns)
    last = heading + len(items)
    _write_sum(sheet, last + 1, page, columns)
    if items:
        _add_table(sheet, place, f"A{heading}:{get_column_letter(len(columns))}{last}", columns)
    _lay_out(sheet, page, columns, heading)


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
    ]


def _columns(page: Page) -> list[str]:
    steps = [f"{step.value} {step.label}" for step in page.occasion.assessment.steps]
    said = [names.COMMENT, names.SINCE_LAST, *([names.AIM] if page.is_own else [])]
    return [names.NUMBER, names.ITEM, *steps, names.VALUE, *said]


def _write_moment(sheet: Worksheet, row: int, item: Item, page: Page, columns: Sequence[str]) -> None:
    score, value = page.scores.get(item.pk), page.occasion.answers.get(item.key)
    shows_texts = score is not None and (page.is_own or score.shared)
    _say(_at(sheet, row, 1), item.number)
    _say(_at(sheet, row, 2), item.text, wrap=True)
    steps = page.occasion.assessment.steps
    for column, step in enumerate(steps, start=3):
        lies_here = value is not None and step.value <= value < step.value + 1
        _say_value(_at(sheet, row, column), value if lies_here else None, len(steps))
    _say_value(_at(sheet, row, columns.index(names.VALUE) + 1), value, len(steps))
    _say(_at(sheet, row, columns.index(names.COMMENT) + 1), score.comment if score and shows_texts else "", wrap=True)
    _say(
        _at(sheet, row, columns.index(names.SINCE_LAST) + 1),
        score.since_last if score and shows_texts else "",
        wrap=True,
    )
    if names.AIM in columns:
        _say(_at(sheet, row, columns.index(names.AIM) + 1), score.aim.normalize() if score and score.aim else None)


def _write_sum(sheet: Worksheet, row: int, page: Page, columns: Sequence[str]) -> None:
    occasion = page.occasion
    _say(_at(sheet, row, 2), names.SUM, bold=True)
    cell = _at(sheet, row, columns.index(names.VALUE) + 1)
    _say(cell, occasion.total and occasion.total.normalize(), bold=True)
    cell.alignment = Alignment(horizontal="center", vertical="top")
    rated, of = len(occasion.answers), len(occasion.checklist_items)
    ends = f"från {occasion.floor} till {occasion.max_possible}"
    scale = f"På en skala {ends}. En fingervisning, inte ett betyg."
    if rated < of:
        scale = f"Summan av {rated} av {of} moment. Alla tillsammans ger {ends}."
    _say(_at(sheet, row, columns.index(names.COMMENT) + 1), scale, wrap=True)


def _at(sheet: Worksheet, row: int, column: int) -> Cell:
    return cast(Cell, sheet.cell(row, column))  # nothing here is merged


def _say_value(cell: Cell, value: Decimal | None, steps: int) -> None:
    """The number in the step's colour; never the colour without the number."""
    _say(cell, None if value is None else value.normalize())
    cell.alignment = Alignment(horizontal="center", vertical="top")
    ramp = RAMPS.get(steps)
    if value is not None and ramp:
        background, text = ramp[int(value) - 1]
        cell.fill = PatternFill("solid", fgColor=background)
        cell.font = Font(bold=True, color=text)


def _say(cell: Cell, content: str | Decimal | int | None, *, bold: bool = False, wrap: bool = False) -> None:
    """Put it there as what it is. A text that looks like a formula is a text, also when somebody edits the cell."""
    cell.border = BORDER
    cell.alignment = Alignment(vertical="top", wrap_text=wrap)
    if bold:
        cell.font = Font(bold=True)
    if isinstance(content, str):
        text = _plain(content)[:LONGEST_IN_A_CELL]
        cell.value = text or None
        if text:
            cell.data_type = "s"
        cell.quotePrefix = text.startswith(("=", "+", "-", "@"))
    else:
        cell.value = content


def _plain(text: str) -> str:
    """What XML can hold, with what looks like one of Excel's own escapes kept from being read as one."""
    return _LOOKS_ESCAPED.sub("_x005F_", _NO_XML.sub("", ILLEGAL_CHARACTERS_RE.sub("", text)))


def _add_table(sheet: Worksheet, number: int, ref: str, columns: Iterable[str]) -> None:
    """A table of Excel's own, so that a screen reader says the column's heading at each cell."""
    named = [TableColumn(id=place, name=_plain(name)) for place, name in enumerate(columns, start=1)]
    sheet.add_table(Table(displayName=f"Självskattning{number}", ref=ref, tableColumns=named))


def _lay_out(sheet: Worksheet, page: Page, columns: Sequence[str], heading: int) -> None:
    for number, name in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = WIDTHS.get(name, STEP_WIDTH)
    for cell in (_at(sheet, heading, column) for column in range(1, len(columns) + 1)):
        cell.fill = PatternFill("solid", fgColor="EEF3F3")
        cell.border = Border(bottom=Side(style="medium", color="0F5B66"))
    sheet.freeze_panes = _at(sheet, heading + 1, 3)
    sheet.print_title_rows = f"{heading}:{heading}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.sheet_view.showGridLines = False
    organisation = page.occasion.assessment.participation.organisation.name
    footer = sheet.oddFooter
    assert footer is not None
    footer.left.text, footer.right.text = _plain(organisation).replace("&", "&&"), "Sida &P av &N"


def file_name(participation: Participation) -> str:
    return f"sjalvskattningar-{participation.cohort.slug}-{participation.code}.xlsx"
