"""A report's content as plain values of JSON, and back again: an edition is printed from them alone."""

import json
from collections.abc import Mapping
from dataclasses import Field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from hashlib import sha256
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from kit.rich import Document, read_document
from reports.content.base import ReportContent

Content = TypeVar("Content", bound=ReportContent)


class NotFrozen(ValueError):
    """A value was not frozen from that kind of content."""


def freeze(content: ReportContent) -> dict[str, Any]:
    """Return the content without its stamp, which is the edition's own, and without the mark of a draft."""
    plain = _plain(content)
    del plain["stamp"]
    plain["cover"]["draft"] = False
    return plain


def checksum_of(frozen: Mapping[str, Any]) -> str:
    return sha256(json.dumps(frozen, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def thaw(kind: type[Content], frozen: Any) -> Content:
    """Return the content that was frozen; raise `NotFrozen` for any other value."""
    try:
        return _value(kind, frozen)
    except (TypeError, KeyError, ValueError, ArithmeticError) as error:
        raise NotFrozen(str(error)) from error


def _plain(value: Any) -> Any:
    if isinstance(value, Document):
        return value.as_json()
    if is_dataclass(value):
        return {
            part.name: _plain(getattr(value, part.name)) for part in fields(value) if not _says_nothing(value, part)
        }
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal | Fraction):
        return str(value)
    if value is None or isinstance(value, str | int | float):
        # A text of a template or a choice is a kind of str; JSON has only texts.
        return str(value) if isinstance(value, str) else value
    raise TypeError(f"A report holds no {type(value).__name__}.")


def _says_nothing(value: Any, part: Field[Any]) -> bool:
    return bool(part.metadata.get("later")) and getattr(value, part.name) == part.default


@cache
def _parts(kind: type[Any]) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {part.name: hints[part.name] for part in fields(kind) if part.init}


def _value(kind: Any, value: Any) -> Any:
    origin, args = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return None if value is None else _one_of([arg for arg in args if arg is not NoneType], value)
    if origin is tuple:
        return _tuple(args, value)
    if kind is Document:
        return read_document(value)
    if is_dataclass(kind):
        # A field that came later has a default, and one that has gone is not read.
        parts = _parts(kind)  # type: ignore[arg-type]
        return kind(**{name: _value(part, value[name]) for name, part in parts.items() if name in value})  # type: ignore[operator]
    if kind is date:
        return date.fromisoformat(value)
    if kind in (Decimal, Fraction):
        return kind(_text(value))
    if type(value) is not kind:
        raise NotFrozen(f"{value!r} is no {kind}.")
    return value


def _one_of(kinds: list[Any], value: Any) -> Any:
    if len(kinds) == 1:
        return _value(kinds[0], value)
    # The kinds of a figure: a fraction has its own sign.
    if type(value) is int:
        return value
    return Fraction(value) if "/" in _text(value) else Decimal(value)


def _tuple(args: tuple[Any, ...], value: Any) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise NotFrozen(f"{value!r} is no list.")
    kinds = [args[0]] * len(value) if args[-1] is Ellipsis else list(args)
    return tuple(_value(kind, part) for kind, part in zip(kinds, value, strict=True))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise NotFrozen(f"{value!r} is no text.")
    return value
