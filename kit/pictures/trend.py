"""Values over time: a frame for each scale with its steps as the ramp, and a visible break where a line ends.

Frames follow each other like words in a text, so that the picture is readable on a phone.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import ClassVar

from django.utils.html import format_html
from django.utils.safestring import SafeString

from kit.pictures.base import Picture, TextLine
from kit.ramp import RAMPS
from kit.templatetags.swedish import mean

WIDE, NARROW = 540, 276
LEFT, APART, TOP, TALL, BOTTOM = 22, 38, 48, 96, 40
GAP, BREAK, LEAST = 18, 40, 122


@dataclass(frozen=True)
class TrendPoint:
    year: str
    value: Decimal | None


@dataclass(frozen=True)
class TrendRun:
    """Values on the same scale. `breaks` forbids a line from the run before; `aim` is the goal from here on."""

    heading: str
    name: str
    highest: int
    points: tuple[TrendPoint, ...]
    breaks: bool = False
    aim: Decimal | None = None


@dataclass(frozen=True)
class TrendDot:
    x: int
    y: int
    text: str
    step: int
    fill: str
    ink: str


@dataclass(frozen=True)
class Stroke:
    x1: int
    y1: int
    x2: int
    y2: int


@dataclass
class TrendFrame:
    """A run, or a part of it, as drawn. `highest` chooses its ramp."""

    highest: int
    heading: TextLine
    name: TextLine
    grid: list[Stroke] = field(default_factory=list)
    steps: list[TextLine] = field(default_factory=list)
    lines: list[Stroke] = field(default_factory=list)
    dots: list[TrendDot] = field(default_factory=list)
    missing: list[TextLine] = field(default_factory=list)
    years: list[TextLine] = field(default_factory=list)
    aim: TextLine | None = None


@dataclass
class DrawnTrend:
    width: int = 0
    height: int = 0
    frames: list[TrendFrame] = field(default_factory=list)
    breaks: list[Stroke] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Trend(Picture):
    template: ClassVar[str] = "trend.svg"
    runs: tuple[TrendRun, ...]
    words: str

    @property
    def description(self) -> str:
        return self.words

    def render(self) -> SafeString:
        wide, narrow = self._svg(narrow=False, name="wide"), self._svg(narrow=True, name="narrow")
        return format_html('<div class="picture trend">{}{}</div>', wide, narrow)

    def drawing(self, *, narrow: bool) -> DrawnTrend:
        width = NARROW if narrow else WIDE
        drawing = DrawnTrend()
        x = y = 0
        for run in self.runs:
            breaks = run.breaks
            for part in _parts(run, width):
                wide = max(LEFT + len(part) * APART + (0 if run.aim is None else APART), LEAST)
                apart = 0 if x == 0 else BREAK if breaks else GAP
                if x + apart + wide > width:
                    x, y, apart = 0, y + TOP + TALL + BOTTOM + (GAP if breaks else 0), 0
                if breaks:
                    drawing.breaks.append(_break(x, y, width, beside=bool(apart)))
                x += apart
                drawing.frames.append(_frame(run, part, x, y))
                x, breaks = x + wide, False
                drawing.width = max(drawing.width, x)
        drawing.height = y + TOP + TALL + BOTTOM
        return drawing


def _parts(run: TrendRun, width: int) -> list[range]:
    # A run that is too long for the line continues under it.
    most = max(1, (width - LEFT - APART) // APART)
    count = len(run.points)
    return [range(first, min(first + most, count)) for first in range(0, count, most)]


def _break(x: int, y: int, width: int, *, beside: bool) -> Stroke:
    if beside:
        return Stroke(x + BREAK // 2, y + 4, x + BREAK // 2, y + TOP + TALL + BOTTOM - 4)
    return Stroke(0, y - GAP // 2, width, y - GAP // 2)


def _frame(run: TrendRun, places: range, x: int, y: int) -> TrendFrame:
    right = x + LEFT + len(places) * APART
    frame = TrendFrame(run.highest, TextLine(x, y + 14, run.heading), TextLine(x, y + 31, run.name))
    for step in range(1, run.highest + 1):
        level = _level(Decimal(step), run.highest, y)
        frame.grid.append(Stroke(x + LEFT - 6, level, right, level))
        frame.steps.append(TextLine(x + 8, level + 5, str(step)))
    year = None
    for place, index in enumerate(places):
        at = x + LEFT + place * APART + APART // 2
        point = run.points[index]
        if point.year != year:
            year = point.year
            frame.years.append(TextLine(at, y + TOP + TALL + 30, year))
        if point.value is None:
            frame.missing.append(TextLine(at, _level(Decimal(1), run.highest, y) + 5, "–"))
            continue
        frame.dots.append(_dot(at, point.value, run.highest, y))
        if place and (earlier := run.points[index - 1].value) is not None:
            level, then = _level(point.value, run.highest, y), _level(earlier, run.highest, y)
            frame.lines.append(Stroke(at - APART, then, at, level))
    if run.aim is not None and places.stop == len(run.points):
        frame.aim = TextLine(right + APART // 2, _level(run.aim, run.highest, y), mean(run.aim))
    return frame


def _level(value: Decimal, highest: int, y: int) -> int:
    share = (value - 1) / max(1, highest - 1)
    return y + TOP + TALL - round(share * (TALL - 14))


def _dot(x: int, value: Decimal, highest: int, y: int) -> TrendDot:
    # A half step has the colour of the step below, as everywhere.
    step = int(value)
    ramp = RAMPS.get(highest, RAMPS[4])
    tone = ramp[min(step, len(ramp)) - 1]
    return TrendDot(x, _level(value, highest, y), mean(value), step, tone.fill, tone.ink)
