"""Reads the catalogue of key figures and the starter collection from the data files, for the migration."""

import csv
import json
from pathlib import Path
from typing import Any


def load_catalogue(path: Path, models: Any) -> None:
    """Store every key figure of the file; `models` returns a historical model by name."""
    key_figure = models("KeyFigure")
    with path.open(encoding="utf-8", newline="") as file:
        key_figure.objects.bulk_create(_key_figure(key_figure, row) for row in csv.DictReader(file))


def _key_figure(key_figure: Any, row: dict[str, str]) -> Any:
    names = {"title": "title", "source": "source", "operating_area": "operating_area", "perspective": "perspective"}
    values = {name: " ".join(row[column].split()) for name, column in names.items()}
    place_kind, units = row["municipality_type"], row["has_ou_data"] == "ja"
    return key_figure(code=row["id"], place_kind=place_kind, has_units=units, **values)


def load_starters(path: Path, models: Any, goals: Any) -> None:
    """Store the key figures to begin with, each under its national goal; `goals` is the historical model of goals."""
    document = json.loads(path.read_text(encoding="utf-8"))
    starter = models("StarterFigure")
    known = {row.code: row for row in models("KeyFigure").objects.all()}
    numbered = {row.number: row for row in goals.objects.exclude(number=None)}
    starter.objects.bulk_create(
        starter(goal=numbered.get(group["goal"]), key_figure=known[figure["id"]], position=position)
        for group in document["goals"]
        for position, figure in enumerate(group["kpis"], 1)
    )
