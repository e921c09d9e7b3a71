"""Tables of the whole organisation and its parts side by side at one occasion; they are never averaged or added."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from assessments.occasions import OUTSIDE, Occasion, OccasionItem
from checklist.models import Checklist, Item, ItemLink
from kit.ordering import swedish
from kit.templatetags.swedish import day

OUTSIDE_KEY = "utanfor"
WHOLE = "Hela organisationen"


@dataclass(frozen=True)
class OccasionChoice:
    """An occasion that may be chosen, with what was handed in for it: the whole first, then the parts by name."""

    key: str
    name: str
    occasions: tuple[Occasion, ...]


@dataclass(frozen=True)
class PartColumn:
    occasion: Occasion

    @property
    def name(self) -> str:
        return self.occasion.part.name if self.occasion.part else WHOLE

    @property
    def handed_in(self) -> str:
        # Outside meetings each has a day of its own; at a meeting they share its day.
        return "" if self.occasion.is_at_meeting else day(self.occasion.assessment.submitted_on)


@dataclass(frozen=True)
class BesideRow:
    item: Item
    cells: tuple[OccasionItem, ...]
    links: tuple[str, ...]

    @property
    def differs(self) -> bool:
        return len({cell.now for cell in self.cells if cell.now is not None}) > 1


@dataclass(frozen=True)
class PartTable:
    """A table of those who were rated by the same version of the checklist."""

    checklist: Checklist
    columns: tuple[PartColumn, ...]
    rows: tuple[BesideRow, ...]
    highest_step: int

    @property
    def has_links(self) -> bool:
        return any(row.links for row in self.rows)

    @property
    def n_different(self) -> int:
        return sum(row.differs for row in self.rows)


def choices_of(occasions: Sequence[Occasion]) -> list[OccasionChoice]:
    """Return the occasions at which a part has handed in, in order of time, with all outside meetings as the last."""
    keys = {
        occasion.assessment.meeting.key: occasion.name
        for occasion in occasions
        if occasion.part and occasion.assessment.meeting
    }
    offered = [OccasionChoice(key, name, _at(occasions, key)) for key, name in keys.items()]
    outside = _outside(occasions)
    if any(occasion.part for occasion in outside):
        offered.append(OccasionChoice(OUTSIDE_KEY, OUTSIDE, outside))
    return offered


def chosen_of(choices: Sequence[OccasionChoice], key: str) -> OccasionChoice | None:
    return next((choice for choice in choices if choice.key == key), choices[-1] if choices else None)


def tables_of(occasions: Sequence[Occasion]) -> list[PartTable]:
    versions = list(dict.fromkeys(occasion.checklist for occasion in occasions))
    links = _links(versions)
    return [
        _table([occasion for occasion in occasions if occasion.checklist == version], links) for version in versions
    ]


def _table(occasions: Sequence[Occasion], links: dict[int, tuple[str, ...]]) -> PartTable:
    first = occasions[0]
    rows = tuple(
        BesideRow(cells[0].item, cells, links.get(cells[0].item.pk, ()))
        for cells in zip(*(occasion.items for occasion in occasions), strict=True)
    )
    return PartTable(first.checklist, tuple(map(PartColumn, occasions)), rows, first.assessment.highest_step)


def _links(versions: Sequence[Checklist]) -> dict[int, tuple[str, ...]]:
    if len(versions) < 2:
        return {}
    first, *others = versions
    sentences: dict[int, tuple[str, ...]] = {}
    either_way = Q(old__checklist=first, new__checklist__in=others) | Q(old__checklist__in=others, new__checklist=first)
    for link in ItemLink.objects.filter(either_way).select_related("old", "new"):
        other, mine = (link.old, link.new) if link.old.checklist_id == first.pk else (link.new, link.old)
        words = f"{link.get_kind_display()}, i {first.name}: {other.number}. {other.text}"
        sentences[mine.pk] = (*sentences.get(mine.pk, ()), words)
    return sentences


def _at(occasions: Sequence[Occasion], key: str) -> tuple[Occasion, ...]:
    return _whole_first(
        [occasion for occasion in occasions if occasion.assessment.meeting and occasion.assessment.meeting.key == key]
    )


def _outside(occasions: Sequence[Occasion]) -> tuple[Occasion, ...]:
    # The occasions come in order of time, so the newest of the whole and of each part stays.
    newest = {occasion.assessment.part_id: occasion for occasion in occasions if not occasion.is_at_meeting}
    return _whole_first(list(newest.values()))


def _whole_first(occasions: list[Occasion]) -> tuple[Occasion, ...]:
    return tuple(
        sorted(
            occasions,
            key=lambda occasion: (occasion.part is not None, swedish(occasion.part.name if occasion.part else "")),
        )
    )
