"""Every write to an omgång's days: meetings added, changed, moved, called off, removed, one for each group."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from checklist.actions.releases import renew_release
from cohorts.models import Cohort
from meetings.actions.editing import HOURS
from meetings.models import Meeting, Period
from meetings.page import when_of
from meetings.telling import tell_of_hours
from modell import audit
from modell.audit import Kind
from modell.refusals import ActionRefused
from modell.staleness import Stale, content_of, digest
from modell.templatetags.swedish import day_span
from programme.actions.cohorts import widen
from programme.setup.blueprint import COUNTED, HELD_AGENDA, HOST, PREPARATION
from programme.setup.moving import Moving, moving
from programme.setup.names import KEYS
from programme.setup.resting import rests_on
from programme.setup.telling import tell_of_cancelling, tell_of_move

DAYS = ("starts_on", "ends_on")
FACTS = (
    *("name", "theme", "form", "starts_at", "ends_at", "place", "link", "goals", "hangs_on", "has_presentations"),
    *COUNTED,
)
# What stands in a calendar's entry: when one of them changes, the calendar must take the new one.
IN_CALENDARS = ("name", "form", "starts_at", "ends_at", "place", "link")
PERIOD = ("name", "goals", "after", "before", "is_reporting", "due_before")


@dataclass(frozen=True)
class Moved:
    moving: Moving
    told: int
    widened: bool


def hold(cohort: Cohort) -> Cohort:
    """One at a time changes an omgång's days."""
    return Cohort.objects.select_for_update(of=("self",)).select_related("contact").get(pk=cohort.pk)


def _held(meeting: Meeting) -> Meeting:
    related = Meeting.objects.select_for_update(of=("self",), no_key=True).select_related("cohort", "group", "hangs_on")
    return related.get(pk=meeting.pk)


@transaction.atomic
def move_meeting(
    *, meeting: Meeting, starts_on: date, days: int, seen: str, by: User, why: str = "", today: date | None = None
) -> Moved | None:
    """To another day, with what hangs on it; those concerned are told once. The same day again is no change (None).

    A move that opens or locks what is handed in, or that rewrites what has been, needs its reason.
    """
    today = today or timezone.localdate()
    cohort, meeting = hold(meeting.cohort), _held(meeting)
    ends_on = starts_on + timedelta(days=days - 1)
    if not meeting.is_cancelled and (meeting.starts_on, meeting.ends_on) == (starts_on, ends_on):
        return None
    if seen != digest(content_of(meeting, *DAYS)):
        raise Stale(content_of(meeting, *DAYS))
    rows = list(Meeting.objects.select_for_update(of=("self",), no_key=True).filter(cohort=cohort))
    found = moving(meeting, rows, first=starts_on, last=ends_on, today=today)
    if found.consequences and not why:
        raise ActionRefused("Skriv varför träffen flyttas. Skälet sparas i händelseloggen.", field="why")
    for move in found.moves:
        moved = move.meeting
        moved.starts_on, moved.ends_on = move.after
        moved.sequence += 1
        moved.cancelled_on = None if moved == meeting else moved.cancelled_on
        moved.save(update_fields=[*DAYS, "sequence", "cancelled_on"])
        if moved.is_assessed:
            renew_release(meeting=moved)
    firsts, lasts = zip(*(move.after for move in found.moves), strict=True)
    widened = widen(cohort, min(firsts), max(lasts))
    _record_move(meeting, found, why, by)
    return Moved(found, tell_of_move(cohort, found.moves, why=why, today=today), widened)


