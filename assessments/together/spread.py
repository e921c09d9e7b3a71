"""Individual ratings of an item as anonymous dots on the scale, and the summary that is stored afterwards."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import FilteredRelation, Q

from assessments.models import Assessment, Rater, Score
from assessments.raters import by_function
from assessments.together.rounds import is_counted, is_seated
from checklist.models import Item, OnScale
from cohorts.enums import Function
from kit.figures import FEWEST_COMPARED, printed
from kit.pictures import People
from kit.templatetags.swedish import enumerated, in_words, sentence

LETTERS = {
    Function.POLITICIAN: "P",
    Function.MANAGER: "C",
    Function.STRATEGIST: "S",
    Function.CONTRIBUTOR: "M",
}
TOO_FEW = "Färre än tre, så spridningen sparas inte."


@dataclass(frozen=True)
class Voices:
    """The values chosen by the raters of one function."""

    function: str
    values: tuple[Decimal, ...]

    @property
    def letter(self) -> str:
        return LETTERS[Function(self.function)]

    @property
    def sentence(self) -> str:
        who = sentence(by_function({self.function: len(self.values)}))
        values = [printed(value, 1) for value in self.values]
        return f"{who}: {enumerated(values)}."


@dataclass(frozen=True)
class RatingSpread:
    """The individual values of one item without names, lowest first; `silent` raters left it out."""

    scale: OnScale
    item: Item
    voices: tuple[Voices, ...]
    silent: int

    @property
    def title(self) -> str:
        return f"Enskilda skattningar av moment {self.item.number}"

    @property
    def description(self) -> str:
        return " ".join([*(voices.sentence for voices in self.voices), self.left_out]).strip()

    @property
    def left_out(self) -> str:
        if not self.silent:
            return ""
        return f"{sentence(in_words(self.silent)) if self.silent > 1 else 'En'} har inte skattat momentet."

    @property
    def picture(self) -> People | None:
        """Return the dots, or None where so few have chosen that the words say all."""
        if sum(len(voices.values) for voices in self.voices) < FEWEST_COMPARED:
            return None
        chosen = {
            value: tuple(voices.letter for voices in self.voices for given in voices.values if given == value)
            for value in self.scale.values
        }
        steps = tuple(step.value for step in self.scale.steps)
        return People(key="spread", title=self.title, words=self.description, chosen=chosen, steps=steps)


@dataclass(frozen=True)
class RatedAlone:
    """The individual rating for one item's page; `spread` is None until the round is closed."""

    is_open: bool
    ready: int
    number: int
    spread: RatingSpread | None

    @property
    def is_counted(self) -> bool:
        return is_counted(self.number, is_open=self.is_open)


def alone_of(assessment: Assessment, item: Item) -> RatedAlone | None:
    """Return the round's progress and the item's dots in one query, or None if there is no round."""
    rows = (
        Rater.objects.filter(round__assessment=assessment)
        .annotate(seated=is_seated("user", "round__assessment"))
        .annotate(given=FilteredRelation("ratings", condition=Q(ratings__item=item)))
        .order_by("given__value")
        .values_list("function", "done_at", "seated", "round__closed_at", "given__value", named=True)
    )
    if not rows:
        return None
    is_open = rows[0].round__closed_at is None
    counted = [row for row in rows if row.seated or not is_open]
    ready = sum(row.done_at is not None for row in counted)
    return RatedAlone(is_open, ready, len(counted), None if is_open else _spread(assessment, item, rows, ready))


def _spread(assessment: Assessment, item: Item, rows: Iterable[Any], ready: int) -> RatingSpread | None:
    given: dict[str, list[Decimal]] = {function: [] for function in Function.values}
    for row in rows:
        if row.given__value is not None:
            given[row.function].append(row.given__value)
    voices = tuple(Voices(function, tuple(values)) for function, values in given.items() if values)
    number = sum(len(voice.values) for voice in voices)
    return RatingSpread(assessment, item, voices, silent=ready - number) if voices else None


def what_is_left(score: Score) -> str:
    """Describe the stored spread and raters in words; empty if nobody rated alone."""
    raters: Mapping[str, int] = score.raters
    number = sum(raters.values())
    if not number:
        return ""
    who = f"{in_words(number) if number > 1 else 'en'} bedömare: {by_function(raters)}"
    if score.spread_low is None or score.spread_high is None:
        return f"{sentence(who)}. {TOO_FEW}"
    low, high = printed(score.spread_low, 1), printed(score.spread_high, 1)
    return f"{low if low == high else f'{low}–{high}'}, {who}."
