"""Shapes of the cohort package (data/FORMAT.md), collected from the `carried.py` of each app."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from admission import carried as admission
from assessments import carried as assessments
from cohorts import carried as cohorts
from decisions import carried as decisions
from evaluation import carried as evaluation
from improvements import carried as improvements
from indicators import carried as indicators
from kit.carrying import (
    LONG_TEXT,
    NO_ROWS,
    Field,
    FreeKeys,
    OrNull,
    Rows,
    Shape,
    Value,
    ValueKind,
    any_of,
    together,
)
from meetings import carried as meetings
from mentoring import carried as mentoring
from reports import carried as reports

FORMAT = "modell-cohort"

COHORT = together(
    cohorts.COHORT,
    assessments.PLAN,
    reports.OF_COHORT,
    {"expected_results": Field(Rows(cohorts.EXPECTED_RESULT))},
    admission.OF_COHORT,
)
PARTICIPANT = together(
    cohorts.PARTICIPANT,
    decisions.OF_PARTICIPANT,
    mentoring.OF_PARTICIPANT,
    assessments.OF_PARTICIPANT,
    improvements.OF_PARTICIPANT,
    evaluation.OF_PARTICIPANT,
)
PARTS = {
    "cohort": Field(COHORT),
    "participants": Field(Rows(PARTICIPANT)),
    "groups": Field(Rows(cohorts.GROUP)),
    "meetings": Field(Rows(meetings.MEETING)),
    "assessments": Field(Rows(assessments.ASSESSMENT)),
    "efforts": Field(Rows(improvements.EFFORT)),
    "improvements": Field(Rows(improvements.IMPROVEMENT)),
    "reports": Field(Rows(reports.REPORT)),
    "periods": Field(Rows(meetings.PERIOD), NO_ROWS, since=2),
    "analyses": Field(Rows(indicators.ANALYSIS), NO_ROWS, since=3),
    **reports.OF_PACKAGE,
    **indicators.OF_PACKAGE,
    **evaluation.OF_PACKAGE,
}


def shapes(kind: Value) -> Iterator[Shape]:
    if isinstance(kind, Shape):
        yield kind
        for field in kind.fields.values():
            yield from shapes(field.kind)
    elif not isinstance(kind, ValueKind):
        yield from shapes(kind.of)


NEWEST = max(field.since for shape in shapes(Shape(PARTS)) for field in shape.fields.values())
VERSIONS = tuple(range(1, NEWEST + 1))
PACKAGE = Shape(
    {
        "format": Field(any_of((FORMAT,))),
        "version": Field(
            ValueKind(" or ".join(map(str, VERSIONS)), lambda value: type(value) is int and value in VERSIONS)
        ),
        "provenance": Field(LONG_TEXT),
        **PARTS,
    }
)


def in_version(document: dict[str, Any], version: int) -> dict[str, Any]:
    """Return the document with the keys of that version in their order; a missing key becomes an empty value."""
    return {**_with_keys(PACKAGE, document, version), "version": version}


def in_lowest_version(document: dict[str, Any]) -> dict[str, Any]:
    """Return the document in the lowest version that can hold all its values, so that every site can read it."""
    needed = [
        field.since
        for part, shape in _objects(PACKAGE, document)
        for key, field in shape.fields.items()
        if field.since > 1 and part[key] != field.empty
    ]
    return in_version(document, max(needed, default=1))


def _with_keys(kind: Value, value: Any, version: int) -> Any:
    match kind:
        case Shape():
            return {
                key: _with_keys(field.kind, value[key], version) if key in value else deepcopy(field.empty)
                for key, field in kind.keys(version).items()
            }
        case Rows(of):
            return [_with_keys(of, row, version) for row in value]
        case FreeKeys(of):
            return {key: _with_keys(of, row, version) for key, row in value.items()}
        case OrNull(of):
            return None if value is None else _with_keys(of, value, version)
        case _:
            return value


def _objects(kind: Value, value: Any) -> Iterator[tuple[dict[str, Any], Shape]]:
    match kind:
        case Shape():
            yield value, kind
            for key, field in kind.fields.items():
                yield from _objects(field.kind, value[key])
        case Rows(of):
            for row in value:
                yield from _objects(of, row)
        case FreeKeys(of):
            for row in value.values():
                yield from _objects(of, row)
        case OrNull(of) if value is not None:
            yield from _objects(of, value)
