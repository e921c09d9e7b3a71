"""How a row of a package meets the row that is stored: written when it differs, else left alone."""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)


def differing(stored: models.Model | None, values: dict[str, Any]) -> dict[str, Any]:
    if stored is None:
        return values
    return {name: value for name, value in values.items() if getattr(stored, name) != value}


def places(stored: Sequence[Any], last: int) -> list[int]:
    """The positions that keep the package's order.

    Rows already in that order keep their positions, so that part of a package renumbers nothing; new ones that
    come after them follow the last stored one. Otherwise all of the package's rows are numbered anew.
    """
    known = [(row.position, row.pk) for row in stored if row is not None]
    new = len(stored) - len(known)
    if known == sorted(known) and all(row is None for row in stored[len(known) :]):
        return [position for position, _ in known] + [last + 1 + i for i in range(new)]
    return list(range(len(stored)))


class Writer:
    """Writes what differs and knows whether anything was."""

    def __init__(self) -> None:
        self.wrote = False
        self._new: dict[type[models.Model], list[models.Model]] = {}

    def put(self, model: type[Row], stored: Row | None, key: dict[str, Any], values: dict[str, Any]) -> Row:
        """The row with these values: made, changed, or as it was."""
        changes = differing(stored, values)
        if stored is None:
            self.wrote = True
            return model._default_manager.create(**key, **values)
        self.change(stored, changes)
        return stored

    def put_later(self, model: type[Row], stored: Row | None, key: dict[str, Any], values: dict[str, Any]) -> None:
        """`put` for a row that nothing else refers to: new ones are written together by `flush`."""
        if stored is None:
            self._new.setdefault(model, []).append(model(**key, **values))
        else:
            self.change(stored, differing(stored, values))

    def change(self, stored: models.Model, changes: dict[str, Any]) -> None:
        if not changes:
            return
        self.wrote = True
        if hasattr(stored, "revision"):
            # A page drawn before the import must learn that the value has changed since.
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
