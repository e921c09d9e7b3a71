"""Reads what Kolada lists, in an answer or in a file, into values that are whole and right. Writes nothing."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from kit.canonical import canonical, canonical_line
from kolada.client import Literal
from kolada.enums import PlaceKind

SEXES = {"K": "women", "M": "men", "T": "total"}
REMOVED = "Borttaget av Kolada"
NO_REASON = "Kolada anger inte varför"
LONGEST_NUMBER, LONGEST_STATUS = 40, 80
_CODE = re.compile(r"[A-Z][A-Z0-9]{1,9}")
_PLACE = re.compile(r"[0-9]{4}|G[0-9]{1,9}")


class NotAsListed(Exception):
    """What was listed is not as Kolada lists it; the text is one line in English, for the command line and the log."""


@dataclass(frozen=True)
class Cell:
    """The value of a sex, with why it is missing; `removed` means that Kolada has taken it away."""

    text: str = ""
    status: str = ""
    removed: bool = False


@dataclass(frozen=True)
class DataRow:
    """What Kolada says of a place in a year; a sex that it does not mention is not among the cells."""

    code: str
    place: str
    year: int
    count: int
    cells: dict[str, Cell] = field(default_factory=dict)

    @property
    def is_missing(self) -> bool:
        return any(not cell.text for cell in self.cells.values())


@dataclass(frozen=True)
class Facts:
    """A key figure as Kolada's catalogue describes it."""

    code: str
    title: str
    description: str
    source: str
    place_kind: str
    operating_area: str
    perspective: str
    divided: bool
    has_units: bool
    published_on: date | None
    published_period: str


def rows_of(values: Iterable[Any]) -> list[DataRow]:
    return [_row(value) for value in values]


def facts_of(values: Iterable[Any]) -> list[Facts]:
    return [_facts(value) for value in values]


def is_code(text: str) -> bool:
    return bool(_CODE.fullmatch(text))


def _row(value: Any) -> DataRow:
    if not isinstance(value, dict):
        raise NotAsListed("expected an object with kpi, municipality, period and values")
    code, place, year = value.get("kpi"), value.get("municipality"), str(value.get("period"))
    where = f"{code} {place} {year}"[:60]
    if not isinstance(code, str) or not is_code(code):
        raise NotAsListed(f"{where}: kpi is not the id of a key figure")
    if not isinstance(place, str) or not _PLACE.fullmatch(place):
        raise NotAsListed(f"{where}: municipality is not the id of a place")
    if not re.fullmatch(r"(19|20)[0-9]{2}", year):
        raise NotAsListed(f"{where}: period is not a year")
    entries = value.get("values")
    if not isinstance(entries, list):
        raise NotAsListed(f"{where}: values is not a list")
    cells: dict[str, Cell] = {}
    counts = [1]
    for entry in entries:
        name, cell, count = _cell(entry, where)
        known = cells.get(name)
        if known and not known.removed and not cell.removed and known != cell:
            raise NotAsListed(f"{where}: two values for one sex")
        # A removed value may stand beside the one that came instead.
        if known is None or known.removed:
            cells[name] = cell
        counts.append(count)
    return DataRow(code, place, int(year), max(counts), cells)


def _cell(entry: Any, where: str) -> tuple[str, Cell, int]:
    if not isinstance(entry, dict) or entry.get("gender") not in SEXES:
        raise NotAsListed(f"{where}: gender is not T, K or M")
    number, count = entry.get("value"), entry.get("count", Literal("1"))
    text = "" if number is None else _number(number, where)
    status = canonical_line(str(entry.get("status") or ""))[:LONGEST_STATUS]
    removed = entry.get("isdeleted", False)
    if not isinstance(removed, bool):
        raise NotAsListed(f"{where}: isdeleted is not true or false")
    if count is not None and (not isinstance(count, Literal) or not re.fullmatch(r"[0-9]{1,4}", count)):
        raise NotAsListed(f"{where}: count is not a number")
    name = SEXES[entry["gender"]]
    if removed:
        return name, Cell(status=REMOVED, removed=True), int(count or 1)
    return name, Cell(text, status or ("" if text else NO_REASON)), int(count or 1)


def _number(value: Any, where: str) -> str:
    """Return the literal; a quoted number is none, since Kolada writes them without quotes."""
    if isinstance(value, Literal) and len(value) <= LONGEST_NUMBER:
        try:
            # An exponent of thousands would be written out in thousands of digits.
            if abs(Decimal(value).adjusted()) <= LONGEST_NUMBER:
                return str.__str__(value)
        except InvalidOperation:  # pragma: no cover - JSON's numbers are Decimal's too
            pass
    raise NotAsListed(f"{where}: value is not a number of at most {LONGEST_NUMBER} signs")


def _facts(value: Any) -> Facts:
    if not isinstance(value, dict) or not isinstance(value.get("id"), str) or not is_code(value["id"]):
        raise NotAsListed("expected a key figure with an id")
    code = value["id"]
    title = canonical_line(str(value.get("title") or ""))[:300]
    place_kind = value.get("municipality_type")
    if not title:
        raise NotAsListed(f"{code}: title is missing")
    if place_kind not in PlaceKind.values:
        raise NotAsListed(f"{code}: municipality_type is not K, L or A")
    description = canonical(without_written_breaks(str(value.get("description") or "")))
    return Facts(
        code=code,
        title=title,
        description=description,
        source=source_of(description),
        place_kind=place_kind,
        operating_area=canonical_line(str(value.get("operating_area") or ""))[:160],
        perspective=canonical_line(str(value.get("perspective") or ""))[:80],
        divided=value.get("is_divided_by_gender") is True,
        has_units=value.get("has_ou_data") is True,
        published_on=_day(value.get("publication_date")),
        published_period=canonical_line(str(value.get("publ_period") or ""))[:20],
    )


def source_of(description: str) -> str:
    """Return the original producer, which stands at the end of a description after ”Källa:”."""
    # The last one counts: a source may be named in the middle too.
    start = max((hit.start() for hit in re.finditer(r"Käll(a|or)\s*:", description)), default=-1)
    if start < 0:
        return ""
    source = canonical_line(without_written_breaks(description[start:]).partition(":")[2])
    return source.removesuffix(".").strip()[:300]


def without_written_breaks(text: str) -> str:
    """Return the text with real line ends: some of Kolada's descriptions have a backslash and an n instead."""
    return text.replace("\\r", "").replace("\\n", "\n")


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10]) if value else None
    except ValueError:
        return None
