"""Every mean of the product is computed here; pages, PDF, Excel and JSON print these values.

Means are exact fractions, which `kit.figures` rounds when they are printed. An empty panel gives None, never 0.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from checklist.models import Item

Answers = Mapping[str, Decimal]


@dataclass(frozen=True)
class Panel:
    """Submitted answers of the participants of one kind at one meeting, the input of all statistics."""

    items: tuple[Item, ...]
    highest_step: int
    answers: Mapping[int, Answers]
    n_expected: int

    @property
    def n(self) -> int:
        return len(self.answers)

    @property
    def has_participants(self) -> bool:
        """True if anyone is expected to answer or has; a kind without participants is not printed."""
        return bool(self.n_expected or self.answers)

    def only(self, members: Iterable[int]) -> "Panel":
        wanted = set(members)
        kept = {member: answers for member, answers in self.answers.items() if member in wanted}
        return Panel(self.items, self.highest_step, kept, self.n_expected)


@dataclass(frozen=True)
class ItemResult:
    item: Item
    n: int
    mean: Fraction | None
    minimum: Decimal | None
    maximum: Decimal | None


@dataclass(frozen=True)
class Totals:
    """Sums over all items, an indication only; they are printed with their floor and highest possible."""

    minimum: Decimal
    maximum: Decimal
    mean: Fraction
    floor: int
    max_possible: int


@dataclass(frozen=True)
class Result:
    """One occasion of one kind, where `n` of `n_expected` have answered."""

    n_expected: int
    n: int
    items: tuple[ItemResult, ...]
    overall_mean: Fraction | None
    totals: Totals | None

    @cached_property
    def by_strength(self) -> tuple[ItemResult, ...]:
        """Return the rows by exact mean, strongest first, then by number, as in the published tables."""
        return tuple(sorted(self.items, key=lambda row: (-(row.mean or 0), row.item.number)))


@dataclass(frozen=True)
class ItemMovement:
    """One item then and now, None where it was not rated; `change` is exact and rounded only when printed."""

    item: Item
    before: Fraction | Decimal | None
    now: Fraction | Decimal | None

    @property
    def change(self) -> Fraction | None:
        if self.before is None or self.now is None:
            return None
        return Fraction(self.now) - Fraction(self.before)


@dataclass(frozen=True)
class Movement:
    """Förflyttning among the participants who have answered both times (the matched panel)."""

    n_matched: int
    same_panel: bool
    items: tuple[ItemMovement, ...]

    @cached_property
    def forward(self) -> tuple[ItemMovement, ...]:
        return tuple(row for row in self.items if row.change is not None and row.change > 0)

    @cached_property
    def back(self) -> tuple[ItemMovement, ...]:
        return tuple(row for row in self.items if row.change is not None and row.change < 0)

    @cached_property
    def still(self) -> tuple[ItemMovement, ...]:
        return tuple(row for row in self.items if row.change == 0)


def result_of(panel: Panel, *, ranges: bool = True) -> Result:
    """Return the figures of a panel; without `ranges` no item has a lowest and highest value, which one has alone."""
    rows = tuple(_item_result(panel, item, ranges) for item in panel.items)
    means = [row.mean for row in rows if row.mean is not None]
    return Result(
        n_expected=panel.n_expected,
        n=panel.n,
        items=rows,
        overall_mean=sum(means, Fraction()) / len(means) if means else None,
        totals=_totals(panel) if panel.answers else None,
    )


def movement(before: Panel, now: Panel) -> Movement | None:
    """Return the movement, or None if nobody has answered both times; both panels must share a checklist."""
    matched = before.answers.keys() & now.answers.keys()
    if not matched:
        return None
    then, current = result_of(before.only(matched)), result_of(now.only(matched))
    rows = zip(then.items, current.items, strict=True)
    return Movement(
        n_matched=len(matched),
        same_panel=before.answers.keys() == now.answers.keys(),
        items=tuple(ItemMovement(old.item, old.mean, new.mean) for old, new in rows),
    )


def own_movement(items: Iterable[Item], before: Answers, now: Answers) -> Movement:
    rows = tuple(ItemMovement(item, before.get(item.key), now.get(item.key)) for item in items)
    return Movement(n_matched=1, same_panel=True, items=rows)


def total(answers: Answers) -> Decimal | None:
    return sum(answers.values(), Decimal()) if answers else None


def _item_result(panel: Panel, item: Item, ranges: bool) -> ItemResult:
    values = [answers[item.key] for answers in panel.answers.values() if item.key in answers]
    if not values:
        return ItemResult(item, 0, None, None, None)
    ends = (min(values), max(values)) if ranges else (None, None)
    return ItemResult(item, len(values), _mean(values), *ends)


def _totals(panel: Panel) -> Totals:
    sums = [sum(answers.values(), Decimal()) for answers in panel.answers.values()]
    count = len(panel.items)
    return Totals(min(sums), max(sums), _mean(sums), floor=count, max_possible=count * panel.highest_step)


def _mean(values: list[Decimal]) -> Fraction:
    # Scores have one decimal, so their sum is exact as a Decimal too, and that is quicker than a sum of fractions.
    return Fraction(sum(values, Decimal())) / len(values)
