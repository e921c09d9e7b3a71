"""The sheet of an indicator as paper: HTML for the PDF, Word, and the series as CSV."""

from collections.abc import Sequence
from datetime import date

from django.template.loader import render_to_string
from docx.document import Document as WordDocument

from indicators.numbers import typed
from indicators.series import Series, SeriesPoint
from indicators.sheet import IndicatorSheet, sources_of
from indicators.units import unit_of
from indicators.whom import names_of
from kit.csv_files import rows_as_csv
from kit.pdf import Cover
from kit.pictures import PictureTable
from kit.signs import in_xml
from kit.templatetags.swedish import sentence
from kit.word import About, bytes_of, describe, new_document, paragraph, repeat_head


def html_of(sheet: IndicatorSheet, day: date) -> str:
    cover = Cover(
        title=sheet.title,
        subtitle=sheet.headline,
        sender=(sheet.organisation,),
        day=day,
        demonstration=sheet.invented,
    )
    return render_to_string("indicators/pdf/sheet.html", {"cover": cover, "sheet": sheet, "on_paper": True})


def word_of(sheet: IndicatorSheet, day: date) -> bytes:
    about = About(f"{sheet.title}: {sheet.organisation}", sheet.organisation, sheet.organisation, day)
    document = new_document(about)
    document.add_heading(in_xml(sheet.headline), level=1)
    paragraph(document, sheet.about)
    for text in filter(None, (sheet.lead, sheet.definition)):
        paragraph(document, text)
    if sheet.figures:
        add_table(document, sheet.figures_table)
    if sheet.picture:
        document.add_heading("Värden", level=2)
        add_table(document, sheet.picture.table)
    _part(document, "På tidslinjen", [happening.line for happening in sheet.happenings])
    if sheet.comparison:
        document.add_heading(in_xml(sheet.comparison.heading), level=2)
        add_table(document, sheet.comparison.table)
        for note in sheet.comparison.notes:
            paragraph(document, note)
    _part(document, "Frågan att ställa", [sheet.question])
    _part(document, "Det här prövas", [f"{row.title}. {row.text}" for row in sheet.tried])
    _part(document, "Om värdena", [*sheet.notes, *sheet.chance, *sheet.sources])
    return bytes_of(document)


def _part(document: WordDocument, heading: str, lines: Sequence[str]) -> None:
    if lines:
        document.add_heading(heading, level=2)
        for line in lines:
            paragraph(document, line)


def add_table(document: WordDocument, printed: PictureTable) -> None:
    table = document.add_table(rows=1, cols=len(printed.headers), style="Table Grid")
    repeat_head(table)
    describe(table, printed.caption)
    for cell, head in zip(table.rows[0].cells, printed.headers, strict=True):
        cell.paragraphs[0].add_run(in_xml(head)).bold = True
    for row in printed.rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = in_xml(text)
    document.add_paragraph()


def csv_of(series: Series) -> str:
    """Return the series with all its decimals; what is missing or not shown is empty, and the last columns say why."""
    names = names_of(series.indicator)
    heads = ("Period", sentence(names.women), sentence(names.men), "Totalt", "Skillnad", "Enhet", "Om värdet", "Källa")
    source = " ".join(sources_of(series))
    return rows_as_csv([heads, *(_row(point, source) for point in series.points)])


def _row(point: SeriesPoint, source: str) -> tuple[str, ...]:
    numbers = (point.women, point.men, point.total, point.gap)
    about = "visas inte, eftersom få personer ligger bakom" if point.hidden else point.why or point.note
    return (point.period, *map(typed, numbers), unit_of(point.unit), about, source)
