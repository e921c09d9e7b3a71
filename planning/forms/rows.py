"""A form for a whole list, whose rows are changed, reordered, deleted and added without any script."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.html import format_html

from cohorts.enums import ExpectedKind, Function
from kit.fields import LineField, LinkField, TextField
from kit.staleness import SeenForm
from meetings.enums import AgendaPart, HostPhase, Whose
from planning.actions.rows import RowList, places_of, stored_rows
from planning.forms.fields import a_number, one_of
from reports.enums import ChapterKind

SPARE = 3
# Where rows may share a place, the places have room between them for one more.
ROOMY = 10
EVERYONE = [("", "Alla"), *Function.choices]


@dataclass(frozen=True)
class RowField:
    """`field` makes the form field from a label; `otherwise` is a new row's value if nothing is chosen."""

    name: str
    label: str
    field: Callable[[Any], forms.Field]
    otherwise: Any = ""


COLUMNS: dict[str, tuple[RowField, ...]] = {
    "preparations": (
        RowField("text", "Vad", lambda label: LineField(label, longest=300, missing="Skriv vad som ska förberedas.")),
        RowField("function", "För", lambda label: one_of(label, EVERYONE, required=False)),
        RowField("days_before", "Dagar före träffen", lambda label: a_number(label, 0, 365), 14),
        RowField("url", "Länk", lambda label: LinkField(label, required=False)),
    ),
    "agenda": (
        RowField("title", "Rubrik", lambda label: LineField(label, longest=200, missing="Skriv punktens rubrik.")),
        RowField("minutes", "Minuter", lambda label: a_number(label, 1, 1440), 30),
        RowField("part", "Vilka", lambda label: one_of(label, AgendaPart.choices), AgendaPart.JOINT.value),
        RowField("whose", "Vems tid", lambda label: one_of(label, Whose.choices), Whose.EXCHANGE.value),
    ),
    "host_tasks": (
        RowField("text", "Vad", lambda label: LineField(label, longest=300, missing="Skriv vad arrangören gör.")),
        RowField("phase", "När", lambda label: one_of(label, HostPhase.choices), HostPhase.BEFORE.value),
    ),
    "results": (
        RowField("text", "Resultat", lambda label: TextField(label, longest=500, rows=2, missing="Skriv resultatet.")),
        RowField("kind", "Slag", lambda label: one_of(label, ExpectedKind.choices), ExpectedKind.EXPECTED.value),
    ),
    "chapters": (
        RowField("heading", "Rubrik", lambda label: LineField(label, longest=160, missing="Skriv kapitlets rubrik.")),
        RowField(
            "kind", "Fylls i av sig självt", lambda label: one_of(label, ChapterKind.choices), ChapterKind.TEXT.value
        ),
    ),
    "sections": (
        RowField("heading", "Rubrik", lambda label: LineField(label, longest=160, missing="Skriv avsnittets rubrik.")),
    ),
}


@dataclass(frozen=True)
class RowOfFields:
    legend: str
    fields: list[Any]


class RowsForm(SeenForm):
    """A field is named by its column and row: `text_12` belongs to row 12, `text_n1` to the first new row.

    If someone else has saved meanwhile, the rows of this page stay as posted and the other's new rows are left alone.
    """

    def __init__(self, data: Any = None, *, of: RowList, parent: Any, offered: Sequence[dict[str, Any]] = ()) -> None:
        self.columns, self.beside = COLUMNS[of.part], of.beside
        room = ROOMY if of.beside else 1
        self.places = {row: place * room for row, place in places_of(of, parent).items()}
        stored = stored_rows(of, parent)
        super().__init__(data, stored=stored, initial=self._offers(offered))
        there = list(dict.fromkeys(name.rsplit("_", 1)[1] for name in stored))
        spare = [f"n{at}" for at in range(1, SPARE + len(offered) + 1)]
        self.ids = [*there, *spare] if data is None else self._posted(data)
        for at, row in enumerate(self.ids, start=1):
            self._add_row(row, at)

    def _offers(self, offered: Sequence[dict[str, Any]]) -> dict[str, Any]:
        return {f"{name}_n{at}": value for at, row in enumerate(offered, start=1) for name, value in row.items()}

    def _posted(self, data: Any) -> list[str]:
        main = self.columns[0].name
        matches = (re.fullmatch(rf"{main}_(n?\d{{1,9}})", name) for name in data)
        return [match.group(1) for match in matches if match]

    def _add_row(self, row: str, at: int) -> None:
        is_new = row.startswith("n")
        for column in self.columns:
            field = column.field(_label(column.label, at))
            field.required = field.required and not is_new
            if is_new:
                field.initial = column.otherwise
            self.fields[f"{column.name}_{row}"] = field
        place = a_number(_label("Plats i listan", at), 1, 9999, required=False, initial=self.places.get(row))
        self.fields[f"place_{row}"] = place
        if not is_new:
            self.fields[f"gone_{row}"] = forms.BooleanField(label=_label("Ta bort", at), required=False)

    def rows(self) -> Iterator[RowOfFields]:
        for at, row in enumerate(self.ids, start=1):
            names = [f"{column.name}_{row}" for column in self.columns]
            names += [name for name in (f"place_{row}", f"gone_{row}") if name in self.fields]
            legend = f"Ny rad ({at})" if row.startswith("n") else f"Rad {at}"
            yield RowOfFields(legend, [self[name] for name in names])

    @property
    def chosen(self) -> list[dict[str, Any]]:
        """Return the rows in their new order, without deleted and empty ones; `pk` is None for a new row."""
        main, ordered = self.columns[0].name, []
        for at, row in enumerate(self.ids):
            data = self.cleaned_data
            if data.get(f"gone_{row}") or not data.get(f"{main}_{row}"):
                continue
            values = {column.name: self._value(column, row) for column in self.columns}
            pk = None if row.startswith("n") else int(row)
            # A new row without a place goes last; one that takes another's place goes before it.
            order = (data.get(f"place_{row}") or 10_000, pk is not None, at)
            ordered.append((order, {"pk": pk, "place": data.get(f"place_{row}"), **values}))
        return [values for _, values in sorted(ordered, key=lambda pair: pair[0])]

    def _value(self, column: RowField, row: str) -> Any:
        value = self.cleaned_data.get(f"{column.name}_{row}")
        return column.otherwise if value in (None, "") else value

    @property
    def known(self) -> list[int]:
        """Return the stored rows that the page showed; no others may be deleted."""
        return [int(row) for row in self.ids if not row.startswith("n")]


def _label(words: str, at: int) -> str:
    return format_html('{}<span class="ds-sr-only">, rad {}</span>', words, at)
