"""Stores what Kolada says. A value that Kolada has changed leaves what it was before as a `Revision`."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from kolada.models import KeyFigure, OfficialValue, Revision
from kolada.reading import SEXES, Cell, DataRow, Facts

NUMBERS = tuple(SEXES.values())
GONE = "Finns inte längre i Kolada"
# The numbers come first, and then why each is missing.
STORED = (*NUMBERS, *(f"{name}_status" for name in NUMBERS), "count", "invented")
FACTS = (
    *("title", "description", "source", "place_kind", "operating_area", "perspective", "divided", "has_units"),
    *("published_on", "published_period", "withdrawn_on", "fetched_at"),
)
AT_ONCE = 2000


# A key figure's key, a place and a year.
Key = tuple[int, str, int]


# The values of `STORED`, in its order.
Values = tuple[Any, ...]


@dataclass(frozen=True)
class Stored:
    """How many rows came, in how many a value had changed, and in how many one is missing."""

    rows: int = 0
    changed: int = 0
    missing: int = 0

    def __add__(self, other: "Stored") -> "Stored":
        return Stored(self.rows + other.rows, self.changed + other.changed, self.missing + other.missing)


@transaction.atomic
def store_rows(rows: Iterable[DataRow], figures: Collection[KeyFigure]) -> Stored:
    """Store the values of the given key figures, all of them or none."""
    by_code = {figure.code: figure for figure in figures}
    # Two who fetch the same figures do it one after the other.
    list(KeyFigure.objects.select_for_update(no_key=True).filter(pk__in=[row.pk for row in figures]).order_by("pk"))
    new = {(by_code[row.code].pk, row.place, row.year): row for row in rows if row.code in by_code}
    there = _there(new)
    today, written, revised = timezone.localdate(), [], []
    for key, row in new.items():
        pk, old = there.get(key, (0, None))
        values = _values(row, old)
        if values == old:
            continue
        if old is not None and not old[-1] and _is_revised(old, values):
            revised.append(Revision(value_id=pk, replaced_on=today, **dict(zip(NUMBERS, old, strict=False))))
        figure, place, year = key
        written.append(
            OfficialValue(key_figure_id=figure, place=place, year=year, **dict(zip(STORED, values, strict=True)))
        )
    Revision.objects.bulk_create(revised)
    OfficialValue.objects.bulk_create(
        written,
        batch_size=AT_ONCE,
        update_conflicts=True,
        unique_fields=("key_figure", "place", "year"),
        update_fields=STORED,
    )
    return Stored(len(new), len(revised), sum(row.is_missing for row in new.values()))


def _there(new: Collection[Key]) -> dict[Key, tuple[int, Values]]:
    figures, years = ({key[part] for key in new} for part in (0, 2))
    places = sorted({key[1] for key in new})
    rows = OfficialValue.objects.filter(key_figure__in=figures, year__in=years)
    stored = rows.values_list("key_figure", "place", "year", "pk", *STORED)
    there: dict[Key, tuple[int, Values]] = {}
    # A file may hold every place there is, and SQLite takes so many at once.
    for begin in range(0, len(places), 500):
        chosen = stored.filter(place__in=places[begin : begin + 500])
        there |= {row[:3]: (row[3], row[4:]) for row in chosen}
    return there


def _values(row: DataRow, old: Values | None) -> Values:
    cells = [row.cells.get(name) or _absent(place, old) for place, name in enumerate(NUMBERS)]
    return (*(cell.text for cell in cells), *(cell.status for cell in cells), row.count, False)


def _absent(place: int, old: Values | None) -> Cell:
    """Return what stands for a sex that Kolada does not mention: it says so only if there was a value."""
    had = old is not None and not old[-1] and (old[place] or old[place + len(NUMBERS)] == GONE)
    return Cell(status=GONE if had else "")


def _is_revised(old: Values, new: Values) -> bool:
    """True if a number has been taken away or replaced; other decimals of the same number are no revision."""
    pairs = list(zip(old, new, strict=True))[: len(NUMBERS)]
    return any(before and (not after or Decimal(before) != Decimal(after)) for before, after in pairs)


@transaction.atomic
def store_facts(facts: Iterable[Facts]) -> list[KeyFigure]:
    """Store what the catalogue says; a key figure that is back again is no longer withdrawn."""
    new = {figure.code: figure for figure in facts}
    now = timezone.now()
    sources = dict(KeyFigure.objects.values_list("code", "source"))
    named = [replace(figure, source=figure.source or sources.get(figure.code, "")) for figure in new.values()]
    KeyFigure.objects.bulk_create(
        [KeyFigure(**vars(figure), withdrawn_on=None, fetched_at=now) for figure in named],
        batch_size=AT_ONCE,
        update_conflicts=True,
        unique_fields=("code",),
        update_fields=FACTS,
    )
    return [figure for figure in KeyFigure.objects.filter(fetched_at=now) if figure.code in new]


def withdraw(codes: Collection[str], on: date) -> None:
    """Note that Kolada no longer has the key figures; their values stay."""
    for begin in range(0, len(codes), 500):
        chosen = list(codes)[begin : begin + 500]
        KeyFigure.objects.filter(code__in=chosen, withdrawn_on=None).update(withdrawn_on=on)
