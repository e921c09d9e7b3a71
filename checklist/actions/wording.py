"""Actions that change a version's texts, the rule of what may still change, and the history of changes."""

from typing import Any

from django.db import transaction

from accounts.models import User
from checklist.enums import WordingPart, WordingStatus
from checklist.guidance import item_texts, label_texts, official_wordings
from checklist.models import Checklist, Guidance, Item, Step, WordingChange
from checklist.trail import ChecklistEvent
from kit import audit
from kit.editing import compare
from kit.refusals import ActionRefused

FIXED = "Versionen används i en självskattning och texten är SKR:s egen. Den ändras inte längre."
ONCE = (
    "Versionen används i en självskattning. En arbetsformulering kan då bara bytas mot SKR:s egen, och bara en gång. "
    "Kryssa för att det är SKR:s egen, om det är så."
)
NOT_TAKEN_AWAY = "Versionen används i en självskattning. En vägledning kan då bytas ut men inte tas bort."


def why_fixed(*, used: bool, official: bool, becomes_official: bool = True) -> str:
    """Return the sentence of the refusal, or an empty one if the text may change.

    In a version that is used an official text is fixed; a working text may be replaced once, by the official one.
    """
    if not used:
        return ""
    if official:
        return FIXED
    return "" if becomes_official else ONCE


def hold(checklist: Checklist) -> Checklist:
    """Return the version with its row locked, so that an assessment started at the same time waits."""
    return Checklist.objects.select_for_update().get(pk=checklist.pk)


@transaction.atomic
def change_item_texts(*, item: Item, seen: str, reason: str, by: User, **texts: Any) -> list[WordingChange]:
    """Change an item's wording and guidance (see `item_texts`), record it in the trail and return the changes."""
    checklist = hold(item.checklist)
    item = Item.objects.get(pk=item.pk)
    stored = item_texts(item)
    new = _new(stored, texts, seen)
    changes = [*_wording(item, stored, new), *_guidance(item, stored, new)]
    used = checklist.is_used()
    for change in changes:
        flag = "text_official" if change.part == WordingPart.ITEM else "guidance_official"
        _check(used, stored[flag], new[flag], flag)
        if used and not change.after:
            raise ActionRefused(NOT_TAKEN_AWAY)
    item.text = new["text"]
    item.save(update_fields=["text"])
    for change in changes:
        if change.part == WordingPart.GUIDANCE:
            _write(item, change.step, new)
    _keep(checklist, changes, reason, by, target=f"{checklist}, moment {item.number}")
    return changes


@transaction.atomic
def change_labels(*, checklist: Checklist, seen: str, reason: str, by: User, **texts: Any) -> list[WordingChange]:
    """Change what the steps of the scale are called, record it in the trail and return the changes."""
    checklist = hold(checklist)
    stored = label_texts(checklist)
    new = _new(stored, texts, seen)
    changes = []
    for step in checklist.steps.all():
        before, after = stored[f"label_{step.value}"], new[f"label_{step.value}"]
        if (before, stored["labels_official"]) != (after, new["labels_official"]):
            _check(checklist.is_used(), stored["labels_official"], new["labels_official"], "labels_official")
            step.label = after
            step.save(update_fields=["label"])
            changes.append(WordingChange(part=WordingPart.STEP, step=step, before=before, after=after))
    for change in changes:
        change.official = new["labels_official"]
    _keep(checklist, changes, reason, by, target=str(checklist))
    return changes


def _new(stored: dict[str, Any], texts: dict[str, Any], seen: str) -> dict[str, Any]:
    changes = compare(stored, texts, seen=seen)
    return {**stored, **changes.after} if changes else stored


def _check(used: bool, official: bool, becomes_official: bool, flag: str) -> None:
    why = why_fixed(used=used, official=official, becomes_official=becomes_official)
    if why:
        raise ActionRefused(why, field=None if official else flag)


def _wording(item: Item, stored: dict[str, Any], new: dict[str, Any]) -> list[WordingChange]:
    if all(stored[name] == new[name] for name in ("text", "text_official")):
        return []
    return [
        WordingChange(
            part=WordingPart.ITEM,
            item=item,
            before=stored["text"],
            after=new["text"],
            official=new["text_official"],
        )
    ]


def _guidance(item: Item, stored: dict[str, Any], new: dict[str, Any]) -> list[WordingChange]:
    official = new["guidance_official"]
    changes = []
    for step in (None, *item.checklist.steps.all()):
        before, after = _as_one(stored, step), _as_one(new, step)
        if before != after or (after and stored["guidance_official"] != official):
            change = WordingChange(part=WordingPart.GUIDANCE, item=item, step=step, before=before, after=after)
            change.official = official
            changes.append(change)
    return changes


def _as_one(texts: dict[str, Any], step: Step | None) -> str:
    if step is None:
        return str(texts["about"])
    enough, not_yet = texts[f"enough_{step.value}"], texts[f"not_yet_{step.value}"]
    return f"{enough}\nDet här räcker inte än: {not_yet}" if not_yet else str(enough)


def _write(item: Item, step: Step | None, new: dict[str, Any]) -> None:
    enough = new["about"] if step is None else new[f"enough_{step.value}"]
    not_yet = "" if step is None else new[f"not_yet_{step.value}"]
    if not enough:
        Guidance.objects.filter(item=item, step=step).delete()
        return
    texts = {"enough": enough, "not_yet": not_yet, "official": new["guidance_official"]}
    Guidance.objects.update_or_create(item=item, step=step, defaults=texts)


def _keep(checklist: Checklist, changes: list[WordingChange], reason: str, by: User, *, target: str) -> None:
    """Store each text's change, write one row in the trail and publish the version if it is complete."""
    if not changes:
        return
    if not reason.strip():
        raise ActionRefused("Skriv varför texten ändras.", field="reason")
    for change in changes:
        change.checklist, change.reason, change.changed_by = checklist, reason.strip(), by
        change.save()
    worded = [change for change in changes if change.part == WordingPart.ITEM]
    both = {"before": worded[0].before, "after": worded[0].after} if worded else {}
    what = ", ".join(change.about for change in changes)
    audit.record(ChecklistEvent.WORDING_CHANGED, target=target, by=by, what=what, reason=reason.strip(), **both)
    _publish_when_all_are_official(checklist)


def _publish_when_all_are_official(checklist: Checklist) -> None:
    if not (checklist.is_working_wording and checklist.is_used()):
        return
    # An unused version is left alone: its official texts may become working wording again.
    if official_wordings(checklist).cover(checklist.items.all(), checklist.steps.all()):
        checklist.wording_status = WordingStatus.PUBLISHED
        checklist.save(update_fields=["wording_status"])
