"""Where a person's name or address stands in texts of any table, and what the texts are without them."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, quote_plus

from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import models
from django.db.models import Field, Q
from django.db.models.functions import Cast
from django.utils.html import escape
from django.utils.text import slugify

from accounts.naming import NameColumn
from kit.holding import Person
from kit.templatetags.swedish import sentence
from privacy.held import EXCEPTIONS, HELD, NOTHING, PRINTED

ADDRESS_GONE = "borttagen adress"
# What a session holds is packed (privacy/sessions.py).
UNREAD = (Session, ContentType)


@dataclass(frozen=True)
class Place:
    """A row in which the person is named: its columns with the texts that replace them, and those that stay as named
    exceptions or because the name may mean somebody else."""

    model: type[models.Model]
    key: int
    new: Mapping[str, Any]
    excepted: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()

    @property
    def called(self) -> str:
        return sentence(str(self.model._meta.verbose_name))


def places_of(person: Person, gone: Mapping[type[models.Model], Collection[int]]) -> Iterator[Place]:
    """Yield every row that names the person, but for those that are `gone` when it is erased."""
    for model in (*HELD, *NOTHING):
        if model not in UNREAD and (columns := text_columns(model)):
            yield from _places_in(model, columns, person, gone.get(model, ()))


def text_columns(model: type[models.Model]) -> list[Field[Any, Any]]:
    kinds = (models.CharField, models.TextField, models.JSONField)
    fields = model._meta.concrete_fields
    return [field for field in fields if isinstance(field, kinds) and not field.choices and not field.primary_key]


def _places_in(
    model: type[models.Model], columns: list[Field[Any, Any]], person: Person, gone: Collection[int]
) -> Iterator[Place]:
    rows = model._base_manager.exclude(pk__in=gone)
    if person.key is not None and model._meta.label == "accounts.User":
        rows = rows.exclude(pk=person.key)  # it gets another name of its own
    own = set() if person.is_alone else _own(model, person)
    names, addresses = names_wanted(person), addresses_wanted(person)
    kept = _excepted(model)
    for row in _that_name(rows, columns, names, addresses).order_by("pk"):
        searched = Searched(model, row, kept.get(row.pk, ()), is_own=person.is_alone or row.pk in own)
        if place := searched.read(columns, names, addresses, person):
            yield place


def _own(model: type[models.Model], person: Person) -> set[int]:
    holding = HELD.get(model)
    return set(holding.rows_about(model, person).values_list("pk", flat=True)) if holding else set()


def _excepted(model: type[models.Model]) -> dict[int, tuple[str, ...]]:
    return {
        key: exception.columns
        for exception in EXCEPTIONS
        if exception.model is model
        for key in model._base_manager.filter(exception.rows()).values_list("pk", flat=True)
    }


def _that_name(rows: Any, columns: list[Field[Any, Any]], *every_wanted: Sought | None) -> Any:
    """Return the rows of which a column may match; the database looks without the edges of words."""
    wanted = "|".join(each.loose for each in every_wanted if each)
    if not wanted:
        return rows.none()
    every = Q()
    for column in columns:
        name = f"text_of_{column.name}"
        rows = rows.alias(**{name: Cast(column.name, models.TextField())})
        every |= Q(**{f"{name}__iregex": wanted})
    return rows.filter(every)


@dataclass(frozen=True)
class Searched:
    model: type[models.Model]
    row: models.Model
    excepted: tuple[str, ...]
    is_own: bool

    def read(
        self,
        columns: list[Field[Any, Any]],
        names: Sought | None,
        addresses: Sought | None,
        person: Person,
    ) -> Place | None:
        new: dict[str, Any] = {}
        stays: list[str] = []
        doubtful: list[str] = []
        for column in columns:
            value = getattr(self.row, column.attname)
            is_named, is_addressed = is_in(value, names), is_in(value, addresses)
            if column.name in self.excepted and (is_named or is_addressed):
                stays.append(column.name)
                continue
            if is_named and not self.is_own and not isinstance(column, NameColumn):
                doubtful.append(column.name)
            without = replaced(value, addresses, ADDRESS_GONE, slugify(ADDRESS_GONE)) if is_addressed else value
            if is_named and self.is_own:
                without = self._without_name(column, without, names, person)
            if without != value:
                new[column.name] = self._fitted(column, without)
        if not (new or stays or doubtful):
            return None
        return Place(self.model, self.row.pk, new, tuple(stays), tuple(doubtful))

    def _without_name(self, column: Field[Any, Any], value: Any, names: Sought | None, person: Person) -> Any:
        printed = PRINTED.get(self.model)
        if printed and column.name in printed.empties:
            return ""
        return replaced(value, names, person.instead, f"{slugify(person.instead)}-{person.key or 0}")

    def _fitted(self, column: Field[Any, Any], value: Any) -> Any:
        if not isinstance(value, str):
            return value
        if value == ADDRESS_GONE:
            value = ""  # a column of an address alone
        if column.unique:
            value = f"{value}-{self.row.pk}"
        return value[: column.max_length] if column.max_length else value


@dataclass(frozen=True)
class Sought:
    """What is looked for: the `pattern`, and `loose` for the database, which writes the edges of words otherwise."""

    pattern: re.Pattern[str]
    loose: str


def names_wanted(person: Person) -> Sought | None:
    """Look for any of the names as whole words; a Swedish genitive keeps its s."""
    words = _either({form for name in person.names for form in _written(name)})
    keys = _either({key for name in person.names for key in _as_keys(name) if not key.isalnum()})
    return _wanted(rf"(?<!\w)(?:{words})(?=s?(?!\w))", words, f"(?:{keys})s?(?![^\\W_])" if keys else "", keys)


def addresses_wanted(person: Person) -> Sought | None:
    words = _either({form for address in person.addresses for form in _written(address)})
    begins = _either({key for address in person.addresses for key in _begins_keys(address)})
    # A key may end before the address does.
    return _wanted(rf"(?<![\w.+-])(?:{words})(?![\w-]|\.\w)", words, f"(?:{begins})[a-z0-9]*" if begins else "", begins)


def names_person(person: Person, text: str) -> bool:
    """Return whether a text has the person's address, or a name that nobody else has."""
    return is_in(text, addresses_wanted(person)) or (person.is_alone and is_in(text, names_wanted(person)))


