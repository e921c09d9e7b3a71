"""What single persons thought of a moment: a dot each on the scale before it is agreed, and what is left afterwards."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import FilteredRelation, Q
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from checklist.models import Assessment, Item, OnScale, Rater, Score
from checklist.raters import by_function
from checklist.together.rounds import is_seated
from cohorts.enums import Function
from modell.figures import printed
from modell.templatetags.swedish import enumerated, in_words, sentence

LETTERS = {
    Function.POLITICIAN: "P",
    Function.MANAGER: "C",
    Function.STRATEGIST: "S",
    Function.CONTRIBUTOR: "M",
}
TOO_FEW = "Färre än tre, så spridningen sparas inte."


@dataclass(frozen=True)
class Layout:
    """Sizes in the picture's own units; text is as high as they say."""

    name: str
    width: int
    margin: int
    radius: int


WIDE = Layout("wide", 560, 60, 17)
NARROW = Layout("narrow", 320, 36, 14)
GAP = 4


@dataclass(frozen=True)
class Dot:
    x: int
    y: int
    letter: str


@dataclass(frozen=True)
class Tick:
    """A step on the line."""

    x: int
    number: str


@dataclass(frozen=True)
class Drawing:
    width: int
    height: int
    radius: int
    line_y: int
    left: int
    right: int
    ticks: tuple[Tick, ...]
    halves: tuple[int, ...]
    dots: tuple[Dot, ...]


@dataclass(frozen=True)
class Voices:
    """Those of one function and what they chose: Två politiker: 2 och 3."""

    function: str
    values: tuple[Decimal, ...]

    @property
    def letter(self) -> str:
        return LETTERS[Function(self.function)]

    @property
    def sentence(self) -> str:
        who = sentence(by_function({self.function: len(self.values)}))
        told = [printed(value, 1) for value in self.values]
        return f"{who}: {enumerated(told)}."


@dataclass(frozen=True)
class Spread:
    """The single values of one moment, lowest first, with nobody's name. `silent` is how many left it out."""

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

    def __str__(self) -> SafeString:
        return self.__html__()

    def __html__(self) -> SafeString:
        return format_html('<div class="picture">{}{}</div>', *(self._svg(layout) for layout in (WIDE, NARROW)))

    def _svg(self, layout: Layout) -> SafeString:
        context = {
            "id": f"spread-{layout.name}",
            "name": layout.name,
            "title": self.title,
            "description": self.description,
            "drawing": self.drawing(layout),
        }
        return render_to_string("pictures/people.svg", context)

    def drawing(self, layout: Layout) -> Drawing:
        """Those who chose the same stand together above their value, in rows as wide as there is room for."""
        values, span = self.scale.values, layout.width - 2 * layout.margin
        low, high = float(values[0]), float(values[-1])
        place = {value: round(layout.margin + (float(value) - low) / (high - low) * span) for value in values}
        pitch = 2 * layout.radius + GAP
        in_a_row = max(1, (span // (len(values) - 1)) // pitch)
        stacks = {value: [v.letter for v in self.voices for given in v.values if given == value] for value in values}
        rows = max((-(-len(stack) // in_a_row) for stack in stacks.values()), default=1)
        line_y = rows * pitch + layout.radius // 2
        dots = [
            Dot(round(place[value] + (at - (in_row - 1) / 2) * pitch), line_y - pitch * row - layout.radius - 6, letter)
            for value, stack in stacks.items()
            for row in range(-(-len(stack) // in_a_row))
            for in_row in [min(in_a_row, len(stack) - row * in_a_row)]
            for at, letter in enumerate(stack[row * in_a_row : row * in_a_row + in_row])
        ]
        ticks = tuple(Tick(place[Decimal(step.value)], str(step.value)) for step in self.scale.steps)
        whole = {tick.x for tick in ticks}
        return Drawing(
            width=layout.width,
            height=line_y + 34,
            radius=layout.radius,
            line_y=line_y,
            left=layout.margin,
            right=layout.width - layout.margin,
            ticks=ticks,
            halves=tuple(x for x in place.values() if x not in whole),
            dots=tuple(dots),
        )


@dataclass(frozen=True)
class Alone:
    """The individual rating as one moment's page needs it; there is a spread only when it is closed."""

    is_open: bool
    ready: int
    number: int
    spread: Spread | None


def alone_of(assessment: Assessment, item: Item) -> Alone | None:
    """How far it has come, and the dots of a moment where somebody has chosen: one query."""
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
    return Alone(is_open, ready, len(counted), None if is_open else _spread(assessment, item, rows, ready))


def _spread(assessment: Assessment, item: Item, rows: Iterable[Any], ready: int) -> Spread | None:
    given: dict[str, list[Decimal]] = {function: [] for function in Function.values}
    for row in rows:
        if row.given__value is not None:
            given[row.function].append(row.given__value)
    voices = tuple(Voices(function, tuple(values)) for function, values in given.items() if values)
    number = sum(len(one.values) for one in voices)
    return Spread(assessment, item, voices, silent=ready - number) if voices else None


def what_is_left(score: Score) -> str:
    """1,5–3, fyra bedömare: en politiker, en chef och två strateger. Empty where nobody rated alone."""
    raters: Mapping[str, int] = score.raters
    number = sum(raters.values())
    if not number:
        return ""
    who = f"{in_words(number) if number > 1 else 'en'} bedömare: {by_function(raters)}"
    if score.spread_low is None or score.spread_high is None:
        return f"{sentence(who)}. {TOO_FEW}"
    low, high = printed(score.spread_low, 1), printed(score.spread_high, 1)
    return f"{low if low == high else f'{low}–{high}'}, {who}."
