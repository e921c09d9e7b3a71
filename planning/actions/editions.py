"""Actions that write a concept edition. An omgång has its own copy and is never changed by them."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.text import slugify

from accounts.models import User
from kit import audit
from kit.editing import save
from kit.refusals import ActionRefused
from kit.staleness import content_of
from meetings.actions.editing import refuse_hours, refuse_theme
from meetings.circles import circle_from, circle_words
from meetings.kinds import MeetingKind
from planning.enums import PeriodKind, step_kinds
from planning.loading import shipped
from planning.models import Edition, EditionStep
from planning.setup.blueprint import COHORT, COUNTED
from planning.trail import PlanningEvent

FACTS = ("name", "description", "source", "kind", "duration_months", *COHORT, "checklist", "half_steps", "retired")
STEP = (
    *("name", "kind", "number", "theme", "goals", "start_day", "days", "form", "starts_at", "ends_at", "prepares"),
    "per_group",
    *("has_presentations", *COUNTED),
)
LISTS = ("host_tasks", "results", "sections", "chapters")


def hold(edition: Edition) -> Edition:
    return Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)


@transaction.atomic
def copy_edition(*, edition: Edition, name: str, by: User) -> Edition:
    """Copy an edition with all its steps and lists; a second click returns the copy that the first one made."""
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
    audit.record(PlanningEvent.EDITION_COPIED, target=new, by=by, reason=f"kopia av {old.name}")
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
    if save(edition, facts, seen=seen):
        audit.record(PlanningEvent.EDITION_SAVED, target=edition, by=by, what="uppgifterna om konceptet")
    return edition


def why_not_deleted(edition: Edition) -> str:
    """Return the sentence that refuses a deletion; empty if the edition can be deleted."""
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
    audit.record(PlanningEvent.EDITION_DELETED, target=name, by=by)


@transaction.atomic
def save_step(*, edition: Edition, step: EditionStep | None, seen: str, by: User, **fields: Any) -> EditionStep:
    """Add a step last in the order, or change one; a second click returns the step that the first one added."""
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
        if save(step, fields, seen=seen) is None:
            return step
    audit.record(PlanningEvent.EDITION_SAVED, target=edition, by=by, what=f"steget {step.name}")
    return step


def _refuse_step(edition: Edition, step: EditionStep | None, fields: dict[str, Any]) -> None:
    kind = fields["kind"]
    if kind not in dict(step_kinds()):
        raise ActionRefused("Välj ett av alternativen.", field="kind")
    if kind in MeetingKind.values:
        refuse_theme(MeetingKind(kind), fields["theme"])
    refuse_hours(fields["starts_at"], fields["ends_at"], days=fields["days"])
    others = edition.steps.exclude(pk=step.pk) if step else edition.steps.all()
    if kind == PeriodKind.REPORTING and others.filter(kind=kind).exists():
        raise ActionRefused("Konceptet har redan ett steg då resultatrapporten skrivs.", field="kind")
    if step:
        _refuse_circle(step, fields["prepares"])


def _refuse_circle(step: EditionStep, prepares: EditionStep | None) -> None:
    # Every omgång that is set up from the edition would get a circle of meetings.
    rows = step.edition.steps.in_bulk()
    links = {pk: row.prepares_id for pk, row in rows.items()} | {step.pk: prepares.pk if prepares else None}
    circle = circle_from(step.pk, links)
    if len(circle) == 1:
        raise ActionRefused("Ett steg kan inte förbereda sig självt.", field="prepares")
    if circle:
        raise ActionRefused(circle_words([str(rows[pk]) for pk in circle]), field="prepares")


@transaction.atomic
def move_step(*, step: EditionStep, up: bool, by: User) -> None:
    edition = hold(step.edition)
    steps = list(edition.steps.select_for_update(of=("self",)))
    at = steps.index(step)
    to = at - 1 if up else at + 1
    if not 0 <= to < len(steps):
        return
    steps[at], steps[to] = steps[to], steps[at]
    for position, other in enumerate(steps):
        if other.position != position:
            other.position = position
            other.save(update_fields=["position"])
    audit.record(PlanningEvent.EDITION_SAVED, target=edition, by=by, what=f"ordningen: {step.name}")


@transaction.atomic
def remove_step(*, step: EditionStep, by: User) -> None:
    edition = hold(step.edition)
    # A second click deletes nothing and leaves no row in the trail.
    if EditionStep.objects.filter(pk=step.pk).delete()[0]:
        audit.record(PlanningEvent.EDITION_SAVED, target=edition, by=by, what=f"tog bort steget {step.name}")
