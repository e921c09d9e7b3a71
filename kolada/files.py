"""Reads files with what Kolada has answered, for a site that does not reach Kolada."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from django.db import transaction

from accounts.models import User
from kit import audit
from kolada.client import Literal
from kolada.enums import PlaceKind
from kolada.models import KeyFigure
from kolada.reading import DataRow, Facts, NotAsListed, facts_of, rows_of
from kolada.storing import Stored, store_facts, store_rows
from kolada.trail import KoladaEvent

MOST_BYTES = 200_000_000


@dataclass
class Contents:
    """What some files hold."""

    facts: list[Facts] = field(default_factory=list)
    rows: list[DataRow] = field(default_factory=list)


def read_files(paths: Sequence[Path]) -> Contents:
    """Return what all the files hold; raise `NotAsListed` if one of them is broken."""
    contents = Contents()
    for path in paths:
        try:
            _read(path, contents)
        except NotAsListed as error:
            raise NotAsListed(f"{path}: {error}") from error
    return contents


def _read(path: Path, contents: Contents) -> None:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise NotAsListed(f"larger than {MOST_BYTES} bytes")
        text = path.read_text(encoding="utf-8-sig")
        document = json.loads(text, parse_float=Literal, parse_int=Literal, parse_constant=_refuse)
    except OSError as error:
        raise NotAsListed(str(error.strerror)) from error
    except (ValueError, RecursionError) as error:
        raise NotAsListed(f"not JSON: {error}") from error
    values = document.get("values") if isinstance(document, dict) else None
    if not isinstance(values, list):
        raise NotAsListed("expected an object with the list values, as Kolada answers")
    if all(_has(value, "kpi", "period", "values") for value in values):
        contents.rows += rows_of(values)
    elif all(_has(value, "id", "title", "municipality_type") for value in values):
        contents.facts += facts_of(values)
    else:
        raise NotAsListed("expected what /kpi or /data answers")


def _has(value: Any, *names: str) -> bool:
    return isinstance(value, dict) and all(name in value for name in names)


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number")


@transaction.atomic
def store_contents(contents: Contents, *, by: User | None) -> Stored:
    """Store all of it. A key figure that is only known by its values gets its id as title until it is fetched."""
    store_facts(contents.facts)
    codes = {row.code for row in contents.rows}
    known = set(KeyFigure.objects.filter(code__in=codes).values_list("code", flat=True))
    divided = {row.code for row in contents.rows if "women" in row.cells}
    KeyFigure.objects.bulk_create(
        KeyFigure(code=code, title=code, place_kind=PlaceKind.BOTH, divided=code in divided)
        for code in sorted(codes - known)
    )
    stored = store_rows(contents.rows, list(KeyFigure.objects.filter(code__in=codes)))
    audit.record(KoladaEvent.FILES_READ, target="Kolada", by=by, rows=stored.rows, changed=stored.changed)
    return stored
