"""An omgång's days as plain values: what the preview shows, what warnings are about, what is created."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from cohorts.models import Cohort
from meetings.enums import ASSESSED, MeetingForm, MeetingKind
from meetings.models import Meeting, Period


@dataclass(frozen=True)
class PlannedMeeting:
    """`ref` names it within the plan, `prepares` is the ref of the meeting it prepares, `group` that of its group."""

    ref: str
    name: str
    kind: MeetingKind
    starts_on: date
    ends_on: date
    form: MeetingForm = MeetingForm.DIGITAL
    theme: str = ""
    prepares: str = ""
    group: str = ""
    opens_before: int = 42
    due_before: int = 7

    @property
    def is_assessed(self) -> bool:
        return self.kind in ASSESSED

    @property
    def opens_on(self) -> date:
        return self.starts_on - timedelta(days=self.opens_before)

    @property
    def due_on(self) -> date:
        return self.starts_on - timedelta(days=self.due_before)

    def on(self, first: date) -> "PlannedMeeting":
        """The same on another day, as long as before."""
        return replace(self, starts_on=first, ends_on=first + (self.ends_on - self.starts_on))


@dataclass(frozen=True)
class Plan:
    """`next_starts_on` is the first day of the omgång that comes after, where one is set up."""

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
        """The meeting that is the omgång's beginning: uppstarten, or its first meeting where there is none."""
        meetings = self.in_order()
        kickoff = next((meeting for meeting in meetings if meeting.kind == MeetingKind.KICKOFF), None)
        return kickoff or (meetings[0] if meetings else None)


def plan_of(cohort: Cohort, meetings: Iterable[Meeting], *, periods: Iterable[Period] = ()) -> Plan:
    """The omgång as it stands; what is called off is no longer in it."""
    due = next((period.due_on for period in periods if period.is_reporting), None)
    after = Cohort.objects.filter(starts_on__gt=cohort.starts_on).exclude(pk=cohort.pk).order_by("starts_on")
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
        theme=meeting.theme,
        prepares=meeting.hangs_on.key if meeting.hangs_on else "",
        group=meeting.group.key if meeting.group else "",
        opens_before=meeting.opens_before,
        due_before=meeting.due_before,
    )
