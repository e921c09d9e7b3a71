"""Functions that a migration calls to read the concept editions from data/editions.json."""

import json
from pathlib import Path
from typing import Any

FACTS = ("key", "name", "description", "source", "kind", "duration_months", "mentor_model", "fee")


def load_editions(path: Path, models: Any) -> None:
    """Create every edition with its steps; `models` is the migration's `apps.get_model`."""
    document = json.loads(path.read_text(encoding="utf-8"))
    for position, row in enumerate(document["editions"]):
        checklist = models("checklist", "Checklist").objects.get(key=row["checklist"])
        facts = {name: row[name] for name in FACTS}
        edition = models("planning", "Edition").objects.create(**facts, checklist=checklist, position=position)
        _steps(edition, row["steps"], document["lists"], models)
        lists = {"EditionHostTask": document["host_tasks"], "EditionSection": document["sections"]}
        for name, rows in {**lists, "EditionResult": row["results"]}.items():
            model = models("planning", name)
            known = {field.name for field in model._meta.get_fields()}
            lines = [{column: value for column, value in line.items() if column in known} for line in rows]
            model.objects.bulk_create(model(edition=edition, position=at, **line) for at, line in enumerate(lines))


def _steps(edition: Any, rows: list[dict[str, Any]], lists: dict[str, list[dict[str, Any]]], models: Any) -> None:
    made: dict[str, Any] = {}
    apart = ("key", "prepares", "preparations", "agenda")
    for position, row in enumerate(rows):
        fields = {name: value for name, value in row.items() if name not in apart}
        step = models("planning", "EditionStep").objects.create(edition=edition, position=position, **fields)
        made[row["key"]] = step
        for name, part in (("EditionPreparation", "preparations"), ("EditionAgendaItem", "agenda")):
            model, lines = models("planning", name), lists.get(row.get(part, ""), [])
            # Parts of an agenda state their own place, since those that run side by side share it.
            model.objects.bulk_create(model(step=step, **{"position": at, **line}) for at, line in enumerate(lines))
    for row in rows:
        if "prepares" in row:
            made[row["key"]].prepares = made[row["prepares"]]
            made[row["key"]].save()


def give_hours(path: Path, models: Any) -> None:
    """Give the editions' steps their usual hours, where a kind of meeting has any and the step has none."""
    steps = models("planning", "EditionStep").objects
    for row in json.loads(path.read_text(encoding="utf-8"))["editions"]:
        hours = dict(row.get("usual_hours", {}))
        source, changed = hours.pop("source", ""), 0
        for kind, (starts_at, ends_at) in hours.items():
            bare = steps.filter(edition__key=row["key"], kind=kind, starts_at=None, ends_at=None)
            changed += bare.update(starts_at=starts_at, ends_at=ends_at)
        if changed:
            edition = models("planning", "Edition").objects.get(key=row["key"])
            edition.source += source
            edition.save(update_fields=["source"])


def give_sections_words(path: Path, models: Any) -> None:
    """Give the sections that still have their usual heading what they ask, an example and a length.

    Those of a concept also get their kind. An omgång keeps its own, since texts are written in it.
    """
    document = json.loads(path.read_text(encoding="utf-8"))
    keys = [row["key"] for row in document["editions"]]
    concepts = models("planning", "EditionSection").objects.filter(edition__key__in=keys)
    for row in document["sections"]:
        usual = {"key": row["key"], "heading": row["heading"]}
        words = {name: row[name] for name in ("asks", "example", "wanted_words") if name in row}
        shape = {name: row[name] for name in ("kind", "required") if name in row}
        if words:
            models("reports", "Section").objects.filter(**usual).update(**words)
        if words or shape:
            concepts.filter(**usual).update(**words, **shape)


def shipped(path: Path) -> set[str]:
    """Return the keys of the editions that come with the system; they can be changed but never deleted."""
    return {edition["key"] for edition in json.loads(path.read_text(encoding="utf-8"))["editions"]}
