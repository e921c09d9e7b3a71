"""What all pictures share: how they are rendered, their table, and the small geometry of text."""

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
class Cell:
    text: str
    numeric: bool


@dataclass(frozen=True)
class RowGroup:
    rows: tuple[tuple[Cell, ...], ...]
    together: bool


@dataclass(frozen=True)
class Table:
    """The same values as rows of text, for the page's "Visa som tabell" and for the PDF."""

    caption: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def has_row_headers(self) -> bool:
        """Only with enough data: a page's piece of a table with more heads than data is an error to outloud."""
        return len(self.headers) >= 3 and len(self.rows) >= 3

    @property
    def is_wide(self) -> bool:
        """More columns than an A4 page takes in its ordinary type."""
        return len(self.headers) > 6

    @property
    def columns(self) -> tuple[Cell, ...]:
        """The heads; a column is one of figures where most of its cells are ("inte skattad" may stand among them)."""
        return tuple(Cell(head, self._mostly_figures(place)) for place, head in enumerate(self.headers))

    def _mostly_figures(self, place: int) -> bool:
        filled = [row[place] for row in self.rows if row[place] not in ("", "–")]
        return sum(NUMERIC.fullmatch(text) is not None for text in filled) * 2 > len(filled)

    @property
    def cells(self) -> tuple[tuple[Cell, ...], ...]:
        numeric = [column.numeric for column in self.columns]
        return tuple(tuple(Cell(text or "–", numeric[place]) for place, text in enumerate(row)) for row in self.rows)

    @property
    def groups(self) -> tuple[RowGroup, ...]:
        """In print the first three rows stay together and so do the last three: no page gets a head and a lone row."""
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
    """`key` makes the ids unique on the page; `title` is the short text alternative."""

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
    def table(self) -> Table:
        raise NotImplementedError

    def drawing(self, *, narrow: bool) -> object:
        raise NotImplementedError

    def render(self) -> SafeString:
        """For the screen: both layouts, of which CSS shows one."""
        wide, narrow = self._svg(narrow=False, name="wide"), self._svg(narrow=True, name="narrow")
        return format_html('<div class="picture">{}{}</div>', wide, narrow)

    @property
    def for_print(self) -> SafeString:
        """For WeasyPrint: the wide layout; all words are in the title, the only part it takes as text alternative."""
        return format_html('<div class="picture">{}</div>', self._svg(narrow=False, name="print"))

    def _svg(self, *, narrow: bool, name: str) -> SafeString:
        context = {
            "id": f"{self.key}-{name}",
            "name": name,
            "title": f"{self.title}. {self.description}" if name == "print" else self.title,
            "description": self.description,
            "drawing": self.drawing(narrow=narrow),
        }
        return render_to_string(f"pictures/{self.template}", context)


@dataclass(frozen=True)
class Scale:
    """From a value to a place on the line."""

    low: int
    high: int
    left: int
    right: int

    def x(self, value: object) -> int:
        share = (float(value) - self.low) / (self.high - self.low)  # type: ignore[arg-type]
        return round(self.left + share * (self.right - self.left))


def text_width(text: str, size: int) -> int:
    """Inter's letters in three widths: near enough to wrap labels and keep texts apart without a font engine."""
    return round(size * sum(0.32 if sign in NARROW_SIGNS else 0.87 if sign in WIDE_SIGNS else 0.6 for sign in text))


def wrapped(text: str, width: int, size: int) -> list[str]:
    """Lines no wider than `width`; a word that is wider stands alone."""
    found = [""]
    for word in text.split():
        longer = f"{found[-1]} {word}".strip()
        if found[-1] and text_width(longer, size) > width:
            found.append(word)
        else:
            found[-1] = longer
    return found


def lines(texts: Iterable[str], *, x: int, middle: int, leading: int) -> tuple[TextLine, ...]:
    """Lines of text around a middle; 5 brings the baseline under it."""
    texts = list(texts)
    top = middle + 5 - (len(texts) - 1) * leading // 2
    return tuple(TextLine(x, top + place * leading, text) for place, text in enumerate(texts))
