"""The vocabulary with which an app's `carried.py` states how the cohort package carries its models (data/FORMAT.md)."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from kit.days import is_near
from kit.fields import web_address

# The largest numbers that PostgreSQL can store in the columns.
LARGEST, LARGEST_SUM = 32767, 2147483647
LONGEST_ADDRESS = 500
SURROGATES = range(0xD800, 0xE000)
NO_ROWS: list[object] = []


@dataclass(frozen=True)
class ValueKind:
    """A kind of value: the expectation in words, and the test of it."""

    expected: str
    fits: Callable[[Any], bool]


@dataclass(frozen=True)
class Field:
    """A key of an object in the package; `exchange` looks up the rows that it refers to or lists.

    `empty` is the value where nothing is given, `since` is the first version of the format with the key, and `column`
    is the model's name for it if that differs.
    """

    kind: "ValueKind | Shape | Rows | FreeKeys | OrNull"
    empty: object = None
    since: int = 1
    column: str = ""


@dataclass(frozen=True)
class CarriedColumn(Field):
    """A key whose value goes into a column, and comes out of it, without a lookup."""

    read: Callable[[Any], Any] = lambda value: value
    write: Callable[[Any], Any] = lambda value: value


@dataclass(frozen=True)
class Shape:
    """An object with exactly these keys, and the model of which it is a row.

    `by_place` names the model's columns that follow from the object's place in the package. `known_by` names those by
    which a row of a list without keys is recognised.
    """

    fields: Mapping[str, Field]
    model: type[models.Model] | None = None
    by_place: tuple[str, ...] = ()
    known_by: tuple[str, ...] = ()

    def keys(self, version: int) -> dict[str, Field]:
        return {key: field for key, field in self.fields.items() if field.since <= version}

    def columns(self) -> dict[str, str]:
        return {key: field.column or key for key, field in self.fields.items()}


@dataclass(frozen=True)
class Rows:
    """A list of objects or values of the same kind."""

    of: Shape | ValueKind


@dataclass(frozen=True)
class FreeKeys:
    """An object with free keys; the consistency checks decide whether they are known."""

    of: Shape | ValueKind


@dataclass(frozen=True)
class OrNull:
    """An object, or null where there is none."""

    of: Shape


Value = ValueKind | Shape | Rows | FreeKeys | OrNull


def together(*parts: Shape | Mapping[str, Field]) -> Shape:
    """Return the object that several apps have parts of; keys of later versions come last."""
    fields = [item for part in parts for item in (part.fields if isinstance(part, Shape) else part).items()]
    return Shape(dict(sorted(fields, key=lambda item: item[1].since)))


def read(shape: Shape, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of the row's columns, without those that the row's version of the format lacks."""
    return {
        field.column or key: field.read(row[key])
        for key, field in shape.fields.items()
        if isinstance(field, CarriedColumn) and key in row
    }


def written(shape: Shape, row: models.Model, **looked_up: Any) -> dict[str, Any]:
    """Return the row as an object of the package; `looked_up` has the values of the other keys."""
    return {
        key: field.write(getattr(row, field.column or key)) if isinstance(field, CarriedColumn) else looked_up[key]
        for key, field in shape.fields.items()
    }


# Kinds of values


def limit(model: type[models.Model], name: str) -> int | None:
    return getattr(model._meta.get_field(name), "max_length", None)


def is_storable(text: str) -> bool:
    # PostgreSQL refuses NUL, and every database half of a surrogate pair.
    return "\0" not in text and not any(ord(character) in SURROGATES for character in text)


def a_text(most: int | None = None) -> ValueKind:
    expected = f"a text of at most {most} characters" if most else "a text"

    def fits(value: object) -> bool:
        if not (isinstance(value, str) and is_storable(value) and value.strip()):
            return False
        return most is None or len(value) <= most

    return ValueKind(expected, fits)


