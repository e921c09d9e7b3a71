"""A list that is saved whole: of a concept, of one of its steps, of an omgång."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils.text import slugify

from accounts.models import User
from cohorts.models import Cohort, ExpectedResult
from modell import audit
from modell.audit import Kind
from modell.refusals import ActionRefused
from modell.staleness import Stale, digest
from programme.models import (
    Edition,
    EditionAgendaItem,
    EditionHostTask,
    EditionPreparation,
    EditionResult,
    EditionSection,
    EditionStep,
)
from reports.models import ReportSection, Section
from reports.sections import DEFAULT


@dataclass(frozen=True)
class RowList:
    """`part` names it and its columns, `owner` is the row's way to what it belongs to; `titled` is what it is called.

    `named` is the column that a row's key is made from, for rows that others refer to by key.
    """

    part: str
    model: type[Model]
    owner: str
    titled: str
    columns: tuple[str, ...]
    named: str = ""

    def of(self, parent: Model) -> Any:
        return self.model._default_manager.filter(**{self.owner: parent}).order_by("position", "pk")


PREPARATIONS = ("text", "function", "days_before", "url")
AGENDA = ("title", "minutes", "part", "whose")
HOST = ("text", "phase")
OF_EDITION = (
    RowList("host_tasks", EditionHostTask, "edition", "Arrangörens checklista", HOST),
    RowList("results", EditionResult, "edition", "Förväntade och önskvärda resultat", ("text", "kind"), "text"),
    RowList("sections", EditionSection, "edition", "Resultatrapportens avsnitt", ("heading",), "heading"),
)
OF_STEP = (
    RowList("preparations", EditionPreparation, "step", "Förberedelser", PREPARATIONS),
    RowList("agenda", EditionAgendaItem, "step", "Dagordning", AGENDA),
)
OF_COHORT = (
    RowList("results", ExpectedResult, "cohort", "Förväntade och önskvärda resultat", ("text", "kind"), "text"),
    RowList("sections", Section, "cohort", "Resultatrapportens avsnitt", ("heading",), "heading"),
)


def stored_rows(of: RowList, parent: Model) -> dict[str, Any]:
    """Flat, by column and row, as the form's fields are named; in the list's order."""
    return {f"{name}_{row.pk}": getattr(row, name) for row in of.of(parent) for name in of.columns}


@transaction.atomic
def save_rows(
    *, of: RowList, parent: Any, rows: list[dict[str, Any]], known: Iterable[int], seen: str, by: User
) -> bool:
    """Change, add, order and take away at once; True if anything changed.

    `known` are the rows the page showed. One that another has added meanwhile stays, and one that another took away
    while it was being changed comes back: nobody's words are lost.
    """
    type(parent)._default_manager.select_for_update(of=("self",)).get(pk=parent.pk)
    stored = stored_rows(of, parent)
    there = {row.pk: row for row in of.of(parent)}
    if _same(of, list(there.values()), rows):
        return False
    if seen != (digest(stored) if stored else ""):
        raise Stale(stored)
    kept = {row["pk"] for row in rows}
    for pk in set(known) & set(there) - kept:
        _refuse_if_written(of, parent, there[pk])
        there.pop(pk).delete()
    unseen = [pk for pk in there if pk not in kept]
    for position, values in enumerate([*rows, *({"pk": pk} for pk in unseen)]):
        _write(of, parent, there, position, values)
    _record(of, parent, by)
    return True


def _same(of: RowList, there: list[Any], rows: list[dict[str, Any]]) -> bool:
    now = [(row.pk, *(getattr(row, name) for name in of.columns)) for row in there]
    if now == [(row["pk"], *(row[name] for name in of.columns)) for row in rows]:
        return True
    # The same form sent twice: its new rows are there already, with numbers of their own.
    return [row[1:] for row in now] == [tuple(row[name] for name in of.columns) for row in rows]


def _write(of: RowList, parent: Model, there: dict[int, Any], position: int, values: dict[str, Any]) -> None:
    fields = {name: value for name, value in values.items() if name != "pk"}
    row = there.get(values["pk"])
    if row is None:
        key = {"key": _free_key(of, parent, fields[of.named])} if of.named else {}
        of.model._default_manager.create(**{of.owner: parent}, position=position, **key, **fields)
        return
    for name, value in {**fields, "position": position}.items():
        setattr(row, name, value)
    row.save()


def _free_key(of: RowList, parent: Model, text: str) -> str:
    """One of the programme's usual headings keeps its usual key, so that texts written under it are found."""
    taken = set(of.of(parent).values_list("key", flat=True))
    usual = next((heading.key for heading in DEFAULT if heading.text == text), "")
    stem = usual or slugify(text).replace("-", "_")[:50].strip("_") or "rad"
    return next(key for at in range(1, 10_000) if (key := stem if at == 1 else f"{stem}_{at}") not in taken)


def _refuse_if_written(of: RowList, parent: Any, row: Any) -> None:
    if of.model is not Section:
        return
    if ReportSection.objects.filter(report__participation__cohort=parent, key=row.key).exclude(text="").exists():
        raise ActionRefused(f"Någon har skrivit under ”{row.heading}”. Avsnittet tas därför inte bort.")


def _record(of: RowList, parent: Model, by: User) -> None:
    what = of.titled.lower()
    if isinstance(parent, EditionStep):
        audit.record(Kind.EDITION_SAVED, target=parent.edition, by=by, what=f"{parent.name}: {what}")
    elif isinstance(parent, Edition):
        audit.record(Kind.EDITION_SAVED, target=parent, by=by, what=what)
    elif isinstance(parent, Cohort):
        audit.record(Kind.COHORT_CHANGED, target=parent, by=by, what=what)
