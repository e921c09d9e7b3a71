"""What makes a 2 or a 3: a version's guidance as it is read, by moment, and its texts as they are edited."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import QuerySet

from checklist.enums import WordingPart
from checklist.models import Checklist, Guidance, Item, Step, WordingChange


class StepGuidance(NamedTuple):
    """What is enough for a step at a moment, and what is not yet; nothing is too little for the lowest step."""

    step: Step
    enough: str
    not_yet: str


@dataclass
class MomentGuidance:
    """`official` when every text is SKR's own; until then it stands as working wording."""

    about: str = ""
    steps: list[StepGuidance] = field(default_factory=list)
    official: bool = True

    def add(self, row: Guidance) -> None:
        self.official = self.official and row.official
        if row.step is None:
            self.about = row.enough
        else:
            self.steps.append(StepGuidance(row.step, row.enough, row.not_yet))


def guidance_for(checklist: Checklist) -> dict[int, MomentGuidance]:
    """By the moment's id, in one query; a moment nobody has written about is not there."""
    return _by_item(Guidance.objects.filter(item__checklist=checklist))


def _by_item(rows: QuerySet[Guidance]) -> dict[int, MomentGuidance]:
    found: dict[int, MomentGuidance] = defaultdict(MomentGuidance)
    for row in rows.select_related("step").order_by("step__value"):
        found[row.item_id].add(row)
    return dict(found)


@dataclass(frozen=True)
class OfficialWordings:
    """Which formulations and labels are SKR's own: all of a published version's, of another's those made so."""

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
    """By each text's latest change: in a version that is not used, SKR's own may give way to working wording again.

    `changes` are the version's, newest first, where they are at hand.
    """
    latest: dict[tuple[int | None, int | None], bool] = {}
    for change in checklist.changes.all() if changes is None else changes:
        if change.part != WordingPart.GUIDANCE:
            latest.setdefault((change.item_id, change.step_id), change.official)
    return OfficialWordings(
        not checklist.is_working_wording,
        frozenset(item for (item, _), official in latest.items() if official and item),
        frozenset(step for (_, step), official in latest.items() if official and step),
    )


def moment_texts(item: Item) -> dict[str, Any]:
    """All that can be edited of a moment, by the names of the form's fields; `enough_2` is of step 2."""
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
