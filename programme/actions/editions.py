"""Every write to a concept edition. No omgång rests on one: each has a copy of its own."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.text import slugify

from accounts.models import User
from modell import audit
from modell.audit import Kind
from modell.refusals import ActionRefused
from modell.staleness import Stale, content_of, digest
from programme.enums import StepKind
from programme.loading import shipped
from programme.models import Edition, EditionStep
from programme.setup.blueprint import COHORT, COUNTED

FACTS = ("name", "description", "source", "kind", "duration_months", *COHORT, "checklist", "half_steps", "retired")
STEP = (
    *("name", "kind", "number", "theme", "goals", "start_day", "days", "form", "prepares", "per_group"),
    *("has_presentations", *COUNTED),
)
LISTS = ("host_tasks", "results", "sections")
THEMED = (StepKind.LEARNING_MEETING, StepKind.DEEP_DIVE)


def hold(edition: Edition) -> Edition:
    return Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)


@transaction.atomic
def copy_edition(*, edition: Edition, name: str, by: User) -> Edition:
    """With all its steps and lists. Two clicks give one."""
    old = hold(edition)
    key = slugify(name)[:60].strip("-_")
    if not key:
        raise ActionRefused("Skriv ett namn med bokstäver eller siffror.", field="name")
    source = f"Gjord som kopia av {old.name}."
    taken = Edition.objects.filter(key=key).first()
    if taken:
        if (taken.name, taken.source) == (name, source):
            return taken
        raise ActionRefused("Det finns redan ett koncept med det namnet.", field="name")
    last = Edition.objects.order_by("-position").values_list("position", flat=True).first() or 0
    facts = {**content_of(old, *FACTS), "name": name, "source": source, "retired": False}
    new = Edition.objects.create(key=key, position=last + 1, **facts)
    _copy_into(new, old)
    audit.record(Kind.EDITION_COPIED, target=new, by=by, reason=f"kopia av {old.name}")
    return new


def _copy_into(new: Edition, old: Edition) -> None:
    made: list[tuple[EditionStep, int | None]] = []
    by_old: dict[int, EditionStep] = {}
    for step in old.steps.prefetch_related("preparations", "agenda"):
        was, prepared = step.pk, step.prepares_id
        lists = (list(step.preparations.all()), list(step.agenda.all()))
        _copy_rows([step], edition=new, prepares=None)
        by_old[was] = step
        made.append((step, prepared))
        for rows in lists:
            _copy_rows(rows, step=step)
    for step, prepared in made:
        if prepared:
            step.prepares = by_old[prepared]
            step.save(update_fields=["prepares"])
    for name in LISTS:
        _copy_rows(list(getattr(old, name).all()), edition=new)


def _copy_rows(rows: list[Any], **owner: Any) -> None:
    for row in rows:
        row.pk, row._state.adding = None, True
        for name, value in owner.items():
            setattr(row, name, value)
        row.save()


@transaction.atomic
def edit_edition(*, edition: Edition, seen: str, by: User, **facts: Any) -> Edition:
    edition = hold(edition)
    stored = content_of(edition, *facts)
    if stored == facts:
        return edition
    if seen != digest(stored):
        raise Stale(stored)
    for name, value in facts.items():
        setattr(edition, name, value)
    edition.save()
    audit.record(Kind.EDITION_SAVED, target=edition, by=by, what="uppgifterna om konceptet")
    return edition


def why_not_deleted(edition: Edition) -> str:
    """The sentence of the refusal, or nothing."""
    if edition.key in shipped(settings.DATA_DIR / "editions.json"):
        return "Konceptet följer med systemet. Markera att det inte används längre i stället."
    if edition.setups.exists():
        return "En omgång är upplagd från konceptet. Markera att det inte används längre i stället."
    return ""


@transaction.atomic
def delete_edition(*, edition: Edition, by: User) -> None:
    edition = hold(edition)
    why = why_not_deleted(edition)
    if why:
        raise ActionRefused(why)
    name = str(edition)
    edition.delete()
    audit.record(Kind.EDITION_DELETED, target=name, by=by)


@transaction.atomic
def save_step(*, edition: Edition, step: EditionStep | None, seen: str, by: User, **fields: Any) -> EditionStep:
    """A new step last in the order, or a changed one. Two clicks give one."""
    edition = hold(edition)
    _refuse_step(edition, step, fields)
    if step is None:
        twin = edition.steps.filter(**fields).first()
        if twin:
            return twin
        last = edition.steps.order_by("-position").values_list("position", flat=True).first()
        step = EditionStep.objects.create(edition=edition, position=0 if last is None else last + 1, **fields)
    else:
        step = EditionStep.objects.select_for_update(of=("self",)).select_related("prepares").get(pk=step.pk)
        stored = content_of(step, *fields)
        if stored == fields:
            return step
        if seen != digest(stored):
            raise Stale(stored)
        for name, value in fields.items():
            setattr(step, name, value)
        step.save()
    audit.record(Kind.EDITION_SAVED, target=edition, by=by, what=f"steget {step.name}")
    return step


def _refuse_step(edition: Edition, step: EditionStep | None, fields: dict[str, Any]) -> None:
    kind = StepKind(fields["kind"])
    if kind in THEMED and not fields["theme"]:
        raise ActionRefused(f"En {kind.label.lower()} har ett tema. Skriv det.", field="theme")
    others = edition.steps.exclude(pk=step.pk) if step else edition.steps.all()
    if kind == StepKind.REPORTING and others.filter(kind=kind).exists():
        raise ActionRefused("Konceptet har redan ett steg då resultatrapporten skrivs.", field="kind")
    if step and fields["prepares"] == step:
        raise ActionRefused("Ett steg kan inte förbereda sig självt.", field="prepares")


@transaction.atomic
def move_step(*, step: EditionStep, up: bool, by: User) -> None:
    """Change places with its neighbour; at the end it stays."""
    edition = hold(step.edition)
    steps = list(edition.steps.select_for_update(of=("self",)))
    at = steps.index(step)
    to = at - 1 if up else at + 1
    if not 0 <= to < len(steps):
        return
    steps[at], steps[to] = steps[to], steps[at]
    for position, one in enumerate(steps):
        if one.position != position:
            one.position = position
            one.save(update_fields=["position"])
    audit.record(Kind.EDITION_SAVED, target=edition, by=by, what=f"ordningen: {step.name}")


@transaction.atomic
def remove_step(*, step: EditionStep, by: User) -> None:
    """A second click finds it gone."""
    edition = hold(step.edition)
    if EditionStep.objects.filter(pk=step.pk).delete()[0]:
        audit.record(Kind.EDITION_SAVED, target=edition, by=by, what=f"tog bort steget {step.name}")
