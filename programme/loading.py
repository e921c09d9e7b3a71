"""The concept editions, read from the project's data file by a migration (data/editions.json)."""

import json
from pathlib import Path
from typing import Any

FACTS = ("key", "name", "description", "source", "kind", "duration_months", "mentor_model", "fee")


def load_editions(path: Path, models: Any) -> None:
    """Every edition with its steps; `models` gives a model by app and name."""
    document = json.loads(path.read_text(encoding="utf-8"))
    for position, row in enumerate(document["editions"]):
        checklist = models("checklist", "Checklist").objects.get(key=row["checklist"])
        facts = {name: row[name] for name in FACTS}
        edition = models("programme", "Edition").objects.create(**facts, checklist=checklist, position=position)
        _steps(edition, row["steps"], document["lists"], models)
        lists = {"EditionHostTask": document["host_tasks"], "EditionSection": document["sections"]}
        for name, rows in {**lists, "EditionResult": row["results"]}.items():
            model = models("programme", name)
            model.objects.bulk_create(model(edition=edition, position=at, **one) for at, one in enumerate(rows))


def _steps(edition: Any, rows: list[dict[str, Any]], lists: dict[str, list[dict[str, Any]]], models: Any) -> None:
    made: dict[str, Any] = {}
    apart = ("key", "prepares", "preparations", "agenda")
    for position, row in enumerate(rows):
        fields = {name: value for name, value in row.items() if name not in apart}
        step = models("programme", "EditionStep").objects.create(edition=edition, position=position, **fields)
        made[row["key"]] = step
        for name, part in (("EditionPreparation", "preparations"), ("EditionAgendaItem", "agenda")):
            model, lines = models("programme", name), lists.get(row.get(part, ""), [])
            # Parts of an agenda say their own place: those that run side by side share it.
            model.objects.bulk_create(model(step=step, **{"position": at, **line}) for at, line in enumerate(lines))
    for row in rows:
        if "prepares" in row:
            made[row["key"]].prepares = made[row["prepares"]]
            made[row["key"]].save()


def shipped(path: Path) -> set[str]:
    """The keys of the editions that come with the system: they are changed, but never deleted."""
    return {edition["key"] for edition in json.loads(path.read_text(encoding="utf-8"))["editions"]}
