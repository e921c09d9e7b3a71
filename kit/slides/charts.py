"""Charts of the program's own: whoever gets the slides can change their values, colours and type."""

from collections.abc import Sequence
from decimal import Decimal
from math import ceil
from typing import Any

from lxml import etree  # type: ignore[import-untyped]
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from kit.figures import FIGURE
from kit.pictures import PictureTable
from kit.signs import in_xml

# As a mean is printed: one decimal, and none where it is whole. The program writes the comma.
AS_PRINTED = "General"
COLOURS = {1: (MSO_THEME_COLOR.ACCENT_1,), 2: (MSO_THEME_COLOR.ACCENT_2, MSO_THEME_COLOR.ACCENT_1)}
TYPE = Pt(14)
# Where the bars stand, as shares of the chart: names to the left, the legend above.
LAYOUT = f"""<c:layout {nsdecls("c")}><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/>
<c:yMode val="edge"/><c:x val="0.37"/><c:y val="0.09"/><c:w val="0.58"/><c:h val="0.9"/></c:manualLayout></c:layout>"""


def add_bars(slide: Any, area: Any, printed: PictureTable, rows: Sequence[Sequence[str]], places: Sequence[int]) -> Any:
    """Add bars for the columns in `places`, with a gap where a value is missing."""
    data = CategoryChartData(number_format=AS_PRINTED)
    data.categories = [in_xml(row[0]) for row in rows]
    columns = [[value_of(row[place]) for row in rows] for place in places]
    for place, values in zip(places, columns, strict=True):
        data.add_series(in_xml(printed.headers[place]), values)
    shape = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, area.left, area.top, area.width, area.height, data)
    highest = max((value for values in columns for value in values if value is not None), default=1)
    _dress(shape.chart, len(places), ceil(highest))
    return shape


def value_of(printed: str) -> float | None:
    """Return the value that is printed, which is rounded already; None where there is none."""
    return float(Decimal(printed.replace(",", ".").replace("−", "-"))) if FIGURE.fullmatch(printed) else None


def _dress(chart: Any, series: int, highest: int) -> None:
    chart.font.size = TYPE
    chart.has_title = False
    chart.has_legend = series > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = (40, 0) if series > 1 else (60, 0)
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.show_value, labels.position = True, XL_LABEL_POSITION.OUTSIDE_END
    labels.number_format, labels.number_format_is_linked = AS_PRINTED, False
    for each, colour in zip(plot.series, COLOURS[series], strict=True):
        each.format.fill.solid()
        each.format.fill.fore_color.theme_color = colour
    _axes(chart, highest)
    _in_swedish(chart)


def _axes(chart: Any, highest: int) -> None:
    # The values stand at the bars, so the axis is not drawn; the first row comes first.
    chart.category_axis.reverse_order = True
    chart.category_axis.has_major_gridlines = False
    chart.category_axis.format.line.fill.background()
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    _name_every_row(chart)
    values = chart.value_axis
    values.visible, values.has_major_gridlines = False, False
    values.minimum_scale, values.maximum_scale = 0, highest


def _name_every_row(chart: Any) -> None:
    """Keep a program from leaving out every other name, and give the names room of their own."""
    axis = chart.category_axis._element
    skip = etree.SubElement(axis, qn("c:tickLblSkip"))
    skip.set("val", "1")
    axis.insert(axis.index(axis.find(qn("c:noMultiLvlLbl"))), skip)
    area = chart._chartSpace.chart.plotArea
    old = area.find(qn("c:layout"))
    if old is not None:
        area.remove(old)
    area.insert(0, parse_xml(LAYOUT))


def _in_swedish(chart: Any) -> None:
    for part in chart._chartSpace.iter(qn("a:defRPr")):
        part.set("lang", "sv-SE")
    # The language of the chart itself, by which a program writes the decimal comma.
    language = chart._chartSpace.find(qn("c:lang"))
    if language is None:
        language = etree.SubElement(chart._chartSpace, qn("c:lang"))
        chart._chartSpace.insert(1 if chart._chartSpace.find(qn("c:date1904")) is not None else 0, language)
    language.set("val", "sv-SE")
