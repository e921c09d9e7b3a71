"""The frame that dumbbell and strip share: a scale across, and a row for each item."""

from collections.abc import Sequence
from dataclasses import dataclass

from kit.pictures.base import Scale, TextLine, lines, text_width, wrapped

LEADING = 17


@dataclass(frozen=True)
class ScaleStep:
    value: int
    label: str


@dataclass(frozen=True)
class ScaleLayout:
    width: int
    label_width: int
    left: int
    right: int
    row_height: int
    axis_size: int
    labels_above: bool


WIDE = ScaleLayout(720, 252, 288, 700, 36, 13, False)
NARROW = ScaleLayout(320, 288, 18, 302, 62, 13, True)


@dataclass(frozen=True)
class AxisMark:
    x: int
    anchor: str
    lines: tuple[TextLine, ...]


@dataclass(frozen=True)
class LegendItem:
    """An item of the legend. `kind` chooses the sign: then, now, mark, range, mean or neighbour."""

    kind: str
    text: str
    x: int
    y: int
    sign: str = ""


@dataclass(frozen=True)
class Axis:
    """The scale's lines. If `broken`, they are drawn only behind the rows' own lines, not through the labels above."""

    marks: tuple[AxisMark, ...]
    top: int
    broken: bool


def axis(steps: Sequence[ScaleStep], layout: ScaleLayout, scale: Scale) -> Axis:
    # A name may take four fifths of the distance to the next step.
    room = (layout.right - layout.left) // max(1, len(steps) - 1) * 4 // 5
    texts = [wrapped(f"{step.value} {step.label}", room, layout.axis_size) for step in steps]
    height = max(len(text) for text in texts)
    marks = tuple(
        AxisMark(x, anchor, tuple(TextLine(text_x, 16 + place * 16, line) for place, line in enumerate(text)))
        for step, text, anchor in zip(steps, texts, anchors(len(steps)), strict=True)
        for x in [scale.x(step.value)]
        for text_x in [x + {"start": -12, "middle": 0, "end": 12}[anchor]]
    )
    return Axis(marks, 16 * height + 8, layout.labels_above)


def ticks(steps: Sequence[ScaleStep], layout: ScaleLayout, scale: Scale) -> Axis:
    """Return the scale's lines without words, which would run together on a phone."""
    return Axis(tuple(AxisMark(scale.x(step.value), "middle", ()) for step in steps), 0, layout.labels_above)


def anchors(count: int) -> list[str]:
    return ["start", *["middle"] * (count - 2), "end"]


def label_lines(label: str, layout: ScaleLayout, *, y: int, indent: int) -> tuple[TextLine, ...]:
    texts = wrapped(label, layout.label_width - indent, 14)
    if layout.labels_above:
        return lines(texts, x=indent, middle=y - 26 - (len(texts) - 1) * LEADING // 2, leading=LEADING)
    return lines(texts, x=indent, middle=y, leading=LEADING)


def row_heights(labels: Sequence[str], layout: ScaleLayout, indent: int, extra: int) -> list[int]:
    counts = [len(wrapped(label, layout.label_width - indent, 14)) for label in labels]
    if layout.labels_above:
        return [layout.row_height + extra + (count - 1) * LEADING for count in counts]
    return [max(layout.row_height + extra, count * LEADING + 12) for count in counts]


def legend(items: Sequence[tuple[str, str, str]], layout: ScaleLayout, y: int) -> tuple[LegendItem, ...]:
    """Place the signs with their meaning on a line while there is room, else under each other."""
    placed, x = [], 12
    for kind, text, sign in items:
        width = 16 + text_width(text, 13) + 28
        if x > 12 and (layout.labels_above or x + width > layout.width + 22):
            x, y = 12, y + 24
        placed.append(LegendItem(kind, text, x, y, sign))
        x += width
    return tuple(placed)
