"""Rules that say from which day until which a reminder is due."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from cohorts.duty import Matter
from follow_up import mails as kinds
from follow_up import schedule
from mailings.kinds import MailKind
from meetings.models import Meeting


@dataclass(frozen=True)
class Rule:
    """A reminder before a meeting, due from `first` until `last`. `to_all`: also to people with nothing left to do."""

    name: str
    kind: MailKind
    first: Callable[[Meeting], date]
    last: Callable[[Meeting], date]
    matters: tuple[Matter, ...]
    to_all: bool = False

    def is_due(self, meeting: Meeting, today: date) -> bool:
        return self.first(meeting) <= today <= self.last(meeting)


@dataclass(frozen=True)
class DaysAround:
    """A reminder around a day: `first` and `last` count days after it, and are negative before it."""

    name: str
    kind: MailKind
    first: int
    last: int
    matters: tuple[Matter, ...]

    def is_due(self, due_on: date, today: date) -> bool:
        return self.first <= (today - due_on).days <= self.last


def days(number: int) -> timedelta:
    return timedelta(days=number)


def _eve(meeting: Meeting) -> date:
    return meeting.starts_on - days(1)


BEFORE = (Matter.ANSWER, Matter.PREPARATION, Matter.ASSESSMENT, Matter.PRESENTATION, Matter.HOST)
AFTERWARDS = (Matter.AGREEMENT, Matter.HOST, Matter.ATTENDANCE)
# When several are due at once, they make one mail, with the wording of the first in this order.
MEETING_RULES = (
    Rule("invitation", kinds.MEETING_INVITATION, lambda m: m.invitation_due_on, _eve, BEFORE, to_all=True),
    Rule(
        "assessment_late",
        kinds.MEETING_LATE,
        lambda m: m.assessment_due_on + days(schedule.LATE_AFTER),
        _eve,
        (Matter.ASSESSMENT,),
    ),
    Rule(
        "present_late",
        kinds.MEETING_LATE,
        lambda m: m.presentation_due_on + days(schedule.LATE_AFTER),
        _eve,
        (Matter.PRESENTATION,),
    ),
    Rule("soon", kinds.MEETING_REMINDER, lambda m: m.starts_on - days(schedule.MEETING_NEARS), _eve, BEFORE),
    Rule(
        "assessment_due",
        kinds.MEETING_REMINDER,
        lambda m: m.assessment_due_on - days(schedule.ASSESSMENT_NEARS),
        lambda m: m.assessment_due_on,
        (Matter.ASSESSMENT,),
    ),
    Rule(
        "assessment_opens",
        kinds.ASSESSMENT_OPENS,
        lambda m: m.assessment_opens_on,
        lambda m: m.assessment_due_on - days(schedule.ASSESSMENT_NEARS + 1),
        (Matter.ASSESSMENT,),
    ),
)
WRAP_UP = DaysAround("wrap_up", kinds.MEETING_WRAP_UP, schedule.WRAP_UP_AFTER, schedule.WRAP_UP_UNTIL, AFTERWARDS)
AGREEMENT_RULES = (
    DaysAround("due", kinds.AGREEMENT_REMINDER, -schedule.AGREEMENT_NEARS, 0, (Matter.AGREEMENT,)),
    DaysAround(
        "late", kinds.AGREEMENT_REMINDER, schedule.LATE_AFTER, schedule.AGREEMENT_LATE_UNTIL, (Matter.AGREEMENT,)
    ),
)
CYCLE_LATE = DaysAround("late", kinds.CYCLE_LATE, schedule.LATE_AFTER, schedule.CYCLE_LATE_UNTIL, (Matter.CYCLE,))
TO_WRITE_AND_APPROVE = (Matter.REPORT, Matter.APPROVAL)
REPORT_RULES = (
    DaysAround(
        "month", kinds.REPORT_REMINDER, -schedule.REPORT_COMES, -schedule.REPORT_NEARS - 1, TO_WRITE_AND_APPROVE
    ),
    DaysAround("week", kinds.REPORT_REMINDER, -schedule.REPORT_NEARS, 0, TO_WRITE_AND_APPROVE),
    DaysAround("late", kinds.REPORT_LATE, schedule.LATE_AFTER, schedule.REPORT_LATE_UNTIL, (Matter.REPORT,)),
)
