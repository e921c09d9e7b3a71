"""What all pictures share: how they are rendered, their table, and the small geometry of text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from textwrap import wrap
from typing import ClassVar

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

NUMERIC = re.compile(r"[+−]?\d+(,\d+)?( %)?|–")


@dataclass(frozen=True)
class Cell:
    text: str

    @property
    def numeric(self) -> bool:
        return NUMERIC.fullmatch(self.text) is not None


@dataclass(frozen=True)
class Table:
    """The same values as rows of text, for the page's "Visa som tabell" and for the PDF."""

    caption: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def has_row_headers(self) -> bool:
        """More header than data cells in a page's piece of a table confuses readers; small tables have column heads only."""
        return len(self.headers) >= 3 and len(self.rows) >= 3

    @property
    def cells(self) -> tuple[tuple[Cell, ...], ...]:
        return tuple(tuple(Cell(text or "–") for text in row) for row in self.rows)

    @property
    def columns(self) -> tuple[tuple[str, bool], ...]:
        """Each head with whether its column holds figures."""
        return tuple(
            (head, bool(self.cells) and all(row[place].numeric for row in self.cells))
            for place, head in enumerate(self.headers)
        )

    @property
    def first_rows(self) -> tuple[tuple[Cell, ...], ...]:
        return self.cells[:-3]

    @property
    def last_rows(self) -> tuple[tuple[Cell, ...], ...]:
        """Kept together in print, so that no page gets a lone last row under a repeated head."""
        return self.cells[-3:]


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
        drawings = self._svg(narrow=False, name="wide") + self._svg(narrow=True, name="narrow")
        return mark_safe(f'<div class="picture">{drawings}</div>')

    @property
    def for_print(self) -> SafeString:
        """For WeasyPrint: the wide layout; all words are in the title, the only part it takes as text alternative."""
        return mark_safe(f'<div class="picture">{self._svg(narrow=False, name="print")}</div>')

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
    """Inter is a little over half as wide as it is high; enough to keep texts apart."""
    return round(len(text) * size * 0.57)


def wrapped(text: str, width: int, size: int) -> list[str]:
    return wrap(text, max(4, round(width / (size * 0.57))), break_long_words=False) or [""]


def lines(texts: Iterable[str], *, x: int, middle: int, leading: int) -> tuple[TextLine, ...]:
    """Lines of text around a middle; 5 brings the baseline under it."""
    texts = list(texts)
    top = middle + 5 - (len(texts) - 1) * leading // 2
    return tuple(TextLine(x, top + place * leading, text) for place, text in enumerate(texts))


def enumerated(parts: list[str]) -> str:
    """a, b och c."""
    return " och ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)
