"""Actions that add, move, cancel, remove and divide an omgång's meetings, and that write its periods.

`meetings.actions.editing` writes everything else about a meeting.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from assessments.figures.releases import renew_release
from cohorts.models import Cohort
from cohorts.trail import CohortEvent
from kit import audit
from kit.editing import refuse_stale, save
from kit.refusals import ActionRefused
from kit.staleness import content_of
from kit.templatetags.swedish import day_span
from meetings.actions.editing import refuse_facts
from meetings.actions.holding import hold_days, hold_in_order
from meetings.actions.mentors import keep_theme, meet_wishes
from meetings.kinds import MeetingKind
from meetings.models import Meeting, Period
from meetings.trail import MeetingEvent
from planning.actions.cohorts import widen
from planning.setup.blueprint import COUNTED, HOST, MEETING_AGENDA, PREPARATION
from planning.setup.move_mails import Move, tell_of_cancelling, tell_of_move
from planning.setup.moving import Moving, moving
from planning.setup.resting import rests_on

DAYS = ("starts_on", "ends_on")
FACTS = (
    *("name", "theme", "form", "starts_at", "ends_at", "place", "link", "goals", "hangs_on", "has_presentations"),
    *COUNTED,
)
TOO_SHORT = "Träffen slutar {0.ends_at:%H.%M} men börjar {0.starts_at:%H.%M}. Ändra tiderna innan den blir en dag."
PERIOD = ("name", "goals", "after", "before", "is_reporting", "due_before")


@dataclass(frozen=True)
class Moved:
    moving: Moving
    n_mailed: int
    widened: bool


def _lock_meeting(meeting: Meeting) -> Meeting:
    related = Meeting.objects.select_for_update(of=("self",), no_key=True).select_related("cohort", "group", "hangs_on")
    return related.get(pk=meeting.pk)


@transaction.atomic
def move_meeting(
    *, meeting: Meeting, starts_on: date, days: int, seen: str, by: User, why: str = "", today: date | None = None
) -> Moved | None:
    """Move a meeting with what hangs on it and mail those concerned once; return None if it is there already.

    Refuse a move without a reason if it opens or locks what is handed in, or changes a day that has been.
    """
    today = today or timezone.localdate()
    cohort = hold_days(meeting.cohort)
    hold_in_order(cohort.meetings.all())
    meeting = _lock_meeting(meeting)
    ends_on = starts_on + timedelta(days=days - 1)
    if not meeting.is_cancelled and (meeting.starts_on, meeting.ends_on) == (starts_on, ends_on):
        return None
    refuse_stale(content_of(meeting, *DAYS), seen=seen)
    shift = moving(meeting, cohort.meetings.all(), first=starts_on, last=ends_on, today=today)
    if shift.consequences and not why:
        raise ActionRefused("Skriv varför träffen flyttas. Skälet sparas bland händelserna.", field="why")
    for move in shift.moves:
        moved = move.meeting
        moved.cancelled_on = None if moved == meeting else moved.cancelled_on
        put_on(moved, move.after)
    firsts, lasts = zip(*(move.after for move in shift.moves), strict=True)
    widened = widen(cohort, min(firsts), max(lasts))
    record_move(meeting, shift.moves, why, by)
    return Moved(shift, tell_of_move(cohort, shift.moves, why=why, today=today), widened)


def put_on(meeting: Meeting, days: tuple[date, date]) -> None:
    """Save a meeting's new days; what depends on them follows."""
    meeting.starts_on, meeting.ends_on = days
    if not meeting.ends_after_start:
        raise ActionRefused(TOO_SHORT.format(meeting), field="days")
    # A new sequence makes calendars replace the old day, and earlier answers count as given to another day.
    meeting.sequence += 1
    meeting.save(update_fields=[*DAYS, "sequence", "cancelled_on", "changed_at"])
    if meeting.is_assessed:
        renew_release(meeting=meeting)


def record_move(meeting: Meeting, moves: Sequence[Move], why: str, by: User) -> None:
    """Write the move of a meeting and of those that followed it in the trail; `moves` begins with its own."""
    first, *followed = moves
    also = [f"{move.meeting.name} följde med till {day_span(*move.after)}" for move in followed]
    data = {"what": "; ".join(also)} if also else {}
    audit.record(
        MeetingEvent.MEETING_MOVED,
        target=f"{meeting}, {meeting.cohort}",
        by=by,
        before=day_span(*first.before),
        after=day_span(*first.after),
        why=why,
        **data,
    )


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, by: User, why: str = "") -> int | None:
    """Cancel a meeting, mail those concerned and return how many, or None if it was cancelled; refuse a past one."""
    cohort, meeting = hold_days(meeting.cohort), _lock_meeting(meeting)
    if meeting.is_cancelled:
        return None
    today = timezone.localdate()
    if meeting.ends_on < today:
        raise ActionRefused("Träffen har redan varit och kan inte ställas in.")
    meeting.cancelled_on = today
    meeting.sequence += 1
    meeting.save(update_fields=["cancelled_on", "sequence", "changed_at"])
    audit.record(MeetingEvent.MEETING_CANCELLED, target=f"{meeting}, {cohort}", by=by, why=why)
    return tell_of_cancelling(cohort, meeting, why=why, today=today)