def _record_move(meeting: Meeting, found: Moving, why: str, by: User) -> None:
    first, *followed = found.moves
    also = [f"{move.meeting.name} följde med till {day_span(*move.after)}" for move in followed]
    data = {"what": "; ".join(also)} if also else {}
    audit.record(
        Kind.MEETING_MOVED,
        target=f"{meeting}, {meeting.cohort}",
        by=by,
        before=day_span(*first.before),
        after=day_span(*first.after),
        why=why,
        **data,
    )


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, by: User, why: str = "") -> int | None:
    """Called off, and told of; it stays in the list. Once called off, again is no change (None)."""
    cohort, meeting = hold(meeting.cohort), _held(meeting)
    if meeting.is_cancelled:
        return None
    today = timezone.localdate()
    if meeting.ends_on < today:
        raise ActionRefused("Träffen har redan varit och kan inte ställas in.")
    meeting.cancelled_on = today
    meeting.sequence += 1
    meeting.save(update_fields=["cancelled_on", "sequence"])
    audit.record(Kind.MEETING_CANCELLED, target=f"{meeting}, {cohort}", by=by, why=why)
    return tell_of_cancelling(cohort, meeting, why=why, today=today)


@transaction.atomic
def add_meeting(*, cohort: Cohort, kind: str, starts_on: date, days: int, by: User, **facts: Any) -> Meeting:
    """For the whole omgång, or one group; its number follows on those of its kind. Two clicks give one."""
    cohort = hold(cohort)
    ends_on = starts_on + timedelta(days=days - 1)
    same = {"kind": kind, "starts_on": starts_on, "ends_on": ends_on, **facts}
    twin = Meeting.objects.filter(cohort=cohort, **same).first()
    if twin:
        return twin
    number = _next_number(cohort, kind)
    meeting = Meeting.objects.create(cohort=cohort, number=number, key=_free_key(cohort, kind, number), **same)
    widen(cohort, starts_on, ends_on)
    audit.record(Kind.MEETING_ADDED, target=f"{meeting}, {cohort}", by=by, what=day_span(starts_on, ends_on))
    return meeting


def _next_number(cohort: Cohort, kind: str) -> int:
    last = Meeting.objects.filter(cohort=cohort, kind=kind).order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def _free_key(cohort: Cohort, kind: str, number: int) -> str:
    taken = set(Meeting.objects.filter(cohort=cohort).values_list("key", flat=True))
    return next(key for at in range(number, 10_000) if (key := f"{KEYS[kind]}-{at}") not in taken)  # type: ignore[index]


@transaction.atomic
def edit_meeting(*, meeting: Meeting, seen: str, by: User, **facts: Any) -> Meeting:
    """All of it but its days, which are moved. Whoever comes is told of other hours."""
    hold(meeting.cohort)
    meeting = _held(meeting)
    stored = content_of(meeting, *facts)
    if stored == facts:
        return meeting
    if seen != digest(stored):
        raise Stale(stored)
    if facts["hangs_on"] == meeting:
        raise ActionRefused("En träff kan inte förbereda sig själv.", field="hangs_on")
    before = when_of(meeting)
    for name, value in facts.items():
        setattr(meeting, name, value)
    if any(stored[name] != facts[name] for name in IN_CALENDARS):
        meeting.sequence += 1
    meeting.save()
    if any(stored[name] != facts[name] for name in HOURS):
        tell_of_hours(meeting, before=before, now=when_of(meeting), today=timezone.localdate())
    audit.record(Kind.MEETING_SAVED, target=f"{meeting}, {meeting.cohort}", by=by)
    return meeting


@transaction.atomic
def remove_meeting(*, meeting: Meeting, by: User) -> None:
    """One that nothing rests on; a second click finds it gone."""
    cohort = hold(meeting.cohort)
    found = Meeting.objects.select_for_update(of=("self",)).filter(pk=meeting.pk).first()
    if found is None:
        return
    _refuse_if_used(found)
    what = f"{found}, {cohort}"
    found.delete()
    audit.record(Kind.MEETING_DELETED, target=what, by=by)


def _refuse_if_used(meeting: Meeting) -> None:
    there = rests_on(meeting)
    if there:
        raise ActionRefused(f"Träffen har {there} och kan inte tas bort. Ställ in den i stället.")


