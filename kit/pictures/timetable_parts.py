"""The parts of the tidplan's picture, and the placing of its day numbers."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kit.pictures.base import TextLine, text_width

PILL = 22


@dataclass(frozen=True)
class Month:
    x: int
    middle: int
    text: str
    is_first_of_year: bool


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
    def right(self) -> int:
        return max(self.x + self.width, self.text_x + self.text_width)

    @property
    def text_x(self) -> int:
        return self.labels[0].x if self.labels else self.x

    @property
    def text_width(self) -> int:
        # The template lays a field of this width under the text, so that no line goes through it.
        return max((text_width(line.text, 12) for line in self.labels), default=0)

    @property
    def text_height(self) -> int:
        return 14 * len(self.labels)


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
    left: int
    right: int
    months: tuple[Month, ...]
    years: tuple[TextLine, ...]
    activities: tuple[DrawnActivity, ...]
    today_x: int | None


def in_rows(pills: Iterable[Pill]) -> tuple[Pill, ...]:
    """Lower a day number that would run into an earlier one."""
    ends: list[tuple[int, int]] = []
    placed = []
    for pill in sorted(pills, key=lambda pill: (pill.x, pill.text)):
        left = min([pill.x, *(line.x for line in pill.labels)])
        by = 0
        for right, bottom in ends:
            if left < right + 6:
                by = max(by, bottom - pill.y + 6)
        moved = replace(pill, y=pill.y + by, labels=tuple(replace(line, y=line.y + by) for line in pill.labels))
        ends.append((moved.right, max([moved.y + PILL, *(line.y for line in moved.labels)])))
        placed.append(moved)
    return tuple(placed)
