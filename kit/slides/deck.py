"""A deck of slides, built one shape at a time; the order in which shapes are added is the order they are read in."""

from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.shapes import MSO_SHAPE, PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.util import Inches, Pt

from kit.pictures import PictureTable
from kit.signs import in_xml
from kit.slides.charts import add_bars
from kit.slides.template import (
    AMBER,
    INK,
    LEFT,
    MUTED,
    ROOM,
    TEXT,
    TITLE_AND_TEXT,
    TITLE_ONLY,
    layout,
    new_presentation,
)
from kit.zips import dated, made_on

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
WASH = RGBColor(0xF3, 0xF5, 0xF5)
BOTTOM, CARD_HEIGHT = Inches(6.4), Inches(3.6)
GAP = Inches(0.3)


@dataclass(frozen=True)
class Area:
    left: int
    top: int
    width: int
    height: int

    def column(self, place: int, columns: int) -> "Area":
        width = (self.width - GAP * (columns - 1)) // columns
        return Area(self.left + place * (width + GAP), self.top, width, self.height)


# Below a lead, and where there is none.
LOW_BODY = Area(LEFT, Inches(2.15), ROOM, BOTTOM - Inches(2.15))
HIGH_BODY = Area(LEFT, Inches(1.5), ROOM, BOTTOM - Inches(1.5))


@dataclass(frozen=True)
class SlideFoot:
    """What stands at the foot of each slide; `mark` in bold, as that it is a draft."""

    mark: str
    text: str


class Deck:
    def __init__(self, *, title: str, author: str, day: date | None, foot: SlideFoot) -> None:
        self.presentation, self.foot = new_presentation(), foot
        properties = self.presentation.core_properties
        properties.title, properties.author = in_xml(title)[:255], in_xml(author)[:255]
        properties.language, properties.last_modified_by = "sv-SE", ""
        properties.created = properties.modified = made_on(day)

    def add(self, title: str, *, with_text: bool = False) -> "DeckSlide":
        made = self.presentation.slides.add_slide(
            layout(self.presentation, TITLE_AND_TEXT if with_text else TITLE_ONLY)
        )
        return DeckSlide(made, title, self.foot)

    def done(self) -> bytes:
        package = self.presentation.part.package
        for key, relation in list(package._rels.items()):
            if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
                package._rels.pop(key)
        stored = BytesIO()
        self.presentation.save(stored)
        return dated(stored.getvalue())


