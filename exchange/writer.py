"""A writer that stores a package's rows: a row that differs is written, and any other is left alone."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from typing import Any, TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)


def differing(stored: models.Model | None, values: dict[str, Any]) -> dict[str, Any]:
    if stored is None:
        return values
    return {name: value for name, value in values.items() if getattr(stored, name) != value}


def places(stored: Sequence[Any], last: int) -> list[int]:
    """Return positions that keep the package's order.

    Rows already in that order keep their positions, so that part of a package renumbers nothing, and new rows after
    them follow the last stored one. Otherwise all the package's rows are numbered anew.
    """
    known = [(row.position, row.pk) for row in stored if row is not None]
    new = len(stored) - len(known)
    if known == sorted(known) and all(row is None for row in stored[len(known) :]):
        return [position for position, _ in known] + [last + 1 + i for i in range(new)]
    return list(range(len(stored)))


def same_rows(stored: Iterable[Row], rows: Sequence[dict[str, Any]], names: Sequence[str]) -> list[Row | None]:
    """Return, for each row, the stored row that has the same values of these names. Equal rows are matched in order."""
    known: defaultdict[Hashable, list[Row]] = defaultdict(list)
    for row in stored:
        known[tuple(getattr(row, name) for name in names)].append(row)
    used: Counter[Hashable] = Counter()
    same: list[Row | None] = []
    for values in rows:
        identity = tuple(values[name] for name in names)
        same.append(known[identity][used[identity]] if used[identity] < len(known[identity]) else None)
        used[identity] += 1
    return same


class Writer:
    """Writes the rows that differ; `wrote` is true once there was any."""

    def __init__(self) -> None:
        self.wrote = False
        self._new: dict[type[models.Model], list[models.Model]] = {}

    def put(self, model: type[Row], stored: Row | None, key: dict[str, Any], values: dict[str, Any]) -> Row:
        changes = differing(stored, values)
        if stored is None:
            self.wrote = True
            return model._default_manager.create(**key, **values)
        self.change(stored, changes)
        return stored

    def put_later(self, model: type[Row], stored: Row | None, key: dict[str, Any], values: dict[str, Any]) -> None:
        """Do as `put` for a row that no other row refers to: new rows are written together by `flush`."""
        if stored is None:
            self._new.setdefault(model, []).append(model(**key, **values))
        else:
            self.change(stored, differing(stored, values))

    def change(self, stored: models.Model, changes: dict[str, Any]) -> None:
        if not changes:
            return
        self.wrote = True
        if hasattr(stored, "revision"):
            # A form that was opened before the import must be refused as stale.
            changes = {**changes, "revision": stored.revision + 1}
        for name, value in changes.items():
            setattr(stored, name, value)
        stamps = [field.name for field in stored._meta.fields if getattr(field, "auto_now", False)]
        stored.save(update_fields=[*changes, *stamps])

    def flush(self) -> None:
        for model, rows in self._new.items():
            self.wrote = True
            model._default_manager.bulk_create(rows)
        self._new.clear()
