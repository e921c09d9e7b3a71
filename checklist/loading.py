"""Reads the checklist versions, the questions and the guidance from the data files, for the migrations."""

import json
from pathlib import Path
from typing import Any

from checklist.enums import Audience


def load_checklists(path: Path, models: Any) -> None:
    """Store every version with its items and links; `models` returns a historical model by name."""
    document = json.loads(path.read_text(encoding="utf-8"))
    items: dict[tuple[str, str], Any] = {}
    for version in document["checklists"]:
        checklist = models("Checklist").objects.create(**_version(version))
        models("Step").objects.bulk_create(
            models("Step")(checklist=checklist, value=int(step["value"]), label=step["label"])
            for step in version["scale"]
        )
        for item in version["items"]:
            items[version["key"], item["key"]] = models("Item")(checklist=checklist, **_item(item))
    models("Item").objects.bulk_create(items.values())
    models("ItemLink").objects.bulk_create(
        models("ItemLink")(old=items[tuple(link["from"])], new=items[tuple(link["to"])], kind=link["kind"])
        for link in document["links"]
    )


def _version(version: dict[str, Any]) -> dict[str, Any]:
    fields = ("key", "name", "year", "half_steps", "wording_status", "note")
    return {field: version[field] for field in fields} | {"level": version["level"] or ""}


def _item(item: dict[str, Any]) -> dict[str, Any]:
    fields = ("key", "number", "text", "short")
    return {field: item[field] for field in fields} | {"block": item["block"] or "", "owner": item["owner"] or ""}


def load_questions(path: Path, models: Any) -> None:
    bank = {entry["item"]: entry for entry in json.loads(path.read_text(encoding="utf-8"))["questions"]}
    models("Question").objects.bulk_create(
        models("Question")(item=item, audience=audience.value, text=bank[item.key][audience.value])
        for item in models("Item").objects.filter(key__in=bank).order_by("pk")
        for audience in Audience
    )


def load_guidance(path: Path, models: Any) -> None:
    document = json.loads(path.read_text(encoding="utf-8"))
    texts, rows = document["texts"], []
    for key, version in document["versions"].items():
        steps = list(models("Step").objects.filter(checklist__key=key).order_by("value"))
        by_step = list(zip(steps, version["levels"], strict=True))
        for item in models("Item").objects.filter(checklist__key=key).order_by("number"):
            text = texts[version["texts"][item.key]]
            rows.append(models("Guidance")(item=item, enough=text["about"]))
            rows += [models("Guidance")(item=item, step=step, **text[level]) for step, level in by_step]
    models("Guidance").objects.bulk_create(rows)


def shipped(path: Path) -> set[str]:
    """Return the keys of the versions that come with the system; packages name them, so they are never deleted."""
    return {version["key"] for version in json.loads(path.read_text(encoding="utf-8"))["checklists"]}
