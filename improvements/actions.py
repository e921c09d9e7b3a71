"""Every write to improvements, their cycles, efforts and their steps.

Each takes the row as it was fetched, or a new one that is not stored yet. `seen` is the digest of the content its
page was drawn with (kit/editing.py). The same content posted again is no change and writes nothing.
"""

from collections.abc import Collection
from datetime import date
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from accounts.models import User
from checklist.models import Item
from cohorts.models import Participation
from improvements.enums import MOVES, CycleWord, Stage, State, StepState
from improvements.items import same_item
from improvements.models import (
    ChangeIdea,
    Cycle,
    CycleName,
    Effort,
    EffortStep,
    Improvement,
    PastStep,
    Placement,
    ReachedGoal,
    WithdrawnExample,
)
from improvements.telling import tell_of_naming
from improvements.trail import ImprovementEvent
from kit import audit
from kit.days import refuse_backwards
from kit.editing import Changes, change, compare, refuse_broken_rule, refuse_stale
from kit.refusals import ActionRefused
from kit.staleness import Stale, content_of
from kit.uploads import forget
from meetings.goals import goals_of
from meetings.models import Period
from policy.labels import Labels

WHOM = ("women", "men", "girls", "boys")
# What a copy takes with it; days, people, indicators and analysis are the omgång's own.
QUESTIONS = ("title", "aim", "problem", "starting_point", "target", *WHOM, "whom", "measure", "part", "labels")
IMPROVEMENT = (
    *(*QUESTIONS, "aim_on", "item", "analysis", "responsible", "manager", "begins_on", "ends_on"),
    *("borrowed_from", "shared"),
)
STATE = ("state", "learnt", "shared")
CYCLE = (
    *("plan", "idea", "scale", "prediction", "begins_on", "ends_on", "responsible", "measured"),
    *("do", "study", "act", "decision"),
)
EFFORT = ("title", "item", "shared", "example", "labels")
# When a step was entered follows from these.
SAID = ("state", "year", "month", "day")
STEP = (
    *SAID, "part", "text", "led_here", "noticed", "noticed_how", "goal", "whom", "group", "indicator", "decision",
    "link",
)  # fmt: skip
PLACEMENT = ("stage", "reason")

USED_IDEA = "Idén är redan ett förbättringsarbete."
USED_EXAMPLE = "Exemplet är redan ett förbättringsarbete."
CHANGED = "Någon har ändrat det sedan du öppnade sidan. Läs det igen innan du tar bort det."

Row = TypeVar("Row", bound=Model)


@transaction.atomic
def save_improvement(*, improvement: Improvement, seen: str, by: User, **content: Any) -> Improvement:
    """Save what `content` names of an improvement; refuse a different one made of the same idea or example."""
    participation = _hold(improvement.participation)
    refuse_backwards(content.get("begins_on"), content.get("ends_on"), field="ends_on")
    if not improvement.pk:
        improvement = _made_of_the_same(improvement, content) or improvement
    twin = participation.improvements.filter(title=content.get("title", improvement.title)).first()
    stored = _stored(improvement) or (twin if twin and _says(twin, content) else None)
    row = stored or improvement
    if stored is None:
        row.position = participation.improvements.count() + 1
    elif row.borrowed_from != content.get("borrowed_from", row.borrowed_from):
        row.lender_agrees = None  # another organisation has not been asked
    row.public = row.public and content.get("shared", row.shared)
    if _store_improvement(row, content, seen):
        _record(ImprovementEvent.IMPROVEMENT_SAVED, row, participation, by)
        tell_of_naming(row)
    return row


def _made_of_the_same(new: Improvement, content: dict[str, Any]) -> Improvement | None:
    """Return what was made of the idea or the example already: it becomes one, however often the form is sent."""
    made, refusal = None, ""
    if new.takeaway_id:
        made, refusal = Improvement.objects.filter(takeaway=new.takeaway_id).first(), USED_IDEA
    elif new.example_id:
        rows = Improvement.objects.filter(participation=new.participation_id, example=new.example_id)
        made, refusal = rows.first(), USED_EXAMPLE
    if made and not _says(made, content):
        raise ActionRefused(refusal)
    return made


