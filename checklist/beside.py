"""The whole organisation and its parts side by side at one occasion: never averaged, never added together."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from checklist.models import Checklist, Item, ItemLink
from checklist.occasions import OUTSIDE, Occasion, OccasionItem
from modell.templatetags.swedish import day

OUTSIDE_KEY = "utanfor"
WHOLE = "Hela organisationen"


@dataclass(frozen=True)
class Moment:
    """One occasion that may be chosen, with what was handed in for it: the whole first, then the parts by name."""

    key: str
    name: str
    occasions: tuple[Occasion, ...]


@dataclass(frozen=True)
class Column:
    occasion: Occasion

    @property
    def name(self) -> str:
        return self.occasion.part.name if self.occasion.part else WHOLE

    @property
    def handed_in(self) -> str:
        """Outside meetings each has its own day."""
        return "" if self.occasion.is_at_meeting else day(self.occasion.assessment.submitted_on)


@dataclass(frozen=True)
class Row:
    item: Item
    cells: tuple[OccasionItem, ...]
    links: tuple[str, ...]

    @property
    def differs(self) -> bool:
        return len({cell.value for cell in self.cells if cell.value is not None}) > 1


@dataclass(frozen=True)
class Table:
    """Those who were rated by the same version."""

    checklist: Checklist
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    highest_step: int

    @property
    def has_links(self) -> bool:
        return any(row.links for row in self.rows)

    @property
    def n_different(self) -> int:
        return sum(row.differs for row in self.rows)


def choices_of(occasions: Sequence[Occasion]) -> list[Moment]:
    """The occasions at which some part has handed in, in time's order; those outside meetings are one, the last."""
    keys = {one.assessment.meeting.key: one.name for one in occasions if one.part and one.assessment.meeting}
    moments = [Moment(key, name, _at(occasions, key)) for key, name in keys.items()]
    outside = _outside(occasions)
    if any(one.part for one in outside):
        moments.append(Moment(OUTSIDE_KEY, OUTSIDE, outside))
    return moments


def moment_of(choices: Sequence[Moment], key: str) -> Moment | None:
    """The one that is asked for, else the latest."""
    return next((moment for moment in choices if moment.key == key), choices[-1] if choices else None)


def tables_of(occasions: Sequence[Occasion]) -> list[Table]:
    versions = list(dict.fromkeys(occasion.checklist for occasion in occasions))
    links = _links(versions)
    return [_table([one for one in occasions if one.checklist == version], links) for version in versions]


def _table(occasions: Sequence[Occasion], links: dict[int, tuple[str, ...]]) -> Table:
    first = occasions[0]
    rows = tuple(
        Row(cells[0].item, cells, links.get(cells[0].item.pk, ()))
        for cells in zip(*(occasion.items for occasion in occasions), strict=True)
    )
    return Table(first.checklist, tuple(map(Column, occasions)), rows, first.assessment.highest_step)


def _links(versions: Sequence[Checklist]) -> dict[int, tuple[str, ...]]:
    """Beside the moment of the later tables, the one of the first it is linked to: in words, with its wording."""
    if len(versions) < 2:
        return {}
    first, *others = versions
    told: dict[int, tuple[str, ...]] = {}
    either_way = Q(old__checklist=first, new__checklist__in=others) | Q(old__checklist__in=others, new__checklist=first)
    for link in ItemLink.objects.filter(either_way).select_related("old", "new"):
        other, mine = (link.old, link.new) if link.old.checklist_id == first.pk else (link.new, link.old)
        words = f"{link.get_kind_display()}, i {first.name}: {other.number}. {other.text}"
        told[mine.pk] = (*told.get(mine.pk, ()), words)
    return told


def _at(occasions: Sequence[Occasion], key: str) -> tuple[Occasion, ...]:
    return _whole_first([one for one in occasions if one.assessment.meeting and one.assessment.meeting.key == key])


def _outside(occasions: Sequence[Occasion]) -> tuple[Occasion, ...]:
    """The newest of the whole and of each part."""
    newest = {one.assessment.part_id: one for one in occasions if not one.is_at_meeting}
    return _whole_first(list(newest.values()))


def _whole_first(occasions: list[Occasion]) -> tuple[Occasion, ...]:
    return tuple(sorted(occasions, key=lambda one: (one.part is not None, one.part.name if one.part else "")))
