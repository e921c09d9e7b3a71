"""What is stored about a person, as the page, the printed page and the JSON tell it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.template.defaultfilters import date as format_date
from django.utils import timezone

from accounts.models import User
from kit.holding import Held, Person
from kit.models import AuditEvent
from kit.templatetags.swedish import sentence
from privacy.held import HELD
from privacy.kinds import SENTENCES

# Rows of a table on the page; the file has them all.
MOST_ON_PAGE = 50
NOTHING = "–"


@dataclass(frozen=True)
class StoredTable:
    """A table's rows about the person. `goes` says if erasing takes the rows or only the name in them."""

    name: str
    label: str
    goes: bool
    columns: list[str]
    labels: list[str]
    rows: list[list[Any]]
    number: int

    @property
    def words(self) -> list[list[str]]:
        return [[in_words(value) for value in row] for row in self.rows]

    @property
    def first(self) -> list[tuple[str, str]]:
        return list(zip(self.labels, self.words[0], strict=True))

    @property
    def is_cut(self) -> bool:
        return self.number > len(self.rows)


def stored_about(person: Person, most: int | None = None) -> Iterator[StoredTable]:
    """Yield the tables with rows about the person, each with its newest rows, at most `most`."""
    for model, holding in HELD.items():
        rows = holding.rows_about(model, person).order_by("-pk")
        if number := rows.count():
            yield StoredTable(
                name=model._meta.db_table,
                label=sentence(holding.called or str(model._meta.verbose_name_plural)),
                goes=holding.deletes or holding.erases is not None,
                columns=list(holding.shows),
                labels=[_label(model, holding, name) for name in holding.shows],
                rows=[_values(row, holding.shows, person) for row in _with_what_is_shown(rows, holding.shows)[:most]],
                number=number,
            )


def _label(model: type[models.Model], holding: Held, name: str) -> str:
    field = model._meta.get_field(name)
    return sentence(holding.labels.get(name) or str(getattr(field, "verbose_name", name)))


def _with_what_is_shown(rows: models.QuerySet, shows: Iterable[str]) -> models.QuerySet:
    """Read with the rows what they point to, and what that points to, since its name may be made of both."""
    ways = []
    for name in shows:
        field = rows.model._meta.get_field(name)
        if isinstance(field, models.ForeignKey) and field.related_model is not User:
            ways.append(name)
            further: Any = field.related_model
            ways += [
                f"{name}__{next_one.name}"
                for next_one in further._meta.concrete_fields
                if isinstance(next_one, models.ForeignKey) and next_one.related_model is not User
            ]
    return rows.select_related(*ways) if ways else rows


def _values(row: models.Model, shows: Iterable[str], person: Person) -> list[Any]:
    return [_value(row, name, person) for name in shows]


def _value(row: models.Model, name: str, person: Person) -> Any:
    field: Any = row._meta.get_field(name)
    if field.is_relation and field.related_model is User:
        key = getattr(row, field.attname)
        return None if key is None else "du" if key == person.key else "någon annan"
    if field.is_relation:
        value = getattr(row, name)
        return None if value is None else str(value)
    if isinstance(row, AuditEvent) and name == "kind":
        return SENTENCES.get(row.kind, row.kind)
    if field.choices:
        return str(getattr(row, f"get_{name}_display")())
    return getattr(row, name)


def in_words(value: Any) -> str:
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return "Ja" if value else "Nej"
    if isinstance(value, datetime):
        return format_date(timezone.localtime(value), "j F Y H.i")
    if isinstance(value, date):
        return format_date(value, "j F Y")
    return str(value).replace(".", ",") if isinstance(value, float) else str(value)
