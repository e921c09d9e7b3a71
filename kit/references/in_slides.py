"""References in slides: a chart or table is named by its key, and row and column name the figure in it.

A chart's label is drawn by the program from the value, so the value is what is read.
"""

from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from typing import Any

from pptx import Presentation

from kit.figures import printed
from kit.references.naming import ref_of

NAMED = "siffror: "
ROUNDED = 2


def read_slides(data: bytes) -> Iterator[tuple[str, str]]:
    for slide in Presentation(BytesIO(data)).slides:
        for shape in slide.shapes:
            if shape.name.startswith(NAMED) and (shape.has_chart or shape.has_table):
                yield from _figures(shape.name.removeprefix(NAMED), shape)


def _figures(key: str, shape: Any) -> Iterator[tuple[str, str]]:
    heads, rows = _of_chart(shape.chart) if shape.has_chart else _of_table(shape.table)
    for row in rows:
        for head, cell in zip(heads, row[1:], strict=True):
            if ref := ref_of(key, row[0], head, cell):
                yield ref, cell


def _of_chart(chart: Any) -> tuple[list[str], list[list[str]]]:
    plot = chart.plots[0]
    columns = [[_shown(value) for value in series.values] for series in plot.series]
    names = [str(category) for category in plot.categories]
    return [series.name for series in plot.series], [list(row) for row in zip(names, *columns, strict=True)]


def _shown(value: float | None) -> str:
    return "–" if value is None else printed(Decimal(str(value)), ROUNDED).rstrip("0" if value % 1 else "")


def _of_table(table: Any) -> tuple[list[str], list[list[str]]]:
    heads, *rows = [[cell.text_frame.text for cell in row.cells] for row in table.rows]
    return heads[1:], rows
