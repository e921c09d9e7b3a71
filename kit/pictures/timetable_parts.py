"""The parts of the tidplan's picture, and the placing of its day numbers."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

from kit.pictures.base import TextLine, text_width

PILL, BETWEEN = 22, 6
# Where the months' columns begin, under the years.
MONTHS_TOP = 22


@dataclass(frozen=True)
class Month:
    """A month's column; every other is shaded, since ruled lines would cross the texts."""

    x: int
    width: int
    is_shaded: bool
    text: str
    is_first_of_year: bool

    @property
    def middle(self) -> int:
        return self.x + self.width // 2


@dataclass(frozen=True)
class Bar:
    x: int
    y: int
    width: int
    is_over: bool


@dataclass(frozen=True)
class Pill:
    x: int
    y: int
    width: int
    middle: int
    text: str
    state: str
    labels: tuple[TextLine, ...]

    @property
    def left(self) -> int:
        return min([self.x, *(line.x for line in self.labels)])

    @property
    def right(self) -> int:
        return max([self.x + self.width, *(line.x + text_width(line.text, 12) for line in self.labels)])

    @property
    def bottom(self) -> int:
        return max([self.y + PILL, *(line.y for line in self.labels)])

    def moved_to(self, y: int) -> Self:
        labels = tuple(replace(line, y=line.y + y - self.y) for line in self.labels)
        return replace(self, y=y, labels=labels)

    def runs_into(self, other: Self) -> bool:
        beside = self.left >= other.right + BETWEEN or other.left >= self.right + BETWEEN
        return not beside and self.y < other.bottom + BETWEEN and other.y < self.bottom + BETWEEN


@dataclass(frozen=True)
class DrawnActivity:
    y: int
    labels: tuple[TextLine, ...]
    bars: tuple[Bar, ...]
    pills: tuple[Pill, ...]


@dataclass(frozen=True)
class TimetableDrawing:
    width: int
    height: int
    head: int
    left: int
    right: int
    months: tuple[Month, ...]
    years: tuple[TextLine, ...]
    activities: tuple[DrawnActivity, ...]
    today_x: int | None

    @property
    def columns_height(self) -> int:
        return self.height - MONTHS_TOP


def in_rows(pills: Iterable[Pill]) -> tuple[Pill, ...]:
    """Lower a day number that would run into an earlier one to the first free place under it."""
    placed: list[Pill] = []
    for pill in sorted(pills, key=lambda pill: (pill.x, pill.text)):
        places = sorted({pill.y, *(other.bottom + BETWEEN for other in placed)})
        moved = (pill.moved_to(y) for y in places)
        placed.append(next(each for each in moved if not any(each.runs_into(other) for other in placed)))
    return tuple(placed)
