"""The choices of single persons: a dot with a letter for each, above the chosen value."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from kit.pictures.base import Picture

GAP = 4


@dataclass(frozen=True)
class PeopleLayout:
    """Sizes in the picture's own units."""

    width: int
    margin: int
    radius: int


WIDE = PeopleLayout(560, 60, 17)
NARROW = PeopleLayout(320, 36, 14)


@dataclass(frozen=True)
class PersonDot:
    x: int
    y: int
    letter: str


@dataclass(frozen=True)
class PeopleTick:
    x: int
    number: str


@dataclass(frozen=True)
class DrawnPeople:
    width: int
    height: int
    radius: int
    line_y: int
    left: int
    right: int
    ticks: tuple[PeopleTick, ...]
    halves: tuple[int, ...]
    dots: tuple[PersonDot, ...]


@dataclass(frozen=True, kw_only=True)
class People(Picture):
    """The picture of the choices. `chosen` has the letters at each value of the scale; `steps` are the whole values."""

    template: ClassVar[str] = "people.svg"
    chosen: Mapping[Decimal, tuple[str, ...]]
    steps: tuple[int, ...]
    words: str

    @property
    def description(self) -> str:
        return self.words

    def drawing(self, *, narrow: bool) -> DrawnPeople:
        layout, values = NARROW if narrow else WIDE, tuple(self.chosen)
        span = layout.width - 2 * layout.margin
        low, high = float(values[0]), float(values[-1])
        place = {value: round(layout.margin + (float(value) - low) / (high - low) * span) for value in values}
        pitch = 2 * layout.radius + GAP
        in_a_row = max(1, (span // (len(values) - 1)) // pitch)
        rows = max((-(-len(stack) // in_a_row) for stack in self.chosen.values()), default=1)
        line_y = rows * pitch + layout.radius // 2
        dots = [
            PersonDot(
                round(place[value] + (at - (in_row - 1) / 2) * pitch), line_y - pitch * row - layout.radius - 6, letter
            )
            for value, stack in self.chosen.items()
            for row in range(-(-len(stack) // in_a_row))
            for in_row in [min(in_a_row, len(stack) - row * in_a_row)]
            for at, letter in enumerate(stack[row * in_a_row : row * in_a_row + in_row])
        ]
        ticks = tuple(PeopleTick(place[Decimal(step)], str(step)) for step in self.steps)
        whole = {tick.x for tick in ticks}
        return DrawnPeople(
            width=layout.width,
            height=line_y + 34,
            radius=layout.radius,
            line_y=line_y,
            left=layout.margin,
            right=layout.width - layout.margin,
            ticks=ticks,
            halves=tuple(x for x in place.values() if x not in whole),
            dots=tuple(dots),
        )
