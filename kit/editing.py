"""Saving of a row if its content is unchanged since the page was drawn.

The caller is in a transaction and has locked the row, or the row that it belongs to. It writes the trail itself, and
only if there are `Changes`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model

from kit.refusals import ActionRefused
from kit.staleness import Content, Stale, content_of, digest


@dataclass(frozen=True)
class Changes:
    """The fields with a new value, before and after. A row that was not stored has nothing before."""

    before: Content
    after: Content

    @property
    def names(self) -> list[str]:
        return list(self.after)

    def touch(self, names: Collection[str]) -> bool:
        return any(name in names for name in self.after)

    def labels(self, model: type[Model]) -> str:
        return ", ".join(str(model._meta.get_field(name).verbose_name) for name in self.after)  # type: ignore[union-attr]


def refuse_stale(stored: Content, *, seen: str | None) -> None:
    """Raise `Stale` if the stored content differs from the page's digest; `seen` is None where there was no page."""
    if seen is not None and seen != digest(stored):
        raise Stale(stored)


def compare(stored: Content, new: Content, *, seen: str | None) -> Changes | None:
    """Return the changes that `new` makes, or None if there are none; raise `Stale` if the page is out of date.

    Only the names in `new` are compared. The same content again is no change, however old the page is, so a double
    click saves nothing twice.
    """
    before = {name: stored[name] for name in new if name in stored}
    if before == dict(new):
        return None
    refuse_stale(before, seen=seen)
    changed = [name for name in new if name not in before or before[name] != new[name]]
    return Changes({name: before[name] for name in changed if name in before}, {name: new[name] for name in changed})


def change(row: Model, new: Mapping[str, Any], *, seen: str | None) -> Changes | None:
    """Set the changed fields on the row without saving it, for a caller that has more to check."""
    if row.pk is None:
        changes: Changes | None = Changes({}, dict(new))
    else:
        changes = compare(content_of(row, *new), new, seen=seen)
    if changes:
        _set(row, changes.after)
    return changes


def save(row: Model, new: Mapping[str, Any], *, seen: str | None, **beside: Any) -> Changes | None:
    """Save the changed fields of a row, or a new row; `beside` is stored with a change and never compared."""
    is_new = row.pk is None
    changes = change(row, new, seen=seen)
    if changes is None:
        return None
    _set(row, beside)
    if is_new:
        row.save()
    else:
        row.save(update_fields=[*changes.after, *beside, *_stamps(row)])
    return changes


def refuse_broken_rule(row: Model, *, field: str) -> None:
    """Refuse, at the field, what the database would refuse, with the constraint's own sentence."""
    try:
        row.validate_constraints()
    except ValidationError as error:
        raise ActionRefused(error.messages[0], field=field) from error


def _set(row: Model, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def _stamps(row: Model) -> list[str]:
    # Django fills in these fields at each save, but not where `update_fields` leaves them out.
    return [field.name for field in row._meta.concrete_fields if getattr(field, "auto_now", False)]
