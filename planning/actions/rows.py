"""Actions that save a whole list of a concept, of one of its steps or of an omgång."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Model, Q
from django.utils.text import slugify

from accounts.models import User
from cohorts.models import Cohort, ExpectedResult
from cohorts.trail import CohortEvent
from kit import audit
from kit.editing import refuse_stale
from kit.refusals import ActionRefused
from planning.actions.template_sections import LOCKED, is_locked, is_written
from planning.models import (
    Edition,
    EditionAgendaItem,
    EditionChapter,
    EditionHostTask,
    EditionPreparation,
    EditionResult,
    EditionSection,
    EditionStep,
)
from planning.trail import PlanningEvent
from reports.joint_chapters import USUAL
from reports.models import Chapter, ChapterText, Section
from reports.sections import BETWEEN, DEFAULT, words_of


@dataclass(frozen=True)
class RowList:
    """`part` names the list and its columns, `owner` is the field with the row's parent, `titled` is its heading.

    `named` is the column that a row's key is made from, if others refer to the rows by key. If `beside` is true, rows
    may share a place: parts of an agenda that run side by side.
    """

    part: str
    model: type[Model]
    owner: str
    titled: str
    columns: tuple[str, ...]
    named: str = ""
    beside: bool = False

    def of(self, parent: Model) -> Any:
        return self.model._default_manager.filter(**{self.owner: parent}).order_by("position", "pk")


PREPARATIONS = ("text", "function", "days_before", "url")
AGENDA = ("title", "minutes", "part", "whose")
HOST = ("text", "phase")
CHAPTER = ("heading", "kind")
OF_EDITION = (
    RowList("host_tasks", EditionHostTask, "edition", "Arrangörens checklista", HOST),
    RowList("results", EditionResult, "edition", "Förväntade och önskvärda resultat", ("text", "kind"), "text"),
    RowList("sections", EditionSection, "edition", "Resultatrapportens avsnitt", ("heading",), "heading"),
    RowList("chapters", EditionChapter, "edition", "Den gemensamma rapportens kapitel", CHAPTER, "heading"),
)
OF_STEP = (
    RowList("preparations", EditionPreparation, "step", "Förberedelser", PREPARATIONS),
    RowList("agenda", EditionAgendaItem, "step", "Dagordning", AGENDA, beside=True),
)
OF_COHORT = (
    RowList("results", ExpectedResult, "cohort", "Förväntade och önskvärda resultat", ("text", "kind"), "text"),
    RowList("sections", Section, "cohort", "Resultatrapportens avsnitt", ("heading",), "heading"),
    RowList("chapters", Chapter, "cohort", "Den gemensamma rapportens kapitel", CHAPTER, "heading"),
)


def stored_rows(of: RowList, parent: Model) -> dict[str, Any]:
    """Return the values by column and row, under the names of the form's fields and in the list's order."""
    return {f"{name}_{row.pk}": getattr(row, name) for row in of.of(parent) for name in of.columns}


def places_of(of: RowList, parent: Model) -> dict[str, int]:
    """Return each stored row's place in the list, counted from 1."""
    rows = [(row.pk, row.position) for row in of.of(parent)]
    return dict(zip((str(pk) for pk, _ in rows), _ranked(of, [position for _, position in rows]), strict=True))


def _ranked(of: RowList, places: Iterable[object]) -> list[int]:
    """Return 1, 2, 3 …; if places may be shared, neighbours at the same place get the same number."""
    ranks: list[int] = []
    last: object = None
    for place in places:
        shared = of.beside and ranks and place is not None and place == last
        ranks.append(ranks[-1] if ranks and shared else (ranks[-1] if ranks else 0) + 1)
        last = place
    return ranks


