"""The picture of one moment over time: a line for each version, and a visible break where the version changes.

In the pictures' language (reports/pictures) and drawn like them, with literal print colours as attributes and classes
over them for the screen. Each version has a frame of its own with its own steps; moment that have been merged
or split have a frame each. Frames follow each other like words on a line, so that it is readable on a phone.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from checklist.comparing.history import MomentHistory, Stretch
from checklist.occasions import Occasion
from modell.templatetags.swedish import mean

WIDE, NARROW = 540, 276
LEFT, APART, TOP, TALL, BOTTOM = 22, 38, 48, 96, 40
GAP, BREAK, LEAST = 18, 40, 122
# (dot, figure in it) by step, as the ramp in modell.css; the highest is the same on every scale.
LOWEST, HIGHEST = ("#d5e6e6", "#10272b"), ("#0f5b66", "#ffffff")
RAMPS = {
    3: (LOWEST, ("#5fa3a6", "#08191c"), HIGHEST),
    4: (LOWEST, ("#86b9bb", "#08191c"), ("#3b7f86", "#ffffff"), HIGHEST),
}


@dataclass(frozen=True)
class Dot:
    x: int
    y: int
    text: str
    step: int
    fill: str
    ink: str


@dataclass(frozen=True)
class Line:
    x1: int
    y1: int
    x2: int
    y2: int


@dataclass(frozen=True)
class Label:
    x: int
    y: int
    text: str


@dataclass
class Frame:
    """One moment of one version; `highest` chooses its ramp."""

    highest: int
    heading: Label
    name: Label
    grid: list[Line] = field(default_factory=list)
    steps: list[Label] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    dots: list[Dot] = field(default_factory=list)
    missing: list[Label] = field(default_factory=list)
    years: list[Label] = field(default_factory=list)
    aim: Label | None = None


@dataclass
class Drawing:
    width: int
    height: int = 0
    frames: list[Frame] = field(default_factory=list)
    breaks: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class Trend:
    moment: MomentHistory

    @property
    def title(self) -> str:
        return f"Moment {self.moment.item.number}, {self.moment.item.short}, över tid"

    @property
    def description(self) -> str:
        """The same in words, version by version."""
        told = [f"{_name(each)}: {_values_in_words(each)}." for each in self._stretches()]
        if self.moment.past:
            told.append("Linjen bryts där versionen byts.")
        return " ".join(told)

    def __html__(self) -> SafeString:
        wide, narrow = self._svg("wide", WIDE), self._svg("narrow", NARROW)
        return format_html('<div class="picture trend">{}{}</div>', wide, narrow)

    def __str__(self) -> str:
        return self.__html__()

    def _svg(self, name: str, width: int) -> SafeString:
        context = {
            "id": f"trend-{self.moment.item.pk}-{name}",
            "name": name,
            "title": self.title,
            "description": self.description,
            "drawing": self.drawing(width),
        }
        return render_to_string("pictures/trend.svg", context)

    def _stretches(self) -> list[Stretch]:
        older = [stretch for past in reversed(self.moment.past) for stretch in past.stretches]
        return [*older, self.moment.now]

    def drawing(self, width: int) -> Drawing:
        drawing = Drawing(width=0)
        x = y = 0
        before: Stretch | None = None
        for stretch in self._stretches():
            breaks = before is not None and before.version.checklist.pk != stretch.version.checklist.pk
            for part in _parts(stretch, width):
                wide = max(LEFT + len(part) * APART + (APART if self._aim(stretch) else 0), LEAST)
                apart = 0 if x == 0 else BREAK if breaks else GAP
                if x + apart + wide > width:
                    x, y, apart = 0, y + TOP + TALL + BOTTOM + (GAP if breaks else 0), 0
                if breaks:
                    drawing.breaks.append(_break(x, y, width, beside=bool(apart)))
                x += apart
                drawing.frames.append(self._frame(stretch, part, x, y))
                x, breaks = x + wide, False
                drawing.width = max(drawing.width, x)
            before = stretch
        drawing.height = y + TOP + TALL + BOTTOM
        return drawing

    def _frame(self, stretch: Stretch, places: range, x: int, y: int) -> Frame:
        version, item = stretch.version, stretch.item
        highest = version.highest_step
        right = x + LEFT + len(places) * APART
        frame = Frame(highest, Label(x, y + 14, f"{version.checklist.year} års version"), _moment(x, y, item.number))
        for step in range(1, highest + 1):
            level = _level(Decimal(step), highest, y)
            frame.grid.append(Line(x + LEFT - 6, level, right, level))
            frame.steps.append(Label(x + 8, level + 5, str(step)))
        year = None
        for place, index in enumerate(places):
            at = x + LEFT + place * APART + APART // 2
            point = stretch.points[index]
            if _year(point.occasion) != year:
                year = _year(point.occasion)
                frame.years.append(Label(at, y + TOP + TALL + 30, year))
            if point.value is None:
                frame.missing.append(Label(at, _level(Decimal(1), highest, y) + 5, "–"))
                continue
            frame.dots.append(_dot(at, point.value, highest, y))
            if place and (earlier := stretch.points[index - 1].value) is not None:
                level, then = _level(point.value, highest, y), _level(earlier, highest, y)
                frame.lines.append(Line(at - APART, then, at, level))
        aim = self._aim(stretch)
        if aim is not None and places.stop == len(stretch.points):
            frame.aim = Label(right + APART // 2, _level(aim, highest, y), mean(aim))
        return frame

    def _aim(self, stretch: Stretch) -> Decimal | None:
        """What is aimed at from here on: of the last occasion on the newest version alone."""
        return stretch.points[-1].aim if stretch is self.moment.now else None


def _parts(stretch: Stretch, width: int) -> list[range]:
    """A stretch too long for the line goes on under it."""
    most = max(1, (width - LEFT - APART) // APART)
    count = len(stretch.points)
    return [range(first, min(first + most, count)) for first in range(0, count, most)]


def _break(x: int, y: int, width: int, *, beside: bool) -> Line:
    if beside:
        return Line(x + BREAK // 2, y + 4, x + BREAK // 2, y + TOP + TALL + BOTTOM - 4)
    return Line(0, y - GAP // 2, width, y - GAP // 2)


def _moment(x: int, y: int, number: int) -> Label:
    return Label(x, y + 31, f"Moment {number}")


def _level(value: Decimal, highest: int, y: int) -> int:
    share = (value - 1) / max(1, highest - 1)
    return y + TOP + TALL - round(share * (TALL - 14))


def _dot(x: int, value: Decimal, highest: int, y: int) -> Dot:
    """A half step takes the colour of the step under it, as everywhere."""
    step = int(value)
    ramp = RAMPS.get(highest, RAMPS[4])
    fill, ink = ramp[min(step, len(ramp)) - 1]
    return Dot(x, _level(value, highest, y), mean(value), step, fill, ink)


def _year(occasion: Occasion) -> str:
    when = occasion.assessment.day
    return str(when.year) if when else ""


def _name(stretch: Stretch) -> str:
    version = stretch.version
    return f"{version.name}, moment {stretch.item.number}, skala 1 till {version.highest_step}"


def _values_in_words(stretch: Stretch) -> str:
    told: Sequence[str] = [
        f"{'inte skattad' if point.value is None else mean(point.value)} ({_year(point.occasion)})"
        for point in stretch.points
    ]
    return ", ".join(told)
