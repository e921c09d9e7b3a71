"""The base of all pictures: rendering, the table, and simple text geometry."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

NARROW_SIGNS, WIDE_SIGNS = frozenset(" fijlrtI.,:;·()'1"), frozenset("mwMWÖOQ…")
NUMERIC = re.compile(r"[+−]?\d+(,\d+)?( %)?|–")


@dataclass(frozen=True)
class TableCell:
    """A cell as text; `ref` names its figure, if it has one that other formats print too."""

    text: str
    numeric: bool
    ref: str = ""


@dataclass(frozen=True)
class RowGroup:
    rows: tuple[tuple[TableCell, ...], ...]
    together: bool


@dataclass(frozen=True)
class PictureTable:
    """A picture's values as rows of text, for the page's "Visa som tabell" and for the PDF."""

    caption: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def heading(self) -> str:
        return self.caption

    @property
    def has_row_headers(self) -> bool:
        # outloud reports a page's piece of a table with more heads than data as an error.
        return len(self.headers) >= 3 and len(self.rows) >= 3

    @property
    def is_wide(self) -> bool:
        # An A4 page has room for six columns in its ordinary type.
        return len(self.headers) > 6

    @property
    def columns(self) -> tuple[TableCell, ...]:
        # Most cells decide, since "inte skattad" may stand among the figures of a column.
        return tuple(TableCell(head, self._mostly_figures(place)) for place, head in enumerate(self.headers))

    def _mostly_figures(self, place: int) -> bool:
        filled = [row[place] for row in self.rows if row[place] not in ("", "–")]
        return sum(NUMERIC.fullmatch(text) is not None for text in filled) * 2 > len(filled)

    @property
    def cells(self) -> tuple[tuple[TableCell, ...], ...]:
        numeric = [column.numeric for column in self.columns]
        return tuple(
            tuple(TableCell(text or "–", numeric[place], self.ref(row, place)) for place, text in enumerate(row))
            for row in self.rows
        )

    def ref(self, row: tuple[str, ...], place: int) -> str:
        return ""

    @property
    def groups(self) -> tuple[RowGroup, ...]:
        # The first three rows stay together in print, and so do the last three: no page gets only a head and a row.
        rows = self.cells
        if len(rows) <= 6:
            return (RowGroup(rows, True),)
        return RowGroup(rows[:3], True), RowGroup(rows[3:-3], False), RowGroup(rows[-3:], True)


@dataclass(frozen=True)
class TextLine:
    x: int
    y: int
    text: str


@dataclass(frozen=True, kw_only=True)
class Picture:
    """The base of a picture. `key` makes its ids unique on the page; `title` is the short text alternative."""

    key: str
    title: str
    template: ClassVar[str]

    def __str__(self) -> SafeString:
        return self.render()

    def __html__(self) -> SafeString:
        return self.render()

    @property
    def description(self) -> str:
        raise NotImplementedError

    @property
    def table(self) -> PictureTable:
        raise NotImplementedError

    def drawing(self, *, narrow: bool) -> object:
        raise NotImplementedError

    def render(self) -> SafeString:
        """Return both layouts for the screen; CSS shows the one that fits."""
        wide, narrow = self._svg(narrow=False, name="wide"), self._svg(narrow=True, name="narrow")
        return format_html('<div class="picture">{}{}</div>', wide, narrow)

    @property
    def for_print(self) -> SafeString:
        # WeasyPrint takes only the title as text alternative, so all words go there.
        return format_html('<div class="picture">{}</div>', self.svg_for_print)

    @property
    def svg_for_print(self) -> SafeString:
        return self._svg(narrow=False, name="print")

    def _svg(self, *, narrow: bool, name: str) -> SafeString:
        context = {
            "id": f"{self.key}-{name}",
            "name": name,
            "title": f"{self.title}. {self.description}" if name == "print" else self.title,
            "description": self.description,
            "drawing": self.drawing(narrow=narrow),
        }
        return render_to_string(f"kit/pictures/{self.template}", context)


@dataclass(frozen=True)
class Scale:
    """A linear scale from a value to a place on the line."""

    low: int
    high: int
    left: int
    right: int

    def x(self, value: object) -> int:
        share = (float(value) - self.low) / (self.high - self.low)  # type: ignore[arg-type]
        return round(self.left + share * (self.right - self.left))


def text_width(text: str, size: int) -> int:
    """Estimate a text's width in Inter, near enough to wrap labels and keep texts apart."""
    return round(size * sum(0.32 if sign in NARROW_SIGNS else 0.87 if sign in WIDE_SIGNS else 0.6 for sign in text))


def wrapped(text: str, width: int, size: int) -> list[str]:
    """Return lines no wider than `width`, except that a wider word stands alone."""
    rows = [""]
    for word in text.strip(" \n").replace("\n", " ").split(" "):  # a no-break space keeps 42 000 together
        longer = f"{rows[-1]} {word}".strip()
        if rows[-1] and text_width(longer, size) > width:
            rows.append(word)
        else:
            rows[-1] = longer
    return rows


def lines(texts: Iterable[str], *, x: int, middle: int, leading: int) -> tuple[TextLine, ...]:
    texts = list(texts)
    # A baseline lies 5 below the middle of its line.
    top = middle + 5 - (len(texts) - 1) * leading // 2
    return tuple(TextLine(x, top + place * leading, text) for place, text in enumerate(texts))
