"""A walk that checks a document against the shapes of the package.

The walk is our own: a refusal must name the path and what was expected in one line, a number may not pass for a text
nor true for 1, and the lengths of texts are the models' own. No library we know does all of this with less code (ADR
7).
"""

from typing import Any

from exchange.parsing import Malformed, Pairs, shown, step_into
from exchange.schema import NEWEST, PACKAGE, VERSIONS
from kit.carrying import FreeKeys, OrNull, Rows, Shape, Value, ValueKind


def check_shape(document: object) -> dict[str, Any]:
    """Return the document if every key and value has its kind. A later version is refused before anything else."""
    version = VERSIONS[0]
    if isinstance(document, dict):
        for key in ("format", "version"):
            if key in document:
                _check(PACKAGE.fields[key].kind, document[key], f"$.{key}", version)
        version = document.get("version", version)
    _check(PACKAGE, document, "$", version)
    assert isinstance(document, dict)
    return document


def _check(kind: Value, value: Any, path: str, version: int) -> None:
    match kind:
        case ValueKind():
            _refuse_unless(kind.fits(value), value, path, kind.expected)
        case Shape():
            _check_keys(kind, value, path, version)
        case Rows(of):
            _refuse_unless(isinstance(value, list), value, path, "a list")
            for index, row in enumerate(value):
                _check(of, row, step_into(path, index), version)
        case FreeKeys(of):
            _refuse_all_but_an_object(value, path)
            for key, row in value.items():
                _check(of, row, step_into(path, key), version)
        case OrNull(of) if value is not None:
            _check(of, value, path, version)


def _check_keys(shape: Shape, value: Any, path: str, version: int) -> None:
    _refuse_all_but_an_object(value, path)
    fields = shape.keys(version)
    for key in value:
        if key not in fields:
            raise Malformed(step_into(path, key), "no such key")
    for key, field in fields.items():
        if key not in value:
            if field.since == NEWEST:  # it may have been added after the file was written
                continue
            raise Malformed(step_into(path, key), "this key", "nothing")
        _check(field.kind, value[key], step_into(path, key), version)


def _refuse_all_but_an_object(value: object, path: str) -> None:
    _refuse_unless(isinstance(value, dict), value, path, "an object")
    if isinstance(value, Pairs) and value.repeated is not None:
        raise Malformed(step_into(path, value.repeated), "each key once", "it twice")


def _refuse_unless(fits: bool, value: object, path: str, expected: str) -> None:
    if not fits:
        raise Malformed(path, expected, shown(value))