@transaction.atomic
def save_rows(
    *, of: RowList, parent: Any, rows: list[dict[str, Any]], known: Iterable[int], seen: str, by: User
) -> bool:
    """Change, add, order and delete rows at once; return True if anything changed.

    `known` are the rows that the page showed. A row that someone else has added stays, and a row that someone else has
    deleted while it was being changed comes back, so that no text is lost.
    """
    type(parent)._default_manager.select_for_update(of=("self",)).get(pk=parent.pk)
    stored = stored_rows(of, parent)
    there = {row.pk: row for row in of.of(parent)}
    if _same(of, list(there.values()), rows):
        return False
    refuse_stale(stored, seen=seen)
    kept = {row["pk"] for row in rows}
    _refuse_if_locked(of, parent, adds=None in kept, removes=bool(set(known) & set(there) - kept))
    for pk in set(known) & set(there) - kept:
        _refuse_if_written(of, parent, there[pk])
        there.pop(pk).delete()
    unseen = [pk for pk in there if pk not in kept]
    everything = [*rows, *({"pk": pk} for pk in unseen)]
    ranks = _ranked(of, [values.get("place") for values in everything])
    for position, values in zip(ranks, everything, strict=True):
        _write(of, parent, there, position, values)
    _record(of, parent, by)
    return True


def _same(of: RowList, there: list[Any], rows: list[dict[str, Any]]) -> bool:
    # True also if the same form is sent twice, when its new rows are already stored under their own numbers.
    now = [tuple(getattr(row, name) for name in of.columns) for row in there]
    if now != [tuple(row[name] for name in of.columns) for row in rows]:
        return False
    return _ranked(of, [row.position for row in there]) == _ranked(of, [row.get("place") for row in rows])


def _write(of: RowList, parent: Model, there: dict[int, Any], position: int, values: dict[str, Any]) -> None:
    fields = {name: value for name, value in values.items() if name not in ("pk", "place")}
    row = there.get(values["pk"])
    if row is None:
        key = {"key": _free_key(of, parent, fields[of.named])} if of.named else {}
        words = _usual_words(key.get("key", "")) if of.part == "sections" else {}
        of.model._default_manager.create(**{of.owner: parent}, position=position, **key, **words, **fields)
        return
    for name, value in {**fields, "position": position}.items():
        setattr(row, name, value)
    row.save()


def _usual_words(key: str) -> dict[str, Any]:
    """Return what is said of a usual section, so that nobody has to write it anew."""
    usual = next((heading for heading in DEFAULT if heading.key == key), None)
    return words_of(usual) if usual else {}


def _free_key(of: RowList, parent: Model, text: str) -> str:
    taken = set(of.of(parent).values_list("key", flat=True))
    # A usual heading keeps its usual key, so that the texts written under it are still shown.
    headings = USUAL if of.part == "chapters" else DEFAULT
    usual = next((heading.key for heading in headings if heading.text == text), "")
    stem = usual or slugify(text).replace("-", "_")[:50].strip("_") or "rad"
    return next(key for at in range(1, 10_000) if (key := stem if at == 1 else f"{stem}_{at}") not in taken)


def _refuse_if_locked(of: RowList, parent: Any, *, adds: bool, removes: bool) -> None:
    if of.model is Section and (adds or removes) and is_locked(parent):
        raise ActionRefused(LOCKED)


def _refuse_if_written(of: RowList, parent: Any, row: Any) -> None:
    if of.model is Chapter:
        _refuse_if_in_chapter(parent, row)
    if of.model is Section and is_written(row):
        raise ActionRefused(f"Någon har skrivit under ”{row.heading}”. Avsnittet tas därför inte bort.")


def _refuse_if_in_chapter(cohort: Cohort, chapter: Chapter) -> None:
    written = ChapterText.objects.filter(joint__cohort=cohort).exclude(text="")
    if written.filter(Q(key=chapter.key) | Q(key__startswith=f"{chapter.key}{BETWEEN}")).exists():
        raise ActionRefused(f"Någon har skrivit i ”{chapter.heading}”. Kapitlet tas därför inte bort.")


def _record(of: RowList, parent: Model, by: User) -> None:
    what = of.titled.lower()
    if isinstance(parent, EditionStep):
        audit.record(PlanningEvent.EDITION_SAVED, target=parent.edition, by=by, what=f"{parent.name}: {what}")
    elif isinstance(parent, Edition):
        audit.record(PlanningEvent.EDITION_SAVED, target=parent, by=by, what=what)
    elif isinstance(parent, Cohort):
        audit.record(CohortEvent.COHORT_CHANGED, target=parent, by=by, what=what)
