"""When a reminder is due: for each matter from which day until which. The numbers are here and nowhere else."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from mailings.kinds import MailKind
from mailings.kinds import following as kinds
from meetings.models import Meeting
from programme.enums import Matter


@dataclass(frozen=True)
class Rule:
    """`first` and `last` are days counted from a day of the meeting (or of the report, or of what was agreed)."""

    name: str
    kind: MailKind
    first: Callable[[Meeting], date]
    last: Callable[[Meeting], date]
    matters: tuple[Matter, ...]
    to_all: bool = False

    def is_due(self, meeting: Meeting, today: date) -> bool:
        return self.first(meeting) <= today <= self.last(meeting)


def days(number: int) -> timedelta:
    return timedelta(days=number)


def _eve(meeting: Meeting) -> date:
    return meeting.starts_on - days(1)


BEFORE = (Matter.ANSWER, Matter.PREPARATION, Matter.ASSESSMENT, Matter.PRESENTATION)
# Of several that are due at once the first gives the mail its words.
MEETING_RULES = (
    Rule("invitation", kinds.MEETING_INVITATION, lambda m: m.invitation_due_on, _eve, BEFORE, to_all=True),
    Rule("assessment_late", kinds.MEETING_LATE, lambda m: m.assessment_due_on + days(1), _eve, (Matter.ASSESSMENT,)),
    Rule("present_late", kinds.MEETING_LATE, lambda m: m.presentation_due_on + days(1), _eve, (Matter.PRESENTATION,)),
    Rule("soon", kinds.MEETING_REMINDER, lambda m: m.starts_on - days(10), _eve, BEFORE),
    Rule(
        "assessment_due",
        kinds.MEETING_REMINDER,
        lambda m: m.assessment_due_on - days(7),
        lambda m: m.assessment_due_on,
        (Matter.ASSESSMENT,),
    ),
    Rule(
        "assessment_opens",
        kinds.ASSESSMENT_OPENS,
        lambda m: m.assessment_opens_on,
        lambda m: m.assessment_due_on - days(8),
        (Matter.ASSESSMENT,),
    ),
)
WRAP_UP = (days(1), days(7))
AGREEMENT_RULES = (("due", days(-7), days(0)), ("late", days(1), days(7)))
REPORT_RULES = (
    ("month", kinds.REPORT_REMINDER, days(-30), days(-8), (Matter.REPORT, Matter.APPROVAL)),
    ("week", kinds.REPORT_REMINDER, days(-7), days(0), (Matter.REPORT, Matter.APPROVAL)),
    ("late", kinds.REPORT_LATE, days(1), days(14), (Matter.REPORT,)),
)