def improvement_content(row: Improvement) -> dict[str, Any]:
    """Return all that the form of an improvement holds: its columns, the keys of its indicators, an idea a line."""
    return {
        **content_of(row, *IMPROVEMENT),
        "indicators": tuple(row.indicators.order_by("pk").values_list("pk", flat=True)) if row.pk else (),
        "ideas": "\n".join(row.ideas.values_list("text", flat=True)) if row.pk else "",
    }


def _says(row: Improvement, content: dict[str, Any]) -> bool:
    stored = improvement_content(row)
    return all(stored[name] == value for name, value in content.items())


def _store_improvement(row: Improvement, content: dict[str, Any], seen: str) -> bool:
    """Return True if anything was stored, in the row or in its lists."""
    changes = compare(improvement_content(row), content, seen=seen) if row.pk else Changes({}, content)
    if changes is None:
        return False
    for name in IMPROVEMENT:
        if name in changes.after:
            setattr(row, name, changes.after[name])
    _save_valid(row, field="title")
    if "indicators" in changes.after:
        row.indicators.set(changes.after["indicators"])
    if "ideas" in changes.after:
        _store_ideas(row, changes.after["ideas"].splitlines())
    return True


def _store_ideas(improvement: Improvement, lines: list[str]) -> None:
    """Store one idea for each line. A line that is reworded keeps its row, and so the cycles that tried it."""
    texts = list(dict.fromkeys(line.strip() for line in lines if line.strip()))
    rows = list(improvement.ideas.all())
    free = [row for row in rows if row.text not in texts]
    same = {row.text: row for row in rows if row.text in texts}
    for position, text in enumerate(texts, start=1):
        row = same.get(text) or (free.pop(0) if free else ChangeIdea(improvement=improvement))
        row.text, row.position = text, position
        row.save()
    improvement.ideas.filter(pk__in=[row.pk for row in free]).delete()


@transaction.atomic
def move_improvement(
    *, improvement: Improvement, to: str, learnt: str, shared: bool = False, seen: str, by: User
) -> Improvement:
    """Move an improvement to another state; one that ends without result says what was learnt."""
    participation = _hold(improvement.participation)
    row = Improvement.objects.get(pk=improvement.pk)
    new = {"state": to, "learnt": learnt or row.learnt, "shared": row.shared or shared}
    if content_of(row, *new) != new and to not in MOVES[State(row.state)]:
        raise ActionRefused(f"Det som har läget ”{row.get_state_display()}” kan inte flyttas dit.", field="to")
    if to == State.ENDED and not new["learnt"]:
        raise ActionRefused("Skriv vad ni lärde er, så att nästa som provar vet det.", field="learnt")
    if _store(row, new, seen, field="to"):
        _record(ImprovementEvent.IMPROVEMENT_MOVED, row, participation, by)
    return row


@transaction.atomic
def copy_improvement(*, source: Improvement, participation: Participation, by: User) -> Improvement:
    """Copy an improvement of an earlier omgång of the same organisation, with its questions and without its cycles."""
    participation = _hold(participation)
    if source.participation.organisation_id != participation.organisation_id:
        raise ActionRefused("Ni kan bara kopiera era egna förbättringsarbeten.")
    content: dict[str, Any] = {**content_of(source, *QUESTIONS), "item": same_item(source.item, participation)}
    content |= {"borrowed_from": source.borrowed_from, "ideas": improvement_content(source)["ideas"]}
    return save_improvement(improvement=Improvement(participation=participation), seen="", by=by, **content)


