"""An omgång's days as plain values for the preview, the warnings and the action that creates it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Protocol

from cohorts.models import Cohort
from kit.templatetags.swedish import day
from meetings.enums import MeetingForm
from meetings.kinds import MeetingKind
from meetings.models import Meeting, Period
from meetings.models.meeting import DUE_BEFORE, OPENS_BEFORE


@dataclass(frozen=True)
class PlannedMeeting:
    """`ref` identifies the meeting in the plan, `prepares` is another meeting's ref, and `group` is the group's key."""

    ref: str
    name: str
    kind: MeetingKind
    starts_on: date
    ends_on: date
    form: MeetingForm = MeetingForm.DIGITAL
    starts_at: time | None = None
    ends_at: time | None = None
    theme: str = ""
    prepares: str = ""
    group: str = ""
    opens_before: int = OPENS_BEFORE
    due_before: int = DUE_BEFORE
    # None where nothing is presented.
    presents_before: int | None = None

    @property
    def is_assessed(self) -> bool:
        return self.kind.facts.is_assessed

    @property
    def opens_on(self) -> date:
        return self.starts_on - timedelta(days=self.opens_before)

    @property
    def due_on(self) -> date:
        return self.starts_on - timedelta(days=self.due_before)

    @property
    def presents_on(self) -> date | None:
        return None if self.presents_before is None else self.starts_on - timedelta(days=self.presents_before)

    def on(self, first: date) -> "PlannedMeeting":
        return replace(self, starts_on=first, ends_on=first + (self.ends_on - self.starts_on))


@dataclass(frozen=True)
class Plan:
    """`next_starts_on` is the first day of the next omgång, if there is one."""

    starts_on: date
    ends_on: date
    meetings: tuple[PlannedMeeting, ...]
    report_due_on: date | None = None
    next_starts_on: date | None = None

    def in_order(self) -> list[PlannedMeeting]:
        return sorted(self.meetings, key=lambda meeting: (meeting.starts_on, meeting.ends_on))

    def by_ref(self) -> dict[str, PlannedMeeting]:
        return {meeting.ref: meeting for meeting in self.meetings}

    @property
    def begins(self) -> PlannedMeeting | None:
        meetings = self.in_order()
        kickoff = next((meeting for meeting in meetings if meeting.kind.facts.is_opening), None)
        return kickoff or (meetings[0] if meetings else None)


def plan_of(cohort: Cohort, meetings: Iterable[Meeting], *, periods: Iterable[Period] = ()) -> Plan:
    due = next((period.due_on for period in periods if period.is_reporting), None)
    after = (
        Cohort.objects.beside(cohort).filter(starts_on__gt=cohort.starts_on).exclude(pk=cohort.pk).order_by("starts_on")
    )
    return Plan(
        starts_on=cohort.starts_on,
        ends_on=cohort.ends_on,
        meetings=tuple(planned(meeting) for meeting in meetings if not meeting.is_cancelled),
        report_due_on=due,
        next_starts_on=after.values_list("starts_on", flat=True).first(),
    )


def planned(meeting: Meeting) -> PlannedMeeting:
    return PlannedMeeting(
        ref=meeting.key,
        name=meeting.name,
        kind=MeetingKind(meeting.kind),
        starts_on=meeting.starts_on,
        ends_on=meeting.ends_on,
        form=MeetingForm(meeting.form),
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        theme=meeting.theme,
        prepares=meeting.hangs_on.key if meeting.hangs_on else "",
        group=meeting.group.key if meeting.group else "",
        opens_before=meeting.opens_before,
        due_before=meeting.due_before,
        presents_before=meeting.present_before if meeting.has_presentations else None,
    )


class HasDays(Protocol):
    @property
    def starts_on(self) -> date: ...

    @property
    def ends_on(self) -> date: ...


def outside(meetings: Iterable[tuple[str, HasDays]], first: date | None, last: date) -> str:
    """Return a sentence about the first meeting that lies outside the days, by name; empty if all lie within."""
    for name, meeting in meetings:
        if first and meeting.starts_on < first:
            return f"{name} är {day(meeting.starts_on)}. Flytta träffen först, eller låt omgången börja då."
        if meeting.ends_on > last:
            return f"{name} är {day(meeting.ends_on)}. Flytta träffen först, eller låt omgången sluta senare."
    return ""
