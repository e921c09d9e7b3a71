"""A list on one page: its rows to change, reorder and take away, and room for new ones. Without any script."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.html import format_html

from cohorts.enums import ExpectedKind, Function
from meetings.enums import AgendaPart, HostPhase, Whose
from modell.staleness import SeenForm
from programme.actions.rows import RowList, places_of, stored_rows
from programme.forms.fields import Words, a_link, a_number, line, one_of

SPARE = 3
# Where rows may share a place, the places have room between them for one more.
ROOMY = 10
EVERYONE = [("", "Alla"), *Function.choices]


@dataclass(frozen=True)
class Column:
    """`field` makes its field with a label; `otherwise` is what a new row has where nothing is chosen."""

    name: str
    label: str
    field: Callable[[Any], forms.Field]
    otherwise: Any = ""


COLUMNS: dict[str, tuple[Column, ...]] = {
    "preparations": (
        Column("text", "Vad", lambda label: line(label, 300, "Skriv vad som ska förberedas.")),
        Column("function", "För", lambda label: one_of(label, EVERYONE, required=False)),
        Column("days_before", "Dagar före träffen", lambda label: a_number(label, 0, 365), 14),
        Column("url", "Länk", a_link),
    ),
    "agenda": (
        Column("title", "Rubrik", lambda label: line(label, 200, "Skriv punktens rubrik.")),
        Column("minutes", "Minuter", lambda label: a_number(label, 1, 1440), 30),
        Column("part", "Vilka", lambda label: one_of(label, AgendaPart.choices), AgendaPart.JOINT.value),
        Column("whose", "Vems tid", lambda label: one_of(label, Whose.choices), Whose.EXCHANGE.value),
    ),
    "host_tasks": (
        Column("text", "Vad", lambda label: line(label, 300, "Skriv vad arrangören gör.")),
        Column("phase", "När", lambda label: one_of(label, HostPhase.choices), HostPhase.BEFORE.value),
    ),
    "results": (
        Column("text", "Resultat", lambda label: Words(label, longest=500, rows=2, missing="Skriv resultatet.")),
        Column("kind", "Slag", lambda label: one_of(label, ExpectedKind.choices), ExpectedKind.EXPECTED.value),
    ),
    "sections": (Column("heading", "Rubrik", lambda label: line(label, 160, "Skriv avsnittets rubrik.")),),
}


@dataclass(frozen=True)
class RowOfFields:
    legend: str
    fields: list[Any]


class RowsForm(SeenForm):
    """Fields are named by column and row: `text_12` is of the row with that number, `text_n1` of the first new one.

    After another has saved, the rows of one's own page stand as they were; what the other added is left alone.
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
        """Rows that are not stored yet but stand there to begin with."""
        return {f"{name}_n{at}": value for at, row in enumerate(offered, start=1) for name, value in row.items()}

    def _posted(self, data: Any) -> list[str]:
        main = self.columns[0].name
        found = (re.fullmatch(rf"{main}_(n?\d{{1,9}})", name) for name in data)
        return [match.group(1) for match in found if match]

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
        """The rows as they will be, in order; `pk` is None for a new one. What is ticked away or empty is left out."""
        main, found = self.columns[0].name, []
        for at, row in enumerate(self.ids):
            data = self.cleaned_data
            if data.get(f"gone_{row}") or not data.get(f"{main}_{row}"):
                continue
            values = {column.name: self._value(column, row) for column in self.columns}
            pk = None if row.startswith("n") else int(row)
            # A new row without a place goes last; one that takes another's place goes before it.
            order = (data.get(f"place_{row}") or 10_000, pk is not None, at)
            found.append((order, {"pk": pk, "place": data.get(f"place_{row}"), **values}))
        return [values for _, values in sorted(found, key=lambda pair: pair[0])]

    def _value(self, column: Column, row: str) -> Any:
        value = self.cleaned_data.get(f"{column.name}_{row}")
        return column.otherwise if value in (None, "") else value

    @property
    def known(self) -> list[int]:
        """The stored rows that the page showed: only of these any may be taken away."""
        return [int(row) for row in self.ids if not row.startswith("n")]


def _label(words: str, at: int) -> str:
    return format_html('{}<span class="ds-sr-only">, rad {}</span>', words, at)
