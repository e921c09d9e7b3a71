"""Values of the omgång's figures, as a reader may see them: the page and the PDF print them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import TypeVar

from assessments.figures.disclosure import Shown
from assessments.figures.statistics import Answers, ItemMovement, ItemResult, Movement, Result, Totals
from checklist.models import Item, Step
from cohorts.kinds import DEFINITE, SEVERAL
from cohorts.models import Participation
from kit.figures import FEWEST_COMPARED
from kit.templatetags.swedish import enumerated, in_words, sentence, some
from meetings.models import Meeting

THE_ONE: Mapping[str, str] = {"kommun": "kommunen", "region": "regionen"}
# More labels than this in a sentence are a list, and the table has them all.
MOST_LABELS = 3
Row = TypeVar("Row", ItemResult, ItemMovement)


@dataclass(frozen=True)
class NamedValues:
    """The submitted values of one organisation, for readers who may see them."""

    participation: Participation
    answers: Answers
    own: bool

    @property
    def name(self) -> str:
        return self.participation.organisation.short_name


@dataclass(frozen=True)
class FigureRow:
    """An item as the table prints it. A part is None if it is missing or the reader may not see it."""

    item: Item
    now: ItemResult | None
    before: ItemResult | None
    moved: ItemMovement | None
    values: tuple[Decimal | None, ...]


@dataclass(frozen=True)
class KindFigures:
    """One kind at one meeting as the reader may see it, with the meeting it is compared with.

    `shown` says whether the figures are of ALL whose entries the reader reads by name, FIGURES of more, or of the
    reader's OWN reading only, which `named` holds. `n` organisations have answered and `n_unread` of them are not read.
    `withheld` is the sentence that says why others are not counted in, `before` the earlier meeting's result, and
    `moved` is None unless the change may be shown; `moved_words` says in words what has moved, or why it is not shown.
    `n_submitted` of `n_expected` have handed in, which may be more than the `n` behind figures shown before (ADR 18).
    """

    kind: str
    meeting: Meeting
    since: Meeting | None
    items: tuple[Item, ...]
    steps: tuple[Step, ...]
    shown: Shown
    n: int
    n_unread: int
    n_submitted: int
    n_expected: int
    result: Result | None
    before: Result | None
    withheld: str
    moved: Movement | None
    moved_words: str
    named: tuple[NamedValues, ...] = ()
    # What the reader may read by name of the earlier meeting, by participation.
    named_before: Mapping[int, Answers] = field(default_factory=dict)
    # "" where all are kommuner or regioner, else a sentence on who is counted among them.
    counted_in: str = ""

    @property
    def plural(self) -> str:
        return SEVERAL[self.kind]

    @property
    def definite(self) -> str:
        return (THE_ONE if self.n_expected == 1 else DEFINITE)[self.kind]

    @property
    def handed_in(self) -> str:
        of = f"{in_words(self.n_expected)} {self.plural}"
        if self.n_expected == 1:
            said = "har lämnat in" if self.n_submitted else "har inte lämnat in"
            who = self.definite
        elif self.n_submitted in (0, self.n_expected):
            said, who = "har lämnat in", f"{'alla' if self.n_submitted else 'ingen av'} {of}"
        else:
            said, who = "har lämnat in", f"{some(self.n_submitted)} av {of}"
        return sentence(f"{who} {said} till {self.meeting.name}.")

    @property
    def is_of_several(self) -> bool:
        """True if there are several behind the means; of one alone they would be its values a second time."""
        return self.result is not None and self.result.n > 1

    @property
    def is_compared(self) -> bool:
        """True if so many have answered that the figures may be ranked, drawn and given as a range."""
        return self.result is not None and self.result.n >= FEWEST_COMPARED

    @property
    def totals(self) -> Totals | None:
        return self.result.totals if self.result else None

    @property
    def whose(self) -> str:
        """Return "kommunerna", or whose figures they are where there is one or the reader sees only some."""
        if self.result and self.result.n == 1:
            return self.named[0].name if self.named else THE_ONE[self.kind]
        return self.definite if self.is_whole else f"de {self.plural} du läser"

    @property
    def own(self) -> NamedValues | None:
        return next((named for named in self.named if named.own), None)

    @property
    def others(self) -> tuple[NamedValues, ...]:
        return tuple(named for named in self.named if not named.own)

    @property
    def is_whole(self) -> bool:
        """True if the figures are of all that have answered, and not of the reader's own reading only."""
        return self.shown != Shown.OWN

    @property
    def is_anonymous(self) -> bool:
        return self.shown == Shown.FIGURES

    @property
    def is_partial(self) -> bool:
        """True if the number of answers behind the figures differs from the number handed in by now."""
        return self.is_anonymous and self.n != self.n_submitted

    @property
    def in_a_sentence(self) -> str:
        """Return the strongest and the weakest item in a sentence, or "" if all are equal or few have answered."""
        result = self.result
        rows = [row for row in result.by_strength if row.n >= FEWEST_COMPARED] if result else []
        strongest = [row.item.short for row in rows if row.mean == rows[0].mean]
        weakest = [row.item.short for row in rows if row.mean == rows[-1].mean]
        if len(strongest) == len(rows):
            return ""
        return f"Högst värde har {_some(strongest)}, lägst {_some(weakest)}."

    @cached_property
    def rows(self) -> tuple[FigureRow, ...]:
        """Return the rows strongest first, or in the checklist's order where no mean is shown or few have answered."""
        is_ranked = self.is_whole and self.is_compared
        items = [row.item for row in self.result.by_strength] if self.result and is_ranked else self.items
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
