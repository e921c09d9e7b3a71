"""A version's guidance as it is read, by item, and its texts as they are edited."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import QuerySet

from checklist.enums import WordingPart
from checklist.models import Checklist, Guidance, Item, Step, WordingChange


class StepGuidance(NamedTuple):
    """Texts on what is enough for a step of an item and what is not yet; the lowest step has no `not_yet`."""

    value: int
    label: str
    enough: str
    not_yet: str


@dataclass
class ItemGuidance:
    """The guidance of one item; `official` is True if every text is SKR's own."""

    about: str = ""
    steps: list[StepGuidance] = field(default_factory=list)
    official: bool = True


def guidance_for(checklist: Checklist) -> dict[int, ItemGuidance]:
    """Return guidance by item id, in one query; items without any are left out."""
    return _by_item(Guidance.objects.filter(item__checklist=checklist))


def _by_item(rows: QuerySet[Guidance]) -> dict[int, ItemGuidance]:
    # Read without row objects: the rating page draws forty of them on every visit.
    by_item: dict[int, ItemGuidance] = defaultdict(ItemGuidance)
    columns = ("item_id", "official", "step__value", "step__label", "enough", "not_yet")
    for item_id, official, value, label, enough, not_yet in rows.order_by("step__value").values_list(*columns):
        guidance = by_item[item_id]
        guidance.official = guidance.official and official
        if value is None:
            guidance.about = enough
        else:
            guidance.steps.append(StepGuidance(value, label, enough, not_yet))
    return dict(by_item)


@dataclass(frozen=True)
class OfficialWordings:
    """The wordings and labels that are SKR's own; in a published version that is all of them."""

    published: bool
    items: frozenset[int]
    steps: frozenset[int]

    def has_item(self, item: Item) -> bool:
        return self.published or item.pk in self.items

    def has_step(self, step: Step) -> bool:
        return self.published or step.pk in self.steps

    def cover(self, items: Iterable[Item], steps: Iterable[Step]) -> bool:
        return all(map(self.has_item, items)) and all(map(self.has_step, steps))


def official_wordings(checklist: Checklist, changes: Iterable[WordingChange] | None = None) -> OfficialWordings:
    """Read which texts are official from the latest change of each; `changes` are newest first, if already read."""
    latest: dict[tuple[int | None, int | None], bool] = {}
    for change in checklist.changes.all() if changes is None else changes:
        if change.part != WordingPart.GUIDANCE:
            # In a version that is not used, an official text may become working wording again.
            latest.setdefault((change.item_id, change.step_id), change.official)
    return OfficialWordings(
        not checklist.is_working_wording,
        frozenset(item for (item, _), official in latest.items() if official and item),
        frozenset(step for (_, step), official in latest.items() if official and step),
    )


def item_texts(item: Item) -> dict[str, Any]:
    """Return all editable texts of an item by form field; `enough_2` belongs to step 2."""
    rows = {row.step: row for row in item.guidance.select_related("step")}
    about = rows.get(None)
    texts: dict[str, Any] = {
        "text": item.text,
        "text_official": official_wordings(item.checklist).has_item(item),
        "about": about.enough if about else "",
        "guidance_official": bool(rows) and all(row.official for row in rows.values()),
    }
    for step in item.checklist.steps.all():
        row = rows.get(step)
        texts[f"enough_{step.value}"] = row.enough if row else ""
        texts[f"not_yet_{step.value}"] = row.not_yet if row else ""
    return texts


def label_texts(checklist: Checklist) -> dict[str, Any]:
    steps = list(checklist.steps.all())
    labels = {f"label_{step.value}": step.label for step in steps}
    return labels | {"labels_official": official_wordings(checklist).cover((), steps)}
