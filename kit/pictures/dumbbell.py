"""Movement from then to now, with a line for each item."""

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from kit.figures import Figure
from kit.pictures.base import Picture, PictureTable, Scale, TextLine, wrapped
from kit.pictures.scale import (
    WIDE,
    Axis,
    LegendItem,
    ScaleLayout,
    ScaleStep,
    axis,
    label_lines,
    legend,
    row_heights,
    ticks,
)
from kit.templatetags.swedish import change, enumerated, in_words, mean, sentence

MISSING = "inte skattad"
# On a phone a row is two lines, the label over its line, and the values stand written at the end.
NARROW = ScaleLayout(320, 300, 14, 226, 50, 13, True)


@dataclass(frozen=True)
class DumbbellRow:
    number: int
    label: str
    before: Figure | None
    now: Figure | None
    marked: bool = False

    @property
    def change(self) -> Fraction | None:
        return None if self.before is None or self.now is None else Fraction(self.now) - Fraction(self.before)

    @property
    def written(self) -> str:
        """Return "2 → 3", or the value alone where there is one or it has not moved."""
        if self.now is None:
            return ""
        return f"{mean(self.before)} → {mean(self.now)}" if self.change else mean(self.now)


@dataclass(frozen=True)
class DrawnRow:
    y: int
    labels: tuple[TextLine, ...]
    marked: bool
    mark_y: int
    before_x: int | None
    now_x: int | None
    now_text: str
    line_left: int
    line_right: int
    missing: TextLine | None
    missing_anchor: str
    has_moved: bool
    written: TextLine | None


@dataclass(frozen=True)
class DumbbellDrawing:
    width: int
    height: int
    axis: Axis
    bottom: int
    left: int
    right: int
    rows: tuple[DrawnRow, ...]
    legend: tuple[LegendItem, ...]
    mark: str
    foot: tuple[TextLine, ...]


