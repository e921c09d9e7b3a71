"""An organisation beside the others: its own dot, the cohort's mean and range, and the group's dots with letters."""

from collections import defaultdict
from dataclasses import dataclass, replace
from string import ascii_uppercase
from typing import ClassVar

from kit.figures import Figure
from kit.pictures.base import Picture, PictureTable, Scale, TextLine
from kit.pictures.dumbbell import MISSING
from kit.pictures.scale import (
    LEADING,
    NARROW,
    WIDE,
    Axis,
    LegendItem,
    ScaleLayout,
    ScaleStep,
    axis,
    label_lines,
    legend,
    row_heights,
)
from kit.templatetags.swedish import in_words, mean, sentence

DOT = 20


@dataclass(frozen=True)
class RangeAndMean:
    """The cohort's aggregate; the row has None where it may not be shown, and no range where that is one's alone."""

    mean: Figure
    n: int
    low: Figure | None = None
    high: Figure | None = None


@dataclass(frozen=True)
class Neighbour:
    name: str
    value: Figure | None


@dataclass(frozen=True)
class StripRow:
    number: int
    label: str
    own: Figure | None
    cohort: RangeAndMean | None = None
    group: tuple[Neighbour, ...] = ()


@dataclass(frozen=True)
class GroupDot:
    """A dot with the letter that names it in the legend: no dot stands without a name."""

    x: int
    sign: str


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
    group: tuple[GroupDot, ...]


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


# The narrower line leaves room at the right for "n = 12".
WIDE_STRIP = replace(WIDE, right=636)


@dataclass(frozen=True, kw_only=True)
class Strip(Picture):
    rows: tuple[StripRow, ...]
    steps: tuple[ScaleStep, ...]
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
    def has_range(self) -> bool:
        return any(row.cohort and row.cohort.low is not None for row in self.rows)

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
    def table(self) -> PictureTable:
        headers = ["Moment", self.own_label]
        headers += [f"Medelvärde, {self.cohort_label}"] if self.has_cohort else []
        headers += ["Lägst", "Högst"] if self.has_range else []
        headers += ["Antal"] if self.has_cohort else []
        headers += [neighbour.name for neighbour in self._neighbours()]
        return PictureTable(self.title, tuple(headers), tuple(self._table_row(row) for row in self.rows))

    def _neighbours(self) -> tuple[Neighbour, ...]:
        return next((row.group for row in self.rows if row.group), ())

    def _table_row(self, row: StripRow) -> tuple[str, ...]:
        cells = [f"{row.number}. {row.label}", MISSING if row.own is None else mean(row.own)]
        if self.has_cohort:
            spread = row.cohort
            ends = [mean(spread.low), mean(spread.high)] if spread else ["–", "–"]
            figures = [mean(spread.mean), *ends, str(spread.n)] if spread else ["–", *ends, "–"]
            cells += figures if self.has_range else [figures[0], figures[-1]]
        values = {neighbour.name: neighbour.value for neighbour in row.group}
        return (*cells, *(mean(values.get(neighbour.name)) for neighbour in self._neighbours()))

    def drawing(self, *, narrow: bool) -> StripDrawing:
        layout = NARROW if narrow else WIDE_STRIP
        scale = Scale(self.steps[0].value, self.steps[-1].value, layout.left, layout.right)
        head, extra = axis(self.steps, layout, scale), 26 if self.has_group else 0
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

    def _drawn(
        self, row: StripRow, y: int, scale: Scale, layout: ScaleLayout, labels: tuple[TextLine, ...]
    ) -> DrawnStrip:
        spread = row.cohort
        # The count stands at the right of the line, or of the label if that is above the line.
        side_x, side_y = (layout.width, labels[0].y) if layout.labels_above else (layout.width, y + 5)
        left, right = (scale.x(spread.low or spread.mean), scale.x(spread.high or spread.mean)) if spread else (0, 0)
        return DrawnStrip(
            y=y,
            labels=labels,
            own_x=None if row.own is None else scale.x(row.own),
            own_text="" if row.own is None else mean(row.own),
            missing=None if row.own is not None else missing_line(layout, labels, y + (48 if row.group else 24)),
            has_cohort=spread is not None,
            range_x=left - 6 if spread else 0,
            range_width=right - left + 12 if self.has_range and spread else 0,
            mean_x=scale.x(spread.mean) if spread else 0,
            n=TextLine(side_x, side_y, f"{spread.n} svar") if spread else None,
            group_y=y + 28,
            group=beside(row.group, scale),
        )

    def _legend(self) -> list[tuple[str, str, str]]:
        keys = [("now", self.own_label, "")]
        if self.has_cohort:
            keys += [("range", f"lägst till högst i {self.cohort_label}", "")] if self.has_range else []
            keys.append(("mean", f"medelvärde för {self.cohort_label}", ""))
        named = zip(ascii_uppercase, self._neighbours(), strict=False)
        return keys + [("neighbour", neighbour.name, letter) for letter, neighbour in named]


def missing_line(layout: ScaleLayout, labels: tuple[TextLine, ...], under: int) -> TextLine:
    if layout.labels_above:
        return TextLine(layout.left, under, MISSING)
    return TextLine(labels[-1].x, labels[-1].y + LEADING, MISSING)


def beside(group: tuple[Neighbour, ...], scale: Scale) -> tuple[GroupDot, ...]:
    """Return the dots' places; dots with the same value stand side by side around it."""
    same: dict[int, list[str]] = defaultdict(list)
    for letter, neighbour in zip(ascii_uppercase, group, strict=False):
        if neighbour.value is not None:
            same[scale.x(neighbour.value)].append(letter)
    return tuple(
        GroupDot(x + DOT * place - DOT * (len(letters) - 1) // 2, letter)
        for x, letters in sorted(same.items())
        for place, letter in enumerate(letters)
    )
