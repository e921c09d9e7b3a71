"""Where an organisation stands beside the others: its own dot, the cohort's range and mean, the group's dots."""

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import ClassVar

from modell.figures import Figure
from modell.templatetags.swedish import in_words, mean, sentence

from .base import Picture, Scale, Table, TextLine
from .dumbbell import MISSING
from .scale import LEADING, NARROW, WIDE, Axis, Layout, LegendItem, Step, axis, label_lines, legend, row_heights

DOT = 11


@dataclass(frozen=True)
class Spread:
    """The cohort's published aggregate; give none where none may be shown."""

    low: Figure
    high: Figure
    mean: Figure
    n: int


@dataclass(frozen=True)
class Neighbour:
    name: str
    value: Figure | None


@dataclass(frozen=True)
class StripRow:
    number: int
    label: str
    own: Figure | None
    cohort: Spread | None = None
    group: tuple[Neighbour, ...] = ()


@dataclass(frozen=True)
class DrawnStrip:
    y: int
    labels: tuple[TextLine, ...]
    own_x: int | None
    own_text: str
    missing: TextLine | None
    has_cohort: bool
    range_x: int
    range_width: int
    mean_x: int
    n: TextLine | None
    group_y: int
    group: tuple[int, ...]


@dataclass(frozen=True)
class StripDrawing:
    width: int
    height: int
    axis: Axis
    bottom: int
    left: int
    right: int
    rows: tuple[DrawnStrip, ...]
    legend: tuple[LegendItem, ...]


# Room at the right for "n = 12".
WIDE_STRIP = replace(WIDE, right=636)


@dataclass(frozen=True, kw_only=True)
class Strip(Picture):
    rows: tuple[StripRow, ...]
    steps: tuple[Step, ...]
    own_label: str
    cohort_label: str = "omgången"
    template: ClassVar[str] = "strip.svg"

    @property
    def has_cohort(self) -> bool:
        return any(row.cohort for row in self.rows)

    @property
    def has_group(self) -> bool:
        return any(row.group for row in self.rows)

    @property
    def description(self) -> str:
        first, last = self.steps[0], self.steps[-1]
        count = sentence(in_words(len(self.rows)))
        words = [f"{count} moment på en skala från {first.value} {first.label} till {last.value} {last.label}."]
        words += [self._compared()] if self.has_cohort else []
        missing = sum(row.own is None for row in self.rows)
        words += (
            [f"{sentence(in_words(missing))} är inte {'skattat' if missing == 1 else 'skattade'}."] if missing else []
        )
        return " ".join(words)

    def _compared(self) -> str:
        pairs = [(row.own, row.cohort.mean) for row in self.rows if row.own is not None and row.cohort]
        over = sum(own > average for own, average in pairs)
        under = sum(own < average for own, average in pairs)
        name = f"{self.own_label} ligger över medelvärdet för {self.cohort_label} i {in_words(over)} moment"
        return f"{name} och under i {in_words(under)}."

    @property
    def table(self) -> Table:
        headers = ["Moment", self.own_label]
        headers += [f"Medelvärde, {self.cohort_label}", "Lägst", "Högst", "Antal"] if self.has_cohort else []
        headers += [neighbour.name for neighbour in self._neighbours()]
        return Table(self.title, tuple(headers), tuple(self._table_row(row) for row in self.rows))

    def _neighbours(self) -> tuple[Neighbour, ...]:
        return next((row.group for row in self.rows if row.group), ())

    def _table_row(self, row: StripRow) -> tuple[str, ...]:
        cells = [f"{row.number}. {row.label}", MISSING if row.own is None else mean(row.own)]
        if self.has_cohort:
            spread = row.cohort
            cells += [mean(spread.mean), mean(spread.low), mean(spread.high), str(spread.n)] if spread else ["–"] * 4
        values = {neighbour.name: neighbour.value for neighbour in row.group}
        return (*cells, *(mean(values.get(neighbour.name)) for neighbour in self._neighbours()))

    def drawing(self, *, narrow: bool) -> StripDrawing:
        layout = NARROW if narrow else WIDE_STRIP
        scale = Scale(self.steps[0].value, self.steps[-1].value, layout.left, layout.right)
        head, extra = axis(self.steps, layout, scale), 12 if self.has_group else 0
        labels = [f"{row.number}. {row.label}" for row in self.rows]
        rows, top = [], head.top
        heights = [
            height + (0 if narrow or row.own is not None else LEADING)
            for row, height in zip(self.rows, row_heights(labels, layout, 0, extra), strict=True)
        ]
        for row, label, height in zip(self.rows, labels, heights, strict=True):
            y = top + (height - 18 - extra if narrow else (height - extra) // 2)
            rows.append(self._drawn(row, y, scale, layout, label_lines(label, layout, y=y, indent=0)))
            top += height
        keys = legend(self._legend(), layout, top + 26)
        return StripDrawing(layout.width, keys[-1].y + 14, head, top + 6, layout.left, layout.right, tuple(rows), keys)

    def _drawn(self, row: StripRow, y: int, scale: Scale, layout: Layout, labels: tuple[TextLine, ...]) -> DrawnStrip:
        spread = row.cohort
        # At the right of the line, or of the label above it.
        side_x, side_y = (layout.width, labels[0].y) if layout.labels_above else (layout.width, y + 5)
        return DrawnStrip(
            y=y,
            labels=labels,
            own_x=None if row.own is None else scale.x(row.own),
            own_text="" if row.own is None else mean(row.own),
            missing=None if row.own is not None else missing_line(layout, labels, y + (36 if row.group else 24)),
            has_cohort=spread is not None,
            range_x=scale.x(spread.low) - 6 if spread else 0,
            range_width=scale.x(spread.high) - scale.x(spread.low) + 12 if spread else 0,
            mean_x=scale.x(spread.mean) if spread else 0,
            n=TextLine(side_x, side_y, f"n = {spread.n}") if spread else None,
            group_y=y + 20,
            group=beside(row.group, scale),
        )

    def _legend(self) -> list[tuple[str, str, str]]:
        keys = [("now", self.own_label, "")]
        if self.has_cohort:
            keys += [("range", f"lägst till högst i {self.cohort_label}", ""), ("mean", "medelvärde", "")]
        if self.has_group:
            keys.append(("neighbour", "en organisation i gruppen", ""))
        return keys


def missing_line(layout: Layout, labels: tuple[TextLine, ...], under: int) -> TextLine:
    """Under the label, or under the line where the label is above it."""
    if layout.labels_above:
        return TextLine(layout.left, under, MISSING)
    return TextLine(labels[-1].x, labels[-1].y + LEADING, MISSING)


def beside(group: tuple[Neighbour, ...], scale: Scale) -> tuple[int, ...]:
    """Where the dots stand; those with the same value stand beside each other, around it."""
    same: dict[int, int] = defaultdict(int)
    for neighbour in group:
        if neighbour.value is not None:
            same[scale.x(neighbour.value)] += 1
    return tuple(
        x + DOT * place - DOT * (count - 1) // 2 for x, count in sorted(same.items()) for place in range(count)
    )