@dataclass(frozen=True, kw_only=True)
class Dumbbell(Picture):
    """The picture of movement. `mark` is the letter at the user's own rows, `mark_meaning` its meaning."""

    rows: tuple[DumbbellRow, ...]
    steps: tuple[ScaleStep, ...]
    before_label: str
    now_label: str
    mark: str = "P"
    mark_meaning: str = "politikens ansvar"
    template: ClassVar[str] = "dumbbell.svg"

    @property
    def has_marks(self) -> bool:
        return any(row.marked for row in self.rows)

    @property
    def has_before(self) -> bool:
        return any(row.before is not None for row in self.rows)

    @property
    def description(self) -> str:
        return " ".join(filter(None, [self._scale_in_words(), self._movement_in_words(), self._best_in_words()]))

    def _scale_in_words(self) -> str:
        first, last = self.steps[0], self.steps[-1]
        count = sentence(in_words(len(self.rows)))
        return f"{count} moment på en skala från {first.value} {first.label} till {last.value} {last.label}."

    def _movement_in_words(self) -> str:
        changes = [row.change for row in self.rows if row.change is not None]
        parts = [
            (sum(value > 0 for value in changes), "har högre värde"),
            (sum(value == 0 for value in changes), "har samma värde"),
            (sum(value < 0 for value in changes), "har lägre värde"),
            not_rated(self.rows),
        ]
        movements = [f"{in_words(count)} {words}" for count, words in parts if count]
        if not movements:
            return ""
        if not changes:
            return f"{sentence(self.now_label)}: {movements[-1]}."
        return f"Från {self.before_label} till {self.now_label}: {enumerated(movements)}."

    def _best_in_words(self) -> str:
        risen = [row for row in self.rows if row.change is not None and row.change > 0]
        if not risen:
            return ""
        best = max(risen, key=lambda row: row.change or 0)
        return f"Längst steg: {best.label}, från {mean(best.before)} till {mean(best.now)}."

    @property
    def table(self) -> PictureTable:
        headers = ("Moment", sentence(self.before_label), sentence(self.now_label), "Skillnad")
        rows = tuple(
            (self._name(row), mean(row.before), MISSING if row.now is None else mean(row.now), change(row.change))
            for row in self.rows
        )
        return PictureTable(self.title, headers, rows)

    def _name(self, row: DumbbellRow) -> str:
        return f"{row.number}. {row.label}" + (f" ({self.mark_meaning})" if row.marked else "")

    def drawing(self, *, narrow: bool) -> DumbbellDrawing:
        layout = NARROW if narrow else WIDE
        scale = Scale(self.steps[0].value, self.steps[-1].value, layout.left, layout.right)
        head = ticks(self.steps, layout, scale) if narrow else axis(self.steps, layout, scale)
        indent, in_order = 26 if self.has_marks else 0, self._moved_first() if narrow else self.rows
        heights = row_heights([f"{row.number}. {row.label}" for row in in_order], layout, indent, 0)
        rows, top = [], head.top
        for row, height in zip(in_order, heights, strict=True):
            y = top + (height - 14 if narrow else height // 2)
            rows.append(
                self._drawn(
                    row, y, scale, label_lines(f"{row.number}. {row.label}", layout, y=y, indent=indent), narrow=narrow
                )
            )
            top += height
        keys = legend(self._legend(), layout, top + 26)
        foot = _foot(self._ends_in_words(), keys[-1].y + 26) if narrow else ()
        return DumbbellDrawing(
            layout.width,
            (foot[-1].y if foot else keys[-1].y) + 14,
            head,
            top + 6,
            layout.left,
            layout.right,
            tuple(rows),
            keys,
            self.mark,
            foot,
        )

    def _moved_first(self) -> tuple[DumbbellRow, ...]:
        return tuple(sorted(self.rows, key=lambda row: not row.change))

    def _ends_in_words(self) -> str:
        first, last = self.steps[0], self.steps[-1]
        return f"Steg {first.value}: {first.label}. Steg {last.value}: {last.label}."

    def _drawn(self, row: DumbbellRow, y: int, scale: Scale, labels: tuple[TextLine, ...], *, narrow: bool) -> DrawnRow:
        before_x = None if row.before is None else scale.x(row.before)
        now_x = None if row.now is None else scale.x(row.now)
        ends = sorted(x for x in (before_x, now_x) if x is not None)
        both = before_x is not None and now_x is not None and before_x != now_x
        # The words must not cover the earlier dot, so they stand at the other end of the line.
        high = before_x is not None and before_x > (scale.left + scale.right) // 2
        return DrawnRow(
            y=y,
            labels=labels,
            marked=row.marked,
            mark_y=labels[0].y - 5,
            # An equal value is not drawn again: a ring under the dot would only blur it.
            before_x=before_x if both or now_x is None else None,
            now_x=now_x,
            now_text="" if row.now is None else mean(row.now),
            line_left=ends[0] if both else 0,
            line_right=ends[-1] if both else 0,
            missing=None
            if row.now is not None
            else TextLine(scale.left + 14 if high else scale.right - 14, y + 5, MISSING),
            missing_anchor="start" if high else "end",
            has_moved=bool(row.change),
            written=TextLine(NARROW.width, y + 5, row.written) if narrow and row.written else None,
        )

    def _legend(self) -> list[tuple[str, str, str]]:
        keys = [("then", self.before_label, "")] if self.has_before else []
        keys.append(("now", self.now_label, ""))
        if self.has_marks:
            keys.append(("mark", self.mark_meaning, self.mark))
        return keys


def _foot(text: str, y: int) -> tuple[TextLine, ...]:
    return tuple(TextLine(0, y + place * 18, line) for place, line in enumerate(wrapped(text, NARROW.width, 13)))


def not_rated(rows: tuple[DumbbellRow, ...]) -> tuple[int, str]:
    count = sum(row.now is None for row in rows)
    return count, f"är inte {'skattat' if count == 1 else 'skattade'}"
