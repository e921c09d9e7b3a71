"""The next edition of the checklist: a copy whose shape may change until an assessment uses it."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, ProtectedError
from django.utils.text import slugify

from accounts.models import User
from checklist.actions.wording import hold
from checklist.enums import LinkKind, WordingStatus
from checklist.loading import shipped
from checklist.models import Checklist, Guidance, Item, ItemLink, Question, Step
from checklist.models.version import LOCKED
from checklist.trail import ChecklistEvent
from kit import audit
from kit.editing import compare, save
from kit.refusals import ActionRefused
from kit.staleness import content_of

FEWEST_STEPS, MOST_STEPS = 3, 4
PROPERTIES = ("name", "year", "level", "half_steps", "wording_status", "note")
ITEM_PROPERTIES = ("number", "short", "block", "owner")
IN_WORK = "Någon arbetar med momentet i ett förbättringsarbete eller en insats."
ASIDE = 1000


@transaction.atomic
def copy_checklist(*, checklist: Checklist, key: str, name: str, year: int, by: User) -> Checklist:
    """Create a version as a copy, each item linked to its original; a repeated call returns the same copy.

    Its texts count as working wording until somebody says that they are SKR's own.
    """
    old = hold(checklist)
    taken = Checklist.objects.filter(key=key).first()
    if taken:
        is_twin = ItemLink.objects.filter(old__checklist=old, new__checklist=taken).exists()
        if is_twin and (taken.name, taken.year) == (name, year):
            return taken
        raise ActionRefused("Det finns redan en version med den nyckeln.", field="key")
    new = Checklist.objects.create(
        key=key,
        name=name,
        year=year,
        level=old.level,
        half_steps=old.half_steps,
        wording_status=WordingStatus.WORKING,
        note=f"Gjord som kopia av {old.name}.",
    )
    _copy_into(new, old)
    audit.record(ChecklistEvent.CHECKLIST_COPIED, target=new, by=by, reason=f"kopia av {old.name}")
    return new


def _copy_into(new: Checklist, old: Checklist) -> None:
    steps: dict[int | None, Step | None] = {None: None}
    for step in old.steps.all():
        steps[step.pk] = Step.objects.create(checklist=new, value=step.value, label=step.label)
    items = {
        item.pk: Item.objects.create(checklist=new, **content_of(item, "key", "text", *ITEM_PROPERTIES))
        for item in old.items.all()
    }
    ItemLink.objects.bulk_create(ItemLink(old_id=pk, new=item, kind=LinkKind.SAME) for pk, item in items.items())
    Guidance.objects.bulk_create(
        Guidance(item=items[row.item_id], step=steps[row.step_id], enough=row.enough, not_yet=row.not_yet)
        for row in Guidance.objects.filter(item__checklist=old)
    )
    Question.objects.bulk_create(
        Question(item=items[row.item_id], audience=row.audience, text=row.text)
        for row in Question.objects.filter(item__checklist=old)
    )


@transaction.atomic
def edit_checklist(*, checklist: Checklist, seen: str, by: User, **new: Any) -> Checklist:
    checklist = hold_unused(checklist)
    if not new["half_steps"] and checklist.assessmentplans.filter(half_steps=True).exists():
        raise ActionRefused("En omgång använder halva steg med den här versionen.", field="half_steps")
    if save(checklist, new, seen=seen):
        _record(checklist, by, "uppgifterna om versionen")
    return checklist


def why_not_deleted(checklist: Checklist) -> str:
    """Return the sentence of the refusal, or an empty one if nothing refers to the version."""
    if checklist.is_used():
        return LOCKED
    if checklist.key in shipped(settings.DATA_DIR / "checklists.json"):
        return "Versionen är en av SKR:s tidigare checklistor och tas inte bort."
    if ItemLink.objects.filter(old__checklist=checklist).exists():
        return "En senare version bygger på den här. Den tas därför inte bort."
    if checklist.assessmentplans.exists():
        return "Versionen används i en omgång och tas därför inte bort."
    return ""


@transaction.atomic
def delete_checklist(*, checklist: Checklist, by: User) -> None:
    checklist = hold(checklist)
    why = why_not_deleted(checklist)
    if why:
        raise ActionRefused(why)
    name = str(checklist)
    try:
        checklist.delete()
    except ProtectedError as error:
        raise ActionRefused(IN_WORK) from error
    audit.record(ChecklistEvent.CHECKLIST_DELETED, target=name, by=by)


@transaction.atomic
def add_item(*, checklist: Checklist, number: int, text: str, short: str, block: str, owner: str, by: User) -> Item:
    """Add an item at its place and move the later ones down; a repeated call returns the same item."""
    checklist = hold_unused(checklist)
    twin = checklist.items.filter(text=text, short=short).first()
    if twin:
        return twin
    count = checklist.items.count()
    _check_number(number, count + 1)
    item = Item.objects.create(
        checklist=checklist,
        key=_free_key(checklist, short),
        number=count + 1,
        text=text,
        short=short,
        block=block,
        owner=owner,
    )
    _move(checklist, item, number)
    _record(checklist, by, f"lade till moment {number}")
    return item


@transaction.atomic
def edit_item(*, item: Item, seen: str, by: User, **new: Any) -> Item:
    checklist = hold_unused(item.checklist)
    item = Item.objects.get(pk=item.pk)
    if compare(content_of(item, *ITEM_PROPERTIES), new, seen=seen):
        _check_number(new["number"], checklist.items.count())
        item.short, item.block, item.owner = new["short"], new["block"], new["owner"]
        item.save()
        _move(checklist, item, new["number"])
        _record(checklist, by, f"moment {new['number']}, {item.short}")
    return item


@transaction.atomic
def remove_item(*, item: Item, by: User) -> None:
    """Delete the item with its guidance and move the later ones up; refuse if work or a newer version uses it."""
    checklist = hold_unused(item.checklist)
    if checklist.items.count() == 1:
        raise ActionRefused("En checklista har minst ett moment.")
    if item.heirs.exists():
        raise ActionRefused("Ett moment i en senare version bygger på det här. Ta bort länken där först.")
    number, short = item.number, item.short
    # The item is moved last, so that deleting it leaves no gap in the numbers.
    _move(checklist, item, checklist.items.count())
    try:
        Item.objects.get(pk=item.pk).delete()
    except ProtectedError as error:
        raise ActionRefused(IN_WORK) from error
    _record(checklist, by, f"tog bort moment {number}, {short}")


@transaction.atomic
def add_step(*, checklist: Checklist, label: str, by: User) -> Step:
    checklist = hold_unused(checklist)
    count, label = checklist.steps.count(), label.strip()
    if count >= MOST_STEPS:
        raise ActionRefused("En skala har högst fyra steg.")
    if not 0 < len(label) <= Step._meta.get_field("label").max_length:  # type: ignore[operator]
        raise ActionRefused("Skriv vad steget ska heta, med högst 120 tecken.")
    step = Step.objects.create(checklist=checklist, value=count + 1, label=label)
    _record(checklist, by, f"lade till steg {step}")
    return step


@transaction.atomic
def remove_step(*, checklist: Checklist, by: User) -> None:
    checklist = hold_unused(checklist)
    steps = list(checklist.steps.all())
    if len(steps) <= FEWEST_STEPS:
        raise ActionRefused("En skala har minst tre steg.")
    name = str(steps[-1])
    steps[-1].delete()
    _record(checklist, by, f"tog bort steg {name}")


@transaction.atomic
def link_item(*, item: Item, old: Item, kind: str, by: User) -> ItemLink:
    """Link the item to an older one it comes from; a repeated call changes the kind."""
    checklist = hold_unused(item.checklist)
    if old.checklist_id == checklist.pk or old.checklist.year > checklist.year:
        raise ActionRefused("Välj ett moment i en tidigare version.", field="old")
    link = ItemLink.objects.filter(old=old, new=item).first() or ItemLink(old=old, new=item)
    if link.kind != kind:
        link.kind = kind
        link.save()
        _record(checklist, by, f"länken till moment {item.number}")
    return link


@transaction.atomic
def unlink_item(*, link: ItemLink, by: User) -> None:
    checklist = hold_unused(link.new.checklist)
    number = link.new.number
    link.delete()
    _record(checklist, by, f"tog bort en länk till moment {number}")


def hold_unused(checklist: Checklist) -> Checklist:
    checklist = hold(checklist)
    if checklist.is_used():
        raise ActionRefused(LOCKED)
    return checklist


def _check_number(number: int, most: int) -> None:
    if not 1 <= number <= most:
        raise ActionRefused(f"Välj ett nummer från 1 till {most}.", field="number")


def _move(checklist: Checklist, item: Item, number: int) -> None:
    # Numbers are unique in a version; while they change places they stand out of each other's way.
    order = [other.pk for other in checklist.items.order_by("number") if other.pk != item.pk]
    order.insert(number - 1, item.pk)
    checklist.items.update(number=F("number") + ASIDE)
    for place, pk in enumerate(order, start=1):
        checklist.items.filter(pk=pk).update(number=place)


def _free_key(checklist: Checklist, short: str) -> str:
    # Packages call the item by this key, so it is set once.
    stem = slugify(short).replace("-", "_")[:50] or "moment"
    taken = set(checklist.items.values_list("key", flat=True))
    return next(key for key in (stem, *(f"{stem}_{n}" for n in range(2, 1000))) if key not in taken)


def _record(checklist: Checklist, by: User, what: str) -> None:
    audit.record(ChecklistEvent.CHECKLIST_CHANGED, target=checklist, by=by, what=what)
