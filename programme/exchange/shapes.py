"""What a package is made of: kinds of values, objects, lists, and the walk that holds a document against them.

The walk is our own: a refusal must name the path and the expectation in one line, numbers may not pass for texts nor
true for 1, and the texts' limits are the models' own. No library at hand says all that in less.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models

from programme.exchange.parsing import Malformed, Pairs, is_storable, shown, step_into

# What PostgreSQL holds in the columns of the format's numbers.
LARGEST, LARGEST_SUM = 32767, 2147483647
LONGEST_ADDRESS = 500


@dataclass(frozen=True)
class Kind:
    """What may stand at a place: the expectation in words, and the test of it."""

    expected: str
    fits: Callable[[Any], bool]

    def check(self, value: object, path: str, version: int) -> None:
        if not self.fits(value):
            raise Malformed(path, self.expected, shown(value))


@dataclass(frozen=True)
class Field:
    """A column that has the same name in the package: what may stand there, what stands where nothing is said, and
    the way from the package to the column and back."""

    kind: "Kind | Shape | Rows | OrNull"
    empty: object = None
    read: Callable[[Any], Any] = lambda value: value
    write: Callable[[Any], Any] = lambda value: value


Fields = Mapping[str, Field]


@dataclass(frozen=True)
class Shape:
    """An object with exactly these keys; those of `later` are version 2's."""

    keys: Mapping[str, "Kind | Shape | Rows | Named | OrNull"]
    later: Fields = field(default_factory=dict)

    def check(self, value: object, path: str, version: int) -> None:
        an_object(value, path)
        assert isinstance(value, dict)
        keys = {**self.keys, **({name: added.kind for name, added in self.later.items()} if version > 1 else {})}
        for key in value:
            if key not in keys:
                raise Malformed(step_into(path, key), "no such key")
        for key, kind in keys.items():
            if key not in value:
                raise Malformed(step_into(path, key), "this key", "nothing")
            kind.check(value[key], step_into(path, key), version)


@dataclass(frozen=True)
class Rows:
    """A list of the same."""

    of: Shape | Kind

    def check(self, value: object, path: str, version: int) -> None:
        if not isinstance(value, list):
            raise Malformed(path, "a list", shown(value))
        for index, row in enumerate(value):
            self.of.check(row, step_into(path, index), version)


@dataclass(frozen=True)
class Named:
    """An object with free keys; whether they are known is a question for the meaning."""

    of: Shape | Kind

    def check(self, value: object, path: str, version: int) -> None:
        an_object(value, path)
        assert isinstance(value, dict)
        for key, row in value.items():
            self.of.check(row, step_into(path, key), version)


@dataclass(frozen=True)
class OrNull:
    """An object, or null where there is none."""

    of: Shape

    def check(self, value: object, path: str, version: int) -> None:
        if value is not None:
            self.of.check(value, path, version)


def an_object(value: object, path: str) -> None:
    if not isinstance(value, dict):
        raise Malformed(path, "an object", shown(value))
    if isinstance(value, Pairs) and value.repeated is not None:
        raise Malformed(step_into(path, value.repeated), "each key once", "it twice")


def limit(model: type[models.Model], field: str) -> int | None:
    return getattr(model._meta.get_field(field), "max_length", None)


def text(most: int | None = None) -> Kind:
    expected = f"a text of at most {most} characters" if most else "a text"

    def fits(value: object) -> bool:
        if not (isinstance(value, str) and is_storable(value) and value.strip()):
            return False
        return most is None or len(value) <= most

    return Kind(expected, fits)


def slug(most: int | None) -> Kind:
    def fits(value: object) -> bool:
        return isinstance(value, str) and bool(re.fullmatch(r"[-\w]+", value, re.ASCII)) and len(value) <= (most or 0)

    return Kind(f"a text of letters a–z, digits, - and _, at most {most} characters", fits)


def one_of(values: Iterable[str]) -> Kind:
    allowed = tuple(values)
    return Kind(
        " or ".join(f'"{value}"' for value in allowed), lambda value: isinstance(value, str) and value in allowed
    )


def or_null(kind: Kind) -> Kind:
    return Kind(f"{kind.expected}, or null", lambda value: value is None or kind.fits(value))


def number(least: int, most: int) -> Kind:
    return Kind(f"a whole number {least}–{most}", lambda value: type(value) is int and least <= value <= most)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and is_storable(value)


def _is_day(value: object) -> bool:
    if not (isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII)):
        return False
    try:
        return bool(date.fromisoformat(value))
    except ValueError:
        return False


def _is_hour(value: object) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?", value, re.ASCII))


def _is_address(value: object) -> bool:
    try:
        URLValidator()(value)
    except ValidationError:
        return False
    return isinstance(value, str) and len(value) <= LONGEST_ADDRESS


def _is_code(value: object) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"\d{2}|\d{4}", value, re.ASCII))


DAY = Kind("a day as YYYY-MM-DD", _is_day)
HOUR = Kind("a time as HH:MM or HH:MM:SS", _is_hour)
ADDRESS = Kind(f"a web address of at most {LONGEST_ADDRESS} characters", _is_address)
CODE = Kind("a code of two or four digits as a text", _is_code)
FLAG = Kind("true or false", lambda value: type(value) is bool)
ANY_TEXT = Kind("a text, empty or not", _is_text)
LONG = text()
COUNT = number(1, LARGEST)


def read(fields: Fields, row: Mapping[str, Any]) -> dict[str, Any]:
    """The columns' values of a row of the package."""
    return {name: column.read(row[name]) for name, column in fields.items()}


def written(fields: Fields, row: models.Model) -> dict[str, Any]:
    return {name: column.write(getattr(row, name)) for name, column in fields.items()}


def kinds(fields: Fields) -> dict[str, "Kind | Shape | Rows | Named | OrNull"]:
    return {name: column.kind for name, column in fields.items()}


def words(kind: Kind) -> Field:
    """A text, which the package has as null where it is empty."""
    return Field(or_null(kind), None, lambda value: value or "", lambda value: value or None)


def own(model: type[models.Model], name: str) -> Field:
    """A short text, no longer than its column takes."""
    return words(text(limit(model, name)))


def count(least: int, empty: int | None = None, most: int = LARGEST) -> Field:
    """A number; where it may be missing, null."""
    kind = number(least, most)
    return Field(or_null(kind) if empty is None else kind, empty)


def day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def day_text(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _hour(value: str | None) -> time | None:
    return time.fromisoformat(value) if value else None


def _hour_text(value: time | None) -> str | None:
    return value.isoformat().removesuffix(":00") if value else None


A_DAY = Field(or_null(DAY), None, day, day_text)
THE_DAY = Field(DAY, None, day, day_text)
AN_HOUR = Field(or_null(HOUR), None, _hour, _hour_text)
AN_ADDRESS = words(ADDRESS)
YES_NO_OR_NEITHER = Field(or_null(FLAG))
NO_ROWS: list[object] = []
