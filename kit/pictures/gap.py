"""Two values over time and the distance between them: two lines told apart by shape, a band, and bars under it.

Where the unit changes the line breaks and a new frame begins with a scale of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_FLOOR, Decimal
from typing import ClassVar

from django.utils.safestring import SafeString

from kit.pictures.base import Picture, PictureTable, TextLine, text_width, wrapped
from kit.pictures.trend import Stroke

SMALL, LEADING, SIGN = 13, 18, 20
# The distance between two values is written beside its arrow where there is room for both.
LEAST_ARROW = 40
NO_SPACE = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Layout:
    width: int
    ticks: int
    ends: int
    plot: int
    bars: int


WIDE, NARROW = Layout(720, 52, 128, 230, 64), Layout(320, 40, 84, 190, 56)
MARGIN = 14


@dataclass(frozen=True)
class GapPoint:
    """A period: its two values and their texts, or None for what is missing. `breaks` begins a new frame."""

    label: str
    first: Decimal | None
    second: Decimal | None
    first_text: str = ""
    second_text: str = ""
    gap_text: str = ""
    breaks: bool = False

    @property
    def gap(self) -> Decimal | None:
        return None if self.first is None or self.second is None else self.first - self.second


@dataclass(frozen=True)
class GapMark:
    """Something that happened: `at` is its place among the points, so that 1.5 lies between the second and third."""

    number: int
    at: float
    text: str


@dataclass(frozen=True)
class GapTarget:
    value: Decimal
    text: str


@dataclass(frozen=True)
class Dot:
    x: int
    y: int


@dataclass(frozen=True)
class Square:
    left: int
    top: int


@dataclass(frozen=True)
class GapBar:
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class EndLabel:
    """What stands at the end of a line: a name in bold and its value under it, each on as many lines as it takes."""

    names: tuple[TextLine, ...]
    values: tuple[TextLine, ...] = ()


@dataclass(frozen=True)
class DrawnMark:
    number: int
    x: int
    line_x: int


@dataclass
class DrawnGap:
    width: int
    height: int = 0
    heading: list[TextLine] = field(default_factory=list)
    grid: list[Stroke] = field(default_factory=list)
    ticks: list[TextLine] = field(default_factory=list)
    bands: list[str] = field(default_factory=list)
    first: list[str] = field(default_factory=list)
    second: list[str] = field(default_factory=list)
    dots: list[Dot] = field(default_factory=list)
    squares: list[Square] = field(default_factory=list)
    half: int = 5
    arrows: list[Stroke] = field(default_factory=list)
    distances: list[tuple[TextLine, str]] = field(default_factory=list)
    missing: list[TextLine] = field(default_factory=list)
    labels: list[TextLine] = field(default_factory=list)
    targets: list[Stroke] = field(default_factory=list)
    ends: list[EndLabel] = field(default_factory=list)
    breaks: list[Stroke] = field(default_factory=list)
    bars_heading: list[TextLine] = field(default_factory=list)
    bars: list[GapBar] = field(default_factory=list)
    bar_texts: list[TextLine] = field(default_factory=list)
    mark_top: int = 0
    mark_bottom: int = 0
    marks: list[DrawnMark] = field(default_factory=list)
    notes: list[TextLine] = field(default_factory=list)

    @property
    def side(self) -> int:
        return 2 * self.half


@dataclass(frozen=True, kw_only=True)
class GapPicture(Picture):
    """`values` is the table. `heading` and `notes` are drawn only in a picture that is saved alone (`alone`)."""

    template: ClassVar[str] = "gap.svg"
    points: tuple[GapPoint, ...]
    first_name: str
    second_name: str
    gap_name: str
    words: str
    values: PictureTable
    first_target: GapTarget | None = None
    second_target: GapTarget | None = None
    gap_target: GapTarget | None = None
    marks: tuple[GapMark, ...] = ()
    heading: str = ""
    notes: tuple[str, ...] = ()

    @property
    def description(self) -> str:
        return self.words

    @property
    def table(self) -> PictureTable:
        return self.values

    def alone(self, heading: str, notes: Sequence[str]) -> SafeString:
        """Return the SVG as a file of its own: with its heading, the names of the marks and where it comes from."""
        marks = [f"{mark.number}. {mark.text}" for mark in self.marks]
        return replace(self, heading=heading, notes=(*marks, *notes))._svg(narrow=False, name="print")

    def drawing(self, *, narrow: bool) -> DrawnGap:
        return _Drawer(self, NARROW if narrow else WIDE).drawing()


@dataclass(frozen=True)
class _Scale:
    """From a value to a height: `low` at the bottom."""

    low: Decimal
    high: Decimal
    bottom: int
    tall: int

    def y(self, value: Decimal) -> int:
        return self.bottom - round(float((value - self.low) / (self.high - self.low)) * self.tall)


def scale_from(values: Sequence[Decimal]) -> tuple[Decimal, Decimal, Decimal]:
    """Return the lowest and highest tick and the step between two; a scale that may begin at zero does so."""
    low, high = min(values), max(values)
    if low >= 0 and low * 5 <= high * 2:
        low = Decimal(0)
    span = high - low or abs(high) / 5 or Decimal(1)
    step = _nice(span / 4)
    first, last = (low / step).to_integral_value(ROUND_FLOOR) * step, -((-high / step).to_integral_value(ROUND_FLOOR))
    bottom, top = first, last * step
    # A line along the edge of the frame is hard to see.
    if bottom and min(values) - bottom < span / 20:
        bottom -= step
    if min(values) == max(values):
        top += step
    return (max(bottom, Decimal(0)) if low >= 0 else bottom), top, step


def _nice(rough: Decimal) -> Decimal:
    power = Decimal(1).scaleb(rough.adjusted())
    return next(power * times for times in (1, 2, 5, 10) if power * times >= rough)


class _Drawer:
    def __init__(self, picture: GapPicture, layout: Layout) -> None:
        self.picture, self.layout = picture, layout
        self.drawn = DrawnGap(layout.width)
        self.frames = _frames(picture.points)
        self.ticks = max(layout.ticks, *(self._tick_width(frame) for frame in self.frames))
        self.right = layout.width - layout.ends
        places = len(picture.points) - len(self.frames)
        room = self.right - len(self.frames) * (self.ticks + 2 * MARGIN)
        self.apart = room / places if places else room
        self.xs = self._places()

    def _tick_width(self, frame: range) -> int:
        values = self._values(frame)
        if not values:
            return 0
        low, high, step = scale_from(values)
        return max(text_width(_tick(value), SMALL) for value in (low, high, low + step)) + 12

    def _values(self, frame: range) -> list[Decimal]:
        """Return what the scale of a frame must hold: its values, and in the last frame the targets."""
        points = [self.picture.points[place] for place in frame]
        values = [value for point in points for value in (point.first, point.second) if value is not None]
        targets = self._targets() if frame.stop == len(self.picture.points) and values else []
        return values + [target.value for target in targets]

    def _places(self) -> list[int]:
        xs, left = [], 0.0
        for frame in self.frames:
            left += self.ticks + MARGIN
            xs += [round(left + self.apart * place) for place in range(len(frame))]
            left += self.apart * (len(frame) - 1) + MARGIN
        return xs

    def drawing(self) -> DrawnGap:
        drawn, layout = self.drawn, self.layout
        drawn.heading = _lines(self.picture.heading, 0, 18, layout.width, 16)
        top = 24 * len(drawn.heading) + (SIGN + 12 if self.picture.marks else 0) + 10
        self.top, self.bottom = top, top + layout.plot
        # On a phone forty points stand so close that full signs would cover each other.
        drawn.half = 5 if self.apart >= 16 else 3 if self.apart >= 8 else 2
        for frame in self.frames:
            self._frame(frame)
        self._labels()
        self._distances()
        y = self._bars(self.bottom + 46)
        self._marks(24 * len(drawn.heading) + 4)
        for note in self.picture.notes:
            drawn.notes += _lines(note, 0, y + LEADING, layout.width, SMALL)
            y = drawn.notes[-1].y + 4
        drawn.height = y + 8
        return drawn

    def _frame(self, frame: range) -> None:
        points = [self.picture.points[place] for place in frame]
        last = frame.stop == len(self.picture.points)
        values = self._values(frame)
        left, right = self._edges(frame)
        if frame.start:
            x = left - self.ticks
            self.drawn.breaks.append(Stroke(x, self.top, x, self.bottom + 24))
        if not values:
            self.drawn.missing += [TextLine(self.xs[place], self.bottom - 6, "–") for place in frame]
            return
        scale = self._scaled(values, left, right)
        self._lines(frame, scale)
        if not last:
            return
        ends = [
            (scale.y(value), name, text)
            for name, value, text in (
                (self.picture.first_name, *_latest(points, "first")),
                (self.picture.second_name, *_latest(points, "second")),
            )
            if value is not None
        ]
        for target in self._targets():
            y = scale.y(target.value)
            self.drawn.targets.append(Stroke(left, y, self.right, y))
            ends.append((y, target.text, ""))
        self._ends(ends)

    def _targets(self) -> list[GapTarget]:
        first, second = self.picture.first_target, self.picture.second_target
        if first and second and first.value == second.value:
            return [first]
        return [target for target in (first, second) if target]

    def _edges(self, frame: range) -> tuple[int, int]:
        return self.xs[frame.start] - MARGIN, self.xs[frame.stop - 1] + MARGIN

    def _scaled(self, values: Sequence[Decimal], left: int, right: int) -> _Scale:
        low, high, step = scale_from(values)
        scale = _Scale(low, high, self.bottom, self.layout.plot)
        tick = low
        while tick <= high:
            y = scale.y(tick)
            self.drawn.grid.append(Stroke(left, y, right, y))
            self.drawn.ticks.append(TextLine(left - 6, y + 5, _tick(tick)))
            tick += step
        return scale

    def _lines(self, frame: range, scale: _Scale) -> None:
        points, drawn = self.picture.points, self.drawn
        for name, lines in (("first", drawn.first), ("second", drawn.second)):
            for run in _runs([place for place in frame if getattr(points[place], name) is not None]):
                spots = self._spots(run, name, scale)
                if name == "first":
                    drawn.dots += spots
                else:
                    drawn.squares += [Square(spot.x - drawn.half, spot.y - drawn.half) for spot in spots]
                if len(spots) > 1:
                    lines.append(_path(spots))
        for run in _runs([place for place in frame if points[place].gap is not None]):
            over, under = (self._spots(run, name, scale) for name in ("first", "second"))
            drawn.bands.append(_path([*over, *reversed(under)]))
            self._arrows(run, over, under)
        lacking = [place for place in frame if points[place].first is None and points[place].second is None]
        drawn.missing += [TextLine(self.xs[place], self.bottom - 6, "–") for place in lacking]

    def _spots(self, run: Sequence[int], name: str, scale: _Scale) -> list[Dot]:
        return [Dot(self.xs[place], scale.y(getattr(self.picture.points[place], name))) for place in run]

    def _arrows(self, run: Sequence[int], over: Sequence[Dot], under: Sequence[Dot]) -> None:
        for place, over_dot, under_dot in zip(run, over, under, strict=True):
            if place in self._told and abs(over_dot.y - under_dot.y) >= LEAST_ARROW:
                top, low = sorted((over_dot.y, under_dot.y))
                self.drawn.arrows.append(Stroke(over_dot.x, top + 9, over_dot.x, low - 9))

    @property
    def _told(self) -> set[int]:
        """Return the first and the last place with both, of the last frame."""
        last = self.frames[-1] if self.frames else ()
        both = [place for place in last if self.picture.points[place].gap is not None]
        return {both[0], both[-1]} if both else set()

    def _distances(self) -> None:
        for arrow in self.drawn.arrows:
            place = self.xs.index(arrow.x1)
            text = self.picture.points[place].gap_text.lstrip("−")
            last = place > min(self._told) and len(self.drawn.arrows) > 1
            if text_width(text, SMALL) + 14 < self.apart * 2:
                x, anchor = (arrow.x1 - 7, "end") if last else (arrow.x1 + 7, "start")
                self.drawn.distances.append((TextLine(x, (arrow.y1 + arrow.y2) // 2 + 5, text), anchor))

    def _ends(self, ends: Sequence[tuple[int, str, str]]) -> None:
        """Place the labels at the ends of the lines, so that none covers another."""
        y = 0
        for at, name, text in sorted(ends):
            y = max(y, at - 12)
            label = self._end(name, text, y + 14)
            self.drawn.ends.append(label)
            y = (label.values or label.names)[-1].y + 7
        beyond = y - (self.bottom + 24)
        if beyond > 0:
            self.drawn.ends = [_raised(end, beyond) for end in self.drawn.ends]

    def _end(self, name: str, text: str, y: int) -> EndLabel:
        x = self.right + 8
        names = _lines(name, x, y, self.layout.width, SMALL)
        return EndLabel(tuple(names), tuple(_lines(text, x, names[-1].y + LEADING - 1, self.layout.width, SMALL)))

    def _labels(self) -> None:
        """Write the periods that there is room for, the last one always."""
        taken = self.layout.width + 1.0
        for place in reversed(range(len(self.xs))):
            text = self.picture.points[place].label
            half = text_width(text, SMALL) / 2
            if self.xs[place] + half + 8 <= taken and self.xs[place] - half >= 0:
                self.drawn.labels.append(TextLine(self.xs[place], self.bottom + 20, text))
                taken = self.xs[place] - half

    def _bars(self, y: int) -> int:
        """Draw the distances as bars from zero, and return where the picture ends."""
        points = self.picture.points
        gaps = {place: point.gap for place, point in enumerate(points) if point.gap is not None}
        if not gaps:
            return y - 12
        self.drawn.bars_heading = _lines(self.picture.gap_name, 0, y, self.layout.width, SMALL)
        top = self.drawn.bars_heading[-1].y + 22
        for frame in self.frames:
            within = {place: gap for place, gap in gaps.items() if place in frame}
            if within:
                self._bars_of(frame, within, top)
        return top + self.layout.bars + 20

    def _bars_of(self, frame: range, gaps: dict[int, Decimal], top: int) -> None:
        target = self.picture.gap_target if frame.stop == len(self.picture.points) else None
        aims = [target.value] if target else []
        if target and min(gaps.values()) < 0:
            aims.append(-target.value)
        values = [Decimal(0), *gaps.values(), *aims]
        low, high = min(values), max(values)
        scale = _Scale(low, high if high > low else low + 1, top + self.layout.bars, self.layout.bars)
        zero, wide = scale.y(Decimal(0)), max(2, min(30, round(self.apart * 0.6)))
        for place, gap in gaps.items():
            y, x = scale.y(gap), self.xs[place] - wide // 2
            # A gap of nothing is a line, so that it can be told from a missing one.
            self.drawn.bars.append(GapBar(x, min(y, zero), wide, max(abs(zero - y), 1)))
            if self._has_room(place, gaps):
                self.drawn.bar_texts.append(
                    TextLine(self.xs[place], y - 5 if gap >= 0 else y + 15, points_text(self.picture.points[place]))
                )
        left, right = self._edges(frame)
        self.drawn.grid.append(Stroke(left, zero, right, zero))
        for place, aim in enumerate(aims):
            y = scale.y(aim)
            self.drawn.targets.append(Stroke(left, y, self.right, y))
            if target and not place:
                self.drawn.ends.append(self._end(target.text, "", y + 5))

    def _has_room(self, place: int, gaps: dict[int, Decimal]) -> bool:
        widest = max(text_width(points_text(self.picture.points[each]), SMALL) for each in gaps)
        return widest + 4 <= self.apart or (place in (min(gaps), max(gaps)) and len(gaps) * self.apart > 2 * widest)

    def _marks(self, top: int) -> None:
        if not self.picture.marks or not self.xs:
            return
        self.drawn.mark_top, self.drawn.mark_bottom = top, self.bottom + 4
        half = SIGN // 2
        left, right = self.xs[0] - MARGIN, self.xs[-1] + MARGIN
        xs = [min(max(self._x(mark.at), left), right) for mark in self.picture.marks]
        places: list[int] = []
        for x in xs:
            places.append(max(x, places[-1] + SIGN + 3) if places else max(x, half))
        beyond = places[-1] + half - self.layout.width
        if beyond > 0:
            places = [max(place - beyond, half) for place in places]
        for mark, place, x in zip(self.picture.marks, places, xs, strict=True):
            self.drawn.marks.append(DrawnMark(mark.number, place, x))

    def _x(self, at: float) -> int:
        place = min(max(int(at), 0), len(self.xs) - 1)
        following = min(place + 1, len(self.xs) - 1)
        apart = self.xs[following] - self.xs[place] or self.apart
        return round(self.xs[place] + (at - place) * apart)


def points_text(point: GapPoint) -> str:
    return point.gap_text.split(" ")[0]


def _frames(points: Sequence[GapPoint]) -> list[range]:
    starts = [place for place, point in enumerate(points) if not place or point.breaks]
    return [range(start, end) for start, end in zip(starts, [*starts[1:], len(points)], strict=True)]


def _latest(points: Sequence[GapPoint], name: str) -> tuple[Decimal | None, str]:
    with_value = (point for point in reversed(points) if getattr(point, name) is not None)
    point = next(with_value, None)
    return (getattr(point, name), getattr(point, f"{name}_text")) if point else (None, "")


def _runs(places: Sequence[int]) -> list[list[int]]:
    """Return the places in runs without a hole."""
    runs: list[list[int]] = []
    for place in places:
        if runs and runs[-1][-1] == place - 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return runs


def _raised(end: EndLabel, by: int) -> EndLabel:
    names, values = ([replace(line, y=line.y - by) for line in lines] for lines in (end.names, end.values))
    return EndLabel(tuple(names), tuple(values))


def _path(spots: Sequence[Dot]) -> str:
    return " ".join(f"{spot.x},{spot.y}" for spot in spots)


def _lines(text: str, x: int, y: int, width: int, size: int) -> list[TextLine]:
    if not text:
        return []
    return [TextLine(x, y + place * (size + 5), line) for place, line in enumerate(wrapped(text, width - x, size))]


def _tick(value: Decimal) -> str:
    plain = f"{value.normalize():,f}".replace(",", NO_SPACE).replace(".", ",")
    return plain.replace("-", "−")