def a_slug(most: int | None) -> ValueKind:
    def fits(value: object) -> bool:
        return isinstance(value, str) and bool(re.fullmatch(r"[-\w]+", value, re.ASCII)) and len(value) <= (most or 0)

    return ValueKind(f"a text of letters a–z, digits, - and _, at most {most} characters", fits)


def any_of(values: Iterable[str]) -> ValueKind:
    allowed = tuple(values)
    return ValueKind(
        " or ".join(f'"{value}"' for value in allowed), lambda value: isinstance(value, str) and value in allowed
    )


def or_null(kind: ValueKind) -> ValueKind:
    return ValueKind(f"{kind.expected}, or null", lambda value: value is None or kind.fits(value))


def a_number(least: int, most: int) -> ValueKind:
    return ValueKind(f"a whole number {least}–{most}", lambda value: type(value) is int and least <= value <= most)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and is_storable(value)


def _is_day(value: object) -> bool:
    if not (isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII)):
        return False
    try:
        return is_near(date.fromisoformat(value))
    except ValueError:
        return False


def _is_hour(value: object) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?", value, re.ASCII))


def _is_address(value: object) -> bool:
    try:
        web_address(value)
    except ValidationError:
        return False
    return isinstance(value, str) and len(value) <= LONGEST_ADDRESS


DAY = ValueKind("a day as YYYY-MM-DD from 2000 to 2100", _is_day)
HOUR = ValueKind("a time as HH:MM or HH:MM:SS", _is_hour)
ADDRESS = ValueKind(f"a web address of at most {LONGEST_ADDRESS} characters", _is_address)
FLAG = ValueKind("true or false", lambda value: type(value) is bool)
ANY_TEXT = ValueKind("a text, empty or not", _is_text)
LONG_TEXT = a_text()


# Columns. `options` are `empty`, `since` and `column` of the field.


def choice(values: Iterable[str], **options: Any) -> CarriedColumn:
    return CarriedColumn(any_of(values), **options)


def flag(**options: Any) -> CarriedColumn:
    return CarriedColumn(FLAG, **options)


def flag_or_null(**options: Any) -> CarriedColumn:
    return CarriedColumn(or_null(FLAG), **options)


def words(kind: ValueKind = LONG_TEXT, **options: Any) -> CarriedColumn:
    # An empty text is null in the package.
    return CarriedColumn(or_null(kind), read=lambda value: value or "", write=lambda value: value or None, **options)


def short(model: type[models.Model], name: str, **options: Any) -> CarriedColumn:
    """Return the column of a text that may be missing, no longer than the model's."""
    return words(a_text(limit(model, name)), **options)


def title(model: type[models.Model], name: str, **options: Any) -> CarriedColumn:
    """Return the column of a required text, no longer than the model's."""
    return CarriedColumn(a_text(limit(model, name)), **options)


def number(least: int, most: int = LARGEST, **options: Any) -> CarriedColumn:
    return CarriedColumn(a_number(least, most), **options)


def number_or_null(least: int, most: int = LARGEST, **options: Any) -> CarriedColumn:
    return CarriedColumn(or_null(a_number(least, most)), **options)


def address(**options: Any) -> CarriedColumn:
    return words(ADDRESS, **options)


def day(**options: Any) -> CarriedColumn:
    return CarriedColumn(DAY, read=date.fromisoformat, write=date.isoformat, **options)


def day_or_null(**options: Any) -> CarriedColumn:
    return CarriedColumn(or_null(DAY), read=to_day, write=day_text, **options)


def hour_or_null(**options: Any) -> CarriedColumn:
    return CarriedColumn(or_null(HOUR), read=_to_hour, write=_hour_text, **options)


def to_day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def day_text(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _to_hour(value: str | None) -> time | None:
    return time.fromisoformat(value) if value else None


def _hour_text(value: time | None) -> str | None:
    return value.isoformat().removesuffix(":00") if value else None