@transaction.atomic
def lay_on_chain(*, improvement: Improvement, stage: str, year: int, text: str, by: User) -> Effort:
    """Make an effort of an adopted improvement, with its first step on the chain; once, however often it is asked."""
    participation = _hold(improvement.participation)
    row = Improvement.objects.get(pk=improvement.pk)
    if row.state != State.ADOPTED:
        raise ActionRefused("Bara det som är infört kan läggas på resultatkedjan.")
    made = Effort.objects.filter(improvement=row).first()
    if made is None:
        new = Effort(participation=participation, improvement=row)
        made = save_effort(
            effort=new,
            title=row.title,
            item=row.item,
            shared=row.shared,
            example=False,
            labels=row.labels,
            seen="",
            by=by,
        )
        step = EffortStep(effort=made, stage=Stage(stage))
        content = content_of(step, *STEP) | {"state": StepState.REACHED, "year": year, "text": text}
        save_step(step=step, **content, seen="", by=by)
    return made


@transaction.atomic
def name_cycle(*, participation: Participation, word: str, by: User) -> None:
    participation = _hold(participation)
    row, _ = CycleName.objects.get_or_create(participation=participation)
    if row.word != word:
        row.word = CycleWord(word)
        row.save(update_fields=["word"])
        _record(ImprovementEvent.CYCLE_NAMED, row, participation, by)


@transaction.atomic
def save_cycle(*, cycle: Cycle, seen: str, by: User, **content: Any) -> Cycle:
    """Save a cycle; a new one gets the next number, unless the last cycle already says the same.

    An idea that is tried is not an idea any longer: the first cycle moves it, to planned if it begins later.
    """
    improvement = cycle.improvement
    participation = _hold(improvement.participation)
    refuse_backwards(content.get("begins_on"), content.get("ends_on"), field="ends_on")
    last = improvement.cycles.last()
    stored = _stored(cycle) or _twin(last, content)
    row = stored or cycle
    if stored is None:
        row.number = last.number + 1 if last else 1
    today = timezone.localdate()
    if _store(row, content, seen, field="decision", changed_on=today):
        _begin(improvement, row, today)
        _record(ImprovementEvent.CYCLE_SAVED, row, participation, by)
    return row


def _begin(improvement: Improvement, cycle: Cycle, today: date) -> None:
    waits = cycle.begins_on is not None and cycle.begins_on > today
    to = State.PLANNED if waits else State.TRIED
    Improvement.objects.filter(pk=improvement.pk, state__in=(State.IDEA, State.PLANNED)).update(state=to)


@transaction.atomic
def save_effort(
    *, effort: Effort, title: str, item: Item | None, shared: bool, example: bool, labels: Labels, seen: str, by: User
) -> Effort:
    """Save an effort; one that is offered as an example is always shared too."""
    participation = _hold(effort.participation)
    new = {"title": title, "item": item, "shared": shared or example, "example": example, "labels": labels}
    stored = _stored(effort) or _twin(participation.efforts.filter(title=title).first(), new)
    row = stored or effort
    was_offered = row.pk is not None and row.example
    if stored is None:
        row.position = participation.efforts.count() + 1
    row.public = row.public and (shared or example)
    if _store(row, new, seen, field="title"):
        _record(ImprovementEvent.EFFORT_SAVED, row, participation, by)
        _note_offer(participation, row.pk, was=was_offered, now=row.example)
    return row


@transaction.atomic
def save_step(*, step: EffortStep, seen: str, by: User, **content: Any) -> EffortStep:
    """Save a step; what it said before is kept as a past step. `content` has the fields of STEP."""
    effort = step.effort
    participation = _hold(effort.participation)
    _refuse_others_rows(participation, content)
    row = _stored(step) or _twin(effort.steps.filter(stage=step.stage).first(), content) or step
    before = content_of(row, "stage", "said_on", *STEP) if row.pk else None
    if before is None or content_of(row, *SAID) != {name: content[name] for name in SAID}:
        row.said_on = timezone.localdate()
    if _store(row, content, seen, field="stage"):
        if before:
            PastStep.objects.create(effort=effort, replaced_on=timezone.localdate(), **before)
        _record(ImprovementEvent.STEP_SAVED, row, participation, by)
    return row