@transaction.atomic
def one_for_each_group(*, meeting: Meeting, by: User) -> list[Meeting]:
    """In place of the omgång's own meeting, one for each group with the same days, agenda and preparations."""
    cohort = hold(meeting.cohort)
    found = Meeting.objects.select_for_update(of=("self",)).filter(pk=meeting.pk).first()
    if found is None:
        raise ActionRefused("Varje grupp har redan en egen träff.")
    groups = list(cohort.groups.order_by("position", "pk"))
    if found.group_id or not groups:
        raise ActionRefused("Gör grupperna först." if not groups else "Träffen hör redan till en grupp.")
    _refuse_if_used(found)
    lists = [(relation, list(getattr(found, relation).all())) for relation in ("preparations", "agenda", "host_tasks")]
    followers = list(found.followers.values_list("pk", flat=True))
    after, before = (list(Period.objects.filter(**{end: found}).values_list("pk", flat=True)) for end in PERIOD[2:4])
    key, facts = found.key, content_of(found, "kind", "number", *DAYS, *FACTS)
    found.delete()
    made = [Meeting(cohort=cohort, group=group, key=f"{key}-{group.key}"[:60], **facts) for group in groups]
    for one in made:
        one.save()
        _copy(lists, one)
    Meeting.objects.filter(pk__in=followers).update(hangs_on=made[0])
    Period.objects.filter(pk__in=after).update(after=made[0])
    Period.objects.filter(pk__in=before).update(before=made[0])
    names = ", ".join(group.name for group in groups)
    audit.record(Kind.MEETING_ADDED, target=f"{made[0]}, {cohort}", by=by, what=f"en för varje grupp: {names}")
    return made


def _copy(lists: list[tuple[str, list[Any]]], meeting: Meeting) -> None:
    columns = {"preparations": PREPARATION, "agenda": HELD_AGENDA, "host_tasks": HOST}
    for relation, rows in lists:
        manager = getattr(meeting, relation)
        manager.bulk_create([manager.model(meeting=meeting, **content_of(row, *columns[relation])) for row in rows])


@transaction.atomic
def save_period(*, cohort: Cohort, period: Period | None, seen: str, by: User, **facts: Any) -> Period:
    """A stretch between meetings, new or changed. Two clicks give one."""
    cohort = hold(cohort)
    _refuse_period(cohort, period, facts)
    if period is None:
        twin = Period.objects.filter(cohort=cohort, **facts).first()
        if twin:
            return twin
        period = Period.objects.create(cohort=cohort, position=cohort.periods.count(), **facts)
    else:
        period = Period.objects.select_for_update(of=("self",)).get(pk=period.pk)
        stored = content_of(period, *facts)
        if stored == facts:
            return period
        if seen != digest(stored):
            raise Stale(stored)
        for name, value in facts.items():
            setattr(period, name, value)
        period.save()
    audit.record(Kind.COHORT_CHANGED, target=cohort, by=by, what=f"perioden {period.name}")
    return period


def _refuse_period(cohort: Cohort, period: Period | None, facts: dict[str, Any]) -> None:
    others = cohort.periods.exclude(pk=period.pk) if period else cohort.periods.all()
    if facts["is_reporting"] and others.filter(is_reporting=True).exists():
        raise ActionRefused("Omgången har redan en period då resultatrapporten skrivs.", field="is_reporting")
    after, before = facts["after"], facts["before"]
    if after and before and before.starts_on <= after.ends_on:
        raise ActionRefused("Perioden slutar innan den börjar. Välj en senare träff.", field="before")


@transaction.atomic
def remove_period(*, period: Period, by: User) -> None:
    cohort = hold(period.cohort)
    if Period.objects.filter(pk=period.pk).delete()[0]:
        audit.record(Kind.COHORT_CHANGED, target=cohort, by=by, what=f"tog bort perioden {period.name}")
