"""The result chain as five arrows, from activities to effects in society."""

from dataclasses import dataclass
from typing import ClassVar

from kit.figures import Figure, printed
from kit.pictures.base import Picture, PictureTable, TextLine, wrapped

POINT = 14


@dataclass(frozen=True)
class ChainStage:
    label: str
    reached: Figure | None
    under_way: Figure | None = None

    @property
    def state(self) -> str:
        if self.reached:
            return "reached"
        return "under-way" if self.under_way else "none"


@dataclass(frozen=True)
class DrawnStage:
    points: str
    state: str
    value: TextLine
    labels: tuple[TextLine, ...]
    under_way: TextLine | None


@dataclass(frozen=True)
class ChevronDrawing:
    width: int
    height: int
    label_size: int
    stages: tuple[DrawnStage, ...]


@dataclass(frozen=True, kw_only=True)
class Chevrons(Picture):
    """The row of chevrons. `unit` is "" for numbers of efforts and " %" for shares."""

    stages: tuple[ChainStage, ...]
    unit: str = ""
    template: ClassVar[str] = "chevrons.svg"

    def _printed(self, value: Figure | None) -> str:
        return "–" if value is None else f"{printed(value, 0)}{self.unit}"

    @property
    def description(self) -> str:
        return "Resultatkedjan i ordning. " + " ".join(
            f"{stage.label}: {self._in_words(stage)}." for stage in self.stages
        )

    def _in_words(self, stage: ChainStage) -> str:
        words = "inget registrerat" if stage.reached is None else f"{self._printed(stage.reached)} nått"
        return f"{words}, {self._printed(stage.under_way)} på väg" if stage.under_way else words

    @property
    def table(self) -> PictureTable:
        rows = tuple(
            (stage.label, self._printed(stage.reached), self._printed(stage.under_way)) for stage in self.stages
        )
        return PictureTable(self.title, ("Steg i resultatkedjan", "Nått", "På väg"), rows)

    def drawing(self, *, narrow: bool) -> ChevronDrawing:
        if narrow:
            stages = tuple(self._down(place, stage) for place, stage in enumerate(self.stages))
            return ChevronDrawing(320, 76 * len(stages) + POINT, 14, stages)
        height = 86 + 16 * max(len(self._labels(place)) for place in range(len(self.stages)))
        stages = tuple(self._across(place, stage, height) for place, stage in enumerate(self.stages))
        return ChevronDrawing(720, height, 13, stages)

    @property
    def _width(self) -> int:
        return (720 - POINT) // len(self.stages)

    def _labels(self, place: int) -> list[str]:
        return wrapped(self.stages[place].label, self._width - 12 - (POINT if place else 0), 13)

    def _across(self, place: int, stage: ChainStage, height: int) -> DrawnStage:
        left, right = place * self._width, (place + 1) * self._width - 4
        notch, middle, bottom = POINT if place else 0, height // 2, height - 1
        points = [
            (left, 1),
            (right, 1),
            (right + POINT, middle),
            (right, bottom),
            (left, bottom),
            (left + notch, middle),
        ]
        text = left + 12 + notch
        return DrawnStage(
            joined(points),
            stage.state,
            TextLine(text, 34, self._printed(stage.reached)),
            tuple(TextLine(text, 58 + 16 * row, label) for row, label in enumerate(self._labels(place))),
            self._under_way(stage, text, height - 14),
        )

    def _down(self, place: int, stage: ChainStage) -> DrawnStage:
        top, bottom = place * 76 + 1, place * 76 + 72
        notch = POINT if place else 0
        points = [(1, top), (160, top + notch), (319, top), (319, bottom), (160, bottom + POINT), (1, bottom)]
        labels = wrapped(stage.label, 210, 14)
        first = top + 40 - 9 * (len(labels) - 1) - (9 if stage.under_way else 0)
        return DrawnStage(
            joined(points),
            stage.state,
            TextLine(18, top + 50, self._printed(stage.reached)),
            tuple(TextLine(96, first + 6 + 18 * row, label) for row, label in enumerate(labels)),
            self._under_way(stage, 96, first + 6 + 18 * len(labels)),
        )

    def _under_way(self, stage: ChainStage, x: int, y: int) -> TextLine | None:
        return TextLine(x, y, f"{self._printed(stage.under_way)} på väg") if stage.under_way else None


def joined(points: list[tuple[int, int]]) -> str:
    return " ".join(f"{x},{y}" for x, y in points)
