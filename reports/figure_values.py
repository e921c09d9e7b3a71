"""The omgång's figures as a reader is shown them: values that page, PDF and Excel print."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TypeVar

from checklist.models import Item, Step
from checklist.statistics import Answers, ItemMovement, ItemResult, Movement, Result
from cohorts.models import Participation
from meetings.models import Meeting
from modell.templatetags.swedish import enumerated, in_words

PLURAL: Mapping[str, str] = {"kommun": "kommuner", "region": "regioner"}
DEFINITE: Mapping[str, str] = {"kommun": "kommunerna", "region": "regionerna"}
# More labels than this in a sentence are a list, and the table has them all.
MOST_LABELS = 3
Row = TypeVar("Row", ItemResult, ItemMovement)


@dataclass(frozen=True)
class Named:
    """One organisation's submitted values, for those who may read them."""

    participation: Participation
    answers: Answers
    own: bool

    @property
    def name(self) -> str:
        return self.participation.organisation.short_name


@dataclass(frozen=True)
class FigureRow:
    """One moment as the table prints it. Each part is None where the reader is not shown it, or it is missing."""

    item: Item
    now: ItemResult | None
    before: ItemResult | None
    moved: ItemMovement | None
    values: tuple[Decimal | None, ...]


@dataclass(frozen=True)
class KindFigures:
    """One kind at one meeting, with the meeting it is compared with.

    `result` is the aggregate the reader may see and `withheld` the sentence where there is none; `before` is the same
    of the earlier meeting. `moved` holds the change in figures, only where it may be told in figures; `moved_words`
    always says in words what has moved, or why it is not told. `n_submitted` of `n_expected` have handed in, which
    may be more than the `result.n` the figures rest on: those are opened on the meeting's day (ADR 0004).
    """

    kind: str
    meeting: Meeting
    since: Meeting | None
    items: tuple[Item, ...]
    steps: tuple[Step, ...]
    n_submitted: int
    n_expected: int
    result: Result | None
    before: Result | None
    withheld: str
    moved: Movement | None
    moved_words: str
    named: tuple[Named, ...] = ()

    @property
    def plural(self) -> str:
        return PLURAL[self.kind]

    @property
    def definite(self) -> str:
        return DEFINITE[self.kind]

    @property
    def own(self) -> Named | None:
        return next((named for named in self.named if named.own), None)

    @property
    def others(self) -> tuple[Named, ...]:
        return tuple(named for named in self.named if not named.own)

    @property
    def is_partial(self) -> bool:
        """Whether the figures rest on fewer, or others, than those who have handed in by now."""
        return self.result is not None and self.result.n != self.n_submitted

    @property
    def in_a_sentence(self) -> str:
        """Starkast är Politiskt beslut, svagast Går att systematisera och överföra. Empty where all are equal."""
        rows = self.result.by_strength if self.result else ()
        strongest = [row.item.short for row in rows if row.mean == rows[0].mean]
        weakest = [row.item.short for row in rows if row.mean == rows[-1].mean]
        if len(strongest) == len(rows):
            return ""
        return f"Starkast är {_some(strongest)}, svagast {_some(weakest)}."

    @cached_property
    def rows(self) -> tuple[FigureRow, ...]:
        """Strongest first, as the published tables; in the checklist's order where no mean is shown."""
        items = [row.item for row in self.result.by_strength] if self.result else self.items
        return tuple(self._row(item) for item in items)

    def _row(self, item: Item) -> FigureRow:
        return FigureRow(
            item=item,
            now=_of(item, self.result.items) if self.result else None,
            before=_of(item, self.before.items) if self.before else None,
            moved=_of(item, self.moved.items) if self.moved else None,
            values=tuple(named.answers.get(item.key) for named in self.named),
        )


def _of(item: Item, rows: Iterable[Row]) -> Row:
    return next(row for row in rows if row.item.pk == item.pk)


def _some(labels: list[str]) -> str:
    return enumerated(labels) if len(labels) <= MOST_LABELS else f"{in_words(len(labels))} moment"