def _refuse_others_rows(participation: Participation, content: dict[str, Any]) -> None:
    for name, sentence in (("indicator", "Välj ett av era egna nyckeltal."), ("decision", "Välj ett av era beslut.")):
        row = content[name]
        if row is not None and row.participation_id != participation.pk:
            raise ActionRefused(sentence, field=name)


@transaction.atomic
def save_placement(*, placement: Placement, stage: str, reason: str, seen: str, by: User) -> Placement:
    """Save where an organisation finds that it is; a second first answer is compared with the first."""
    participation = _hold(placement.participation)
    new = {"stage": stage, "reason": reason}
    twin = participation.placements.filter(occasion=placement.occasion).first()
    row = _stored(placement) or twin or placement
    if content_of(row, *new) != new:
        row.placed_on = timezone.localdate()
    if _store(row, new, seen, field="stage"):
        _record(ImprovementEvent.PLACED, row, participation, by)
    return row


@transaction.atomic
def remove_improvement(*, improvement: Improvement, seen: str = "", by: User) -> None:
    """Remove an improvement with all that is in it; the idea it came from can become another."""
    participation = _hold(improvement.participation)  # so that no file is added meanwhile
    files = [row.file for row in improvement.evidence.all()]
    if _remove(improvement, participation, IMPROVEMENT, seen, ImprovementEvent.IMPROVEMENT_REMOVED, by):
        for file in files:
            forget(file)


@transaction.atomic
def remove_cycle(*, cycle: Cycle, seen: str = "", by: User) -> None:
    """Remove a cycle. Those after it move up, so that the numbers have no gap."""
    improvement, number = cycle.improvement, cycle.number
    if _remove(cycle, improvement.participation, CYCLE, seen, ImprovementEvent.CYCLE_REMOVED, by):
        for later in improvement.cycles.filter(number__gt=number).order_by("number"):
            later.number -= 1
            later.save(update_fields=["number"])


@transaction.atomic
def remove_effort(*, effort: Effort, seen: str = "", by: User) -> None:
    number, was_offered = effort.pk, Effort.objects.examples().filter(pk=effort.pk).exists()
    if _remove(effort, effort.participation, EFFORT, seen, ImprovementEvent.EFFORT_REMOVED, by):
        _note_offer(effort.participation, number, was=was_offered, now=False)


@transaction.atomic
def remove_step(*, step: EffortStep, seen: str = "", by: User) -> None:
    if _remove(step, step.effort.participation, STEP, seen, ImprovementEvent.STEP_REMOVED, by):
        step.effort.past_steps.filter(stage=step.stage).delete()


def _remove(
    row: Model, owner: Participation, names: tuple[str, ...], seen: str, kind: ImprovementEvent, by: User
) -> bool:
    """Remove the row if it is as the page showed it; return False if it is gone already."""
    participation = _hold(owner)
    stored = type(row)._default_manager.filter(pk=row.pk).first()
    if stored is None:
        return False
    try:
        refuse_stale(content_of(stored, *names), seen=seen or None)
    except Stale as stale:
        raise ActionRefused(CHANGED) from stale
    _record(kind, stored, participation, by)
    stored.delete()
    return True


@transaction.atomic
def tick_goal(*, participation: Participation, period: Period, goal: str, reached: bool, by: User) -> None:
    """Tick a goal of the work at home, or take the tick back; refuse a goal that SKR has rewritten meanwhile."""
    participation = _hold(participation)
    if goal not in goals_of(period):
        raise ActionRefused("SKR har ändrat målet sedan du öppnade sidan. Läs det igen.")
    ticked = {"participation": participation, "period": period, "goal": goal}
    if reached:
        changed = ReachedGoal.objects.get_or_create(**ticked, defaults={"reached_on": timezone.localdate()})[1]
    else:
        changed = bool(ReachedGoal.objects.filter(**ticked).delete()[0])
    if changed:
        audit.record(
            ImprovementEvent.GOAL_TICKED,
            target=period,
            by=by,
            organisation=participation.organisation.code,
            cohort=str(participation.cohort),
            what=goal if reached else f"{goal} (inte nått)",
        )