def _wanted(in_text: str, words: str, in_keys: str, keys: str) -> Sought | None:
    """Look in texts, and in the keys that are made of titles."""
    if not words:
        return None
    either = rf"{in_text}|(?<![^\W_])(?P<key>{in_keys})" if in_keys else in_text
    return Sought(re.compile(either, re.IGNORECASE), "|".join(filter(None, (words, keys))))


def _either(forms: Collection[str]) -> str:
    longest_first = sorted(forms, key=len, reverse=True)
    return "|".join(r"\s+".join(re.escape(word) for word in form.split()) for form in longest_first)


def _written(text: str) -> set[str]:
    return {text, json.dumps(text)[1:-1], escape(text), quote(text), quote_plus(text)}


def _as_keys(text: str) -> set[str]:
    key = slugify(text)
    return {key, key.replace("-", "_")}


def _begins_keys(address: str) -> set[str]:
    local, _, domain = address.partition("@")
    return {f"{key}{slugify(domain)[:4]}" for key in _as_keys(local)}


def is_in(value: Any, wanted: Sought | None) -> bool:
    if wanted is None:
        return False
    if isinstance(value, str):
        return bool(wanted.pattern.search(value))
    if isinstance(value, Mapping):
        return any(is_in(part, wanted) for pair in value.items() for part in pair)
    return isinstance(value, list) and any(is_in(part, wanted) for part in value)


def replaced(value: Any, wanted: Sought | None, instead: str, in_key: str) -> Any:
    """Return the text, or the texts of a value of JSON, with other words; at the start of a text they get a capital.

    `in_key` stands in a key that was made of a title, where the words cannot.
    """
    if wanted is None:
        return value
    if isinstance(value, str):
        return wanted.pattern.sub(lambda match: _other_words(match, instead, in_key), value)
    if isinstance(value, Mapping):
        return {
            replaced(key, wanted, instead, in_key): replaced(part, wanted, instead, in_key)
            for key, part in value.items()
        }
    return [replaced(part, wanted, instead, in_key) for part in value] if isinstance(value, list) else value


def _other_words(match: re.Match[str], instead: str, in_key: str) -> str:
    if match.groupdict().get("key"):
        return in_key.replace("-", "_") if "_" in match.string else in_key
    is_first = match.start() == 0 and match.end() < len(match.string)
    return instead[0].upper() + instead[1:] if is_first else instead