class DeckSlide:
    def __init__(self, slide: Any, title: str, foot: SlideFoot) -> None:
        self.slide, self.foot, self.body = slide, foot, HIGH_BODY
        say(slide.shapes.title.text_frame.paragraphs[0], title)

    def lead(self, text: str) -> None:
        frame = self._box(Area(LEFT, Inches(1.3), ROOM, Inches(0.8)), "Ingress")
        say(frame.paragraphs[0], text, size=18 if len(text) < 190 else 14)
        self.body = LOW_BODY

    def small(self, text: str) -> None:
        frame = self._box(Area(LEFT, Inches(6.42), ROOM, Inches(0.45)), "Om siffrorna")
        frame.vertical_anchor = MSO_ANCHOR.BOTTOM
        say(frame.paragraphs[0], text, size=12, colour=MUTED)

    def points(self, texts: Sequence[str], area: Area) -> None:
        place = next(each for each in self.slide.placeholders if each.placeholder_format.type == PP_PLACEHOLDER.OBJECT)
        place.left, place.top, place.width, place.height = area.left, area.top, area.width, area.height
        size = size_for(sum(map(len, texts)), area)
        for number, text in enumerate(texts):
            frame = place.text_frame
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            paragraph.space_after = Pt(8)
            say(paragraph, text, size=size)

    def cards(self, cards: Sequence[tuple[str, str, str]], columns: int) -> None:
        """Add cards beside each other, each with a title, what it is about, and a text in the same size for all."""
        body = Area(self.body.left, self.body.top, self.body.width, min(self.body.height, CARD_HEIGHT))
        areas = [body.column(place, columns) for place in range(len(cards))]
        size = min((size_for(len(text) * 2, area) for area, (*_, text) in zip(areas, cards, strict=True)), default=0)
        for area, (title, about, text) in zip(areas, cards, strict=True):
            self._card(area, [(title, 20, True, INK), (about, 14, False, MUTED), (text, size, False, TEXT)])

    def _card(self, area: Area, lines: list[tuple[str, int, bool, Any]]) -> None:
        shape = self.slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, area.left, area.top, area.width, area.height)
        shape.name = in_xml(lines[0][0])[:60]
        shape.shadow.inherit = False
        shape.fill.solid()
        shape.fill.fore_color.rgb = WASH
        shape.line.fill.background()
        frame = shape.text_frame
        frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.TOP
        frame.margin_left = frame.margin_right = frame.margin_top = Inches(0.2)
        for number, (line, size, bold, colour) in enumerate(line for line in lines if line[0]):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            paragraph.alignment, paragraph.space_after = PP_ALIGN.LEFT, Pt(8)
            say(paragraph, line, size=size, bold=bold, colour=colour)

    def table(self, name: str, printed: PictureTable, area: Area, widths: Sequence[float]) -> None:
        rows, columns = len(printed.rows) + 1, len(printed.headers)
        shape = self.slide.shapes.add_table(rows, columns, area.left, area.top, area.width, Inches(0.4) * rows)
        shape.name = name
        describe(shape, f"Tabell: {printed.caption}.")
        table = shape.table
        table.first_row, table.horz_banding = True, False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = int(area.width * width)
        for number, row in enumerate((printed.headers, *printed.rows)):
            for cell, text in zip(table.rows[number].cells, row, strict=True):
                say(cell.text_frame.paragraphs[0], text or "–", size=14, bold=number == 0, colour=None)

    def bars(self, name: str, printed: PictureTable, rows: Sequence[Sequence[str]], places: Sequence[int]) -> None:
        shape = add_bars(self.slide, self.body, printed, rows, places)
        shape.name = name
        series = [f"{printed.headers[place]}: {values_in_words(rows, place)}" for place in places]
        describe(shape, f"Stapeldiagram: {printed.caption}. {' '.join(series)}")

    def notes(self, texts: Iterable[str]) -> None:
        frame = self.slide.notes_slide.notes_text_frame
        for number, text in enumerate(texts):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            say(paragraph, text, colour=None)

    def close(self) -> None:
        """Add foot and number last, where they are read last."""
        for place in self.slide.slide_layout.placeholders:
            if place.placeholder_format.type in (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER):
                self.slide.shapes._spTree.append(deepcopy(place._element))
        for place in self.slide.placeholders:
            if place.placeholder_format.type == PP_PLACEHOLDER.FOOTER:
                self._foot(place.text_frame.paragraphs[0])

    def _foot(self, paragraph: Any) -> None:
        paragraph.alignment = PP_ALIGN.LEFT
        if self.foot.mark:
            say(paragraph, f"{self.foot.mark} · ", size=12, bold=True, colour=AMBER)
        say(paragraph, self.foot.text, size=12, colour=MUTED)

    def _box(self, area: Area, name: str) -> Any:
        box = self.slide.shapes.add_textbox(area.left, area.top, area.width, area.height)
        box.name = name
        box.text_frame.word_wrap = True
        box.text_frame.margin_left = Inches(0.1)
        return box.text_frame


def say(paragraph: Any, text: str, *, size: float = 0, bold: bool = False, colour: Any = TEXT) -> None:
    """Add a run in Swedish; a size of 0 and a colour of None are the template's own."""
    run = paragraph.add_run()
    run.text = in_xml(text)
    run.font.language_id = MSO_LANGUAGE_ID.SWEDISH
    if size:
        run.font.size = Pt(size)
        if colour is not None:
            run.font.color.rgb = colour
    if bold:
        run.font.bold = True


def describe(shape: Any, text: str) -> None:
    """Give a chart or table the text that a screen reader says instead."""
    shape._element.nvGraphicFramePr.cNvPr.set("descr", in_xml(text))


def values_in_words(rows: Sequence[Sequence[str]], place: int) -> str:
    return "; ".join(f"{row[0]} {row[place] or '–'}" for row in rows) + "."


def size_for(signs: int, area: Area) -> int:
    """Return the largest size, in points, in which so many signs fit in the area."""
    square = (area.width / 12700) * (area.height / 12700)
    for size in (24, 20, 18, 16, 14):
        # A sign takes about half its size in width, and a line a third more than its size.
        if signs * size * 0.55 * size * 1.7 < square:
            return size
    return 12