@transaction.atomic
def set_public(
    *, participation: Participation, efforts: Collection[int], improvements: Collection[int], by: User
) -> bool:
    """Let these efforts and improvements be published and no others; return True if anything changed.

    What is not shared with the group cannot be published either.
    """
    participation = _hold(participation)
    changed = False
    for rows, chosen, kind in (
        (participation.efforts, efforts, ImprovementEvent.EFFORT_SAVED),
        (participation.improvements, improvements, ImprovementEvent.IMPROVEMENT_SAVED),
    ):
        for row in rows.filter(shared=True):
            if row.public != (row.pk in chosen):
                row.public = not row.public
                row.save(update_fields=["public"])
                _record(kind, row, participation, by)
                if isinstance(row, Improvement):
                    tell_of_naming(row)
                changed = True
    return changed


@transaction.atomic
def answer_naming(*, improvement: Improvement, agrees: bool, by: User) -> Improvement:
    """Record whether the organisation that had the idea may be named in public."""
    _hold(improvement.participation)
    stored = Improvement.objects.select_related("borrowed_from", "participation__cohort").get(pk=improvement.pk)
    lender = stored.borrowed_from
    if lender is None or lender != improvement.borrowed_from:
        raise ActionRefused("Förbättringsarbetet nämner inte längre er organisation.")
    if stored.lender_agrees != agrees:
        stored.lender_agrees = agrees
        stored.save(update_fields=["lender_agrees"])
        # The answer is the lender's own doing, so it stands in its trail.
        audit.record(
            ImprovementEvent.NAMING_ANSWERED,
            target=stored,
            by=by,
            organisation=lender.code,
            cohort=str(stored.participation.cohort),
            agrees=agrees,
        )
    return stored


def _note_offer(participation: Participation, number: int, *, was: bool, now: bool) -> None:
    """Remember that an example has been withdrawn, until it is offered again; of a rehearsal nothing is left."""
    if participation.cohort.rehearsal:
        return
    if was and not now:
        WithdrawnExample.objects.update_or_create(effort_number=number, defaults={"withdrawn_on": timezone.localdate()})
    elif now:
        WithdrawnExample.objects.filter(effort_number=number).delete()


def _hold(participation: Participation) -> Participation:
    """Lock the participation, so that an organisation's numbers and titles stay its own."""
    rows = Participation.objects.select_for_update(of=("self",), no_key=True).select_related("organisation", "cohort")
    return rows.get(pk=participation.pk)


def _stored(row: Row) -> Row | None:
    return type(row)._default_manager.get(pk=row.pk) if row.pk else None


def _twin(row: Row | None, new: dict[str, Any]) -> Row | None:
    """Return the row if it already has the new content: a first click has stored it."""
    return row if row is not None and content_of(row, *new) == new else None


def _store(row: Model, new: dict[str, Any], seen: str, *, field: str, **beside: Any) -> bool:
    """Return True if anything was stored; `beside` is stored with a change and never compared."""
    if change(row, new, seen=seen) is None:
        return False
    for name, value in beside.items():
        setattr(row, name, value)
    _save_valid(row, field=field)
    return True


def _save_valid(row: Model, *, field: str) -> None:
    refuse_broken_rule(row, field=field)
    row.save()


def _record(kind: ImprovementEvent, row: Model, participation: Participation, by: User) -> None:
    # The texts stay out of the trail: the row and the omgång are enough.
    cohort = str(participation.cohort)
    audit.record(kind, target=row, by=by, organisation=participation.organisation.code, cohort=cohort)
