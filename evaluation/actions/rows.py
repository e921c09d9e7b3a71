"""The locked row that an action changes."""

from typing import TypeVar

from django.db import models

from kit.refusals import ActionRefused

Row = TypeVar("Row", bound=models.Model)
GONE = "Någon har tagit bort det sedan du öppnade sidan. Kopiera det du skrev, om du vill ha det kvar."


def locked_row(row: Row) -> Row:
    if row.pk is None:
        return row
    rows = type(row)._base_manager.select_for_update(of=("self",), no_key=True)
    stored: Row | None = rows.filter(pk=row.pk).first()
    if stored is None:
        raise ActionRefused(GONE)
    return stored


def is_removed(row: models.Model) -> bool:
    """Delete the row, and return True if it was there: a second click writes no second row in the trail."""
    return bool(type(row)._base_manager.filter(pk=row.pk).delete()[0])