@transaction.atomic
def add_meeting(*, cohort: Cohort, kind: str, starts_on: date, days: int, by: User, **facts: Any) -> Meeting:
    """Add a meeting for the omgång or for one group; a second click returns the meeting that the first one added."""
    cohort = hold_days(cohort)
    ends_on = starts_on + timedelta(days=days - 1)
    same = {"kind": kind, "starts_on": starts_on, "ends_on": ends_on, **facts}
    twin = Meeting.objects.filter(cohort=cohort, **same).first()
    if twin:
        return twin
    number = _next_number(cohort, kind)
    meeting = Meeting(cohort=cohort, number=number, key=_free_key(cohort, MeetingKind(kind), number), **same)
    refuse_facts(meeting, facts)
    meeting.save()
    meet_wishes(meeting)
    widen(cohort, starts_on, ends_on)
    audit.record(MeetingEvent.MEETING_ADDED, target=f"{meeting}, {cohort}", by=by, what=day_span(starts_on, ends_on))
    return meeting


def _next_number(cohort: Cohort, kind: str) -> int:
    last = Meeting.objects.filter(cohort=cohort, kind=kind).order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def _free_key(cohort: Cohort, kind: MeetingKind, number: int) -> str:
    taken = set(Meeting.objects.filter(cohort=cohort).values_list("key", flat=True))
    return next(key for at in range(number, 10_000) if (key := f"{kind.facts.stem}-{at}") not in taken)


@transaction.atomic
def remove_meeting(*, meeting: Meeting, by: User) -> None:
    """Delete a meeting; refuse one that has answers, self-assessments or other work."""
    cohort = hold_days(meeting.cohort)
    stored = Meeting.objects.select_for_update(of=("self",)).filter(pk=meeting.pk).first()
    if stored is None:  # a second click
        return
    _refuse_if_used(stored)
    what = f"{stored}, {cohort}"
    keep_theme(stored)
    stored.delete()
    audit.record(MeetingEvent.MEETING_DELETED, target=what, by=by)


def _refuse_if_used(meeting: Meeting) -> None:
    there = rests_on(meeting)
    if there:
        raise ActionRefused(f"Träffen har {there} och kan inte tas bort. Ställ in den i stället.")


@transaction.atomic
def one_for_each_group(*, meeting: Meeting, by: User) -> list[Meeting]:
    """Replace the omgång's own meeting by one for each group, with the same days, agenda and preparations."""
    cohort = hold_days(meeting.cohort)
    original = Meeting.objects.select_for_update(of=("self",)).filter(pk=meeting.pk).first()
    if original is None:
        raise ActionRefused("Varje grupp har redan en egen träff.")
    groups = list(cohort.groups.order_by("position", "pk"))
    if original.group_id or not groups:
        raise ActionRefused("Gör grupperna först." if not groups else "Träffen hör redan till en grupp.")
    _refuse_if_used(original)
    lists = [
        (relation, list(getattr(original, relation).all())) for relation in ("preparations", "agenda", "host_tasks")
    ]
    followers = list(original.followers.values_list("pk", flat=True))
    after, before = (list(Period.objects.filter(**{end: original}).values_list("pk", flat=True)) for end in PERIOD[2:4])
    chosen_by = list(original.chosen_by.all())
    key, facts = original.key, content_of(original, "kind", "number", *DAYS, *FACTS)
    original.delete()
    made = [Meeting(cohort=cohort, group=group, key=f"{key}-{group.key}"[:60], **facts) for group in groups]
    for group_meeting in made:
        group_meeting.save()
        group_meeting.chosen_by.set(
            mentorship for mentorship in chosen_by if mentorship.group_id == group_meeting.group_id
        )
        _copy(lists, group_meeting)
    Meeting.objects.filter(pk__in=followers).update(hangs_on=made[0])
    Period.objects.filter(pk__in=after).update(after=made[0])
    Period.objects.filter(pk__in=before).update(before=made[0])
    names = ", ".join(group.name for group in groups)
    audit.record(MeetingEvent.MEETING_ADDED, target=f"{made[0]}, {cohort}", by=by, what=f"en för varje grupp: {names}")
    return made


def _copy(lists: list[tuple[str, list[Any]]], meeting: Meeting) -> None:
    columns = {"preparations": PREPARATION, "agenda": MEETING_AGENDA, "host_tasks": HOST}
    for relation, rows in lists:
        manager = getattr(meeting, relation)
        manager.bulk_create([manager.model(meeting=meeting, **content_of(row, *columns[relation])) for row in rows])


@transaction.atomic
def save_period(*, cohort: Cohort, period: Period | None, seen: str, by: User, **facts: Any) -> Period:
    """Add or change a period between meetings; a second click returns the period that the first one added."""
    cohort = hold_days(cohort)
    _refuse_period(cohort, period, facts)
    if period is None:
        twin = Period.objects.filter(cohort=cohort, **facts).first()
        if twin:
            return twin
        period = Period.objects.create(cohort=cohort, position=cohort.periods.count(), **facts)
    else:
        period = Period.objects.select_for_update(of=("self",)).get(pk=period.pk)
        if save(period, facts, seen=seen) is None:
            return period
    audit.record(CohortEvent.COHORT_CHANGED, target=cohort, by=by, what=f"perioden {period.name}")
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
    cohort = hold_days(period.cohort)
    if Period.objects.filter(pk=period.pk).delete()[0]:
        audit.record(CohortEvent.COHORT_CHANGED, target=cohort, by=by, what=f"tog bort perioden {period.name}")
