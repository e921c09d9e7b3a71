"""Finds key figures in the catalogue as it is stored here, without asking Kolada."""

from collections.abc import Iterable
from dataclasses import dataclass

from kit.canonical import folded
from kit.ordering import swedish
from kolada.enums import PlaceKind
from kolada.models import KeyFigure, StarterFigure
from policy.models import NationalGoal

# No goal: likvärdig service, which the starter collection has beside the six.
WITHOUT_GOAL = "0"


@dataclass(frozen=True)
class WantedFigures:
    """What a reader looks for; an empty field narrows nothing. A goal is named by its number."""

    words: str = ""
    area: str = ""
    kind: str = ""
    goal: str = ""

    @property
    def is_empty(self) -> bool:
        return not any((self.words, self.area, self.kind, self.goal))


@dataclass(frozen=True)
class GoalChoice:
    value: str
    label: str


@dataclass(frozen=True)
class Catalogue:
    """The key figures that are divided by sex and not withdrawn, and what they can be narrowed by."""

    figures: tuple[KeyFigure, ...]
    areas: tuple[str, ...]
    goals: tuple[GoalChoice, ...]
    # The numbers of the goals under which each key figure is proposed.
    proposed: dict[int, set[str]]

    def matching(self, wanted: WantedFigures) -> list[KeyFigure]:
        words = folded(wanted.words).split()
        return [figure for figure in self.figures if self._fits(figure, wanted) and _has_words(figure, words)]

    def _fits(self, figure: KeyFigure, wanted: WantedFigures) -> bool:
        return (
            wanted.area in ("", figure.operating_area)
            and (not wanted.kind or figure.place_kind in (wanted.kind, PlaceKind.BOTH))
            and (not wanted.goal or wanted.goal in self.proposed.get(figure.pk, ()))
        )


def read_catalogue() -> Catalogue:
    names = ("code", "title", "place_kind", "operating_area", "source")
    figures = tuple(KeyFigure.objects.filter(divided=True, withdrawn_on=None).only(*names).order_by("code"))
    proposed: dict[int, set[str]] = {}
    for figure, number in StarterFigure.objects.order_by().values_list("key_figure", "goal__number"):
        proposed.setdefault(figure, set()).add(_name(number))
    areas = sorted({figure.operating_area for figure in figures} - {""}, key=swedish)
    return Catalogue(figures, tuple(areas), tuple(goal_choices()), proposed)


def goal_choices() -> Iterable[GoalChoice]:
    for goal in NationalGoal.objects.exclude(number=None):
        yield GoalChoice(_name(goal.number), f"{goal.number}. {goal.text}")
    yield GoalChoice(WITHOUT_GOAL, WITHOUT)


WITHOUT = "Utanför delmålen: likvärdig service"


def _name(number: int | None) -> str:
    return WITHOUT_GOAL if number is None else str(number)


def _has_words(figure: KeyFigure, words: list[str]) -> bool:
    """True if each word stands in the title, or is the id; a part of a word is enough."""
    text = folded(f"{figure.title} {figure.code}")
    return all(word in text for word in words)
