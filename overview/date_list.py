"""The days of an omgång as a list: its meetings and the last days to hand in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from cohorts.models import Cohort
from kit.templatetags.swedish import enumerated, in_words, sentence, weekday_span
from meetings.agenda import clock
from meetings.enums import MeetingForm
from meetings.models import Meeting, Period
from planning.setup.standing import lacking_of


@dataclass(frozen=True)
class DateEntry:
    """A day, or several; `lacks` is what a coming meeting lacks, in words. Only a meeting has a page."""

    first: date
    last: date
    name: str
    url: str = ""
    beside: str = ""
    where: str = ""
    lacks: str = ""

    @property
    def days(self) -> str:
        return sentence(weekday_span(self.first, self.last))


@dataclass(frozen=True)
class DateList:
    """`past` has only meetings: a day to hand in that has been is nothing to look up."""

    coming: tuple[DateEntry, ...]
    past: tuple[DateEntry, ...]

    @property
    def past_words(self) -> str:
        number = len(self.past)
        return "Visa träffen som har varit" if number == 1 else f"Visa de {in_words(number)} träffar som har varit"


def reporting_of(cohort: Cohort) -> list[Period]:
    return list(cohort.periods.filter(is_reporting=True).select_related("after", "before", "cohort"))


def date_list(meetings: Sequence[Meeting], reporting: Iterable[Period], today: date, *, tells_lack: bool) -> DateList:
    """Return the list; `reporting` are the periods in which the result reports are written."""
    not_cancelled = [meeting for meeting in meetings if not meeting.is_cancelled]
    coming = [_entry(meeting, tells_lack=tells_lack) for meeting in not_cancelled if meeting.ends_on >= today]
    coming += [entry for entry in _last_days(reporting, not_cancelled) if entry.last >= today]
    past = [_entry(meeting, tells_lack=False) for meeting in not_cancelled if meeting.ends_on < today]
    return DateList(tuple(sorted(coming, key=lambda entry: (entry.first, entry.last, bool(entry.url)))), tuple(past))


def _entry(meeting: Meeting, *, tells_lack: bool) -> DateEntry:
    beside = [meeting.group.name if meeting.group else "", meeting.theme]
    return DateEntry(
        first=meeting.starts_on,
        last=meeting.ends_on,
        name=meeting.name,
        url=meeting.get_absolute_url(),
        beside=", ".join(filter(None, beside)),
        where=_where(meeting),
        lacks=sentence(f"{enumerated(lacking_of(meeting))} saknas") if tells_lack and any(lacking_of(meeting)) else "",
    )


def _where(meeting: Meeting) -> str:
    hour = f"kl. {clock(meeting.starts_at)}" if meeting.starts_at else ""
    place = meeting.place or ("digitalt" if meeting.form == MeetingForm.DIGITAL else "")
    return ", ".join(filter(None, (hour, place)))


def _last_days(reporting: Iterable[Period], not_cancelled: Iterable[Meeting]) -> list[DateEntry]:
    return [
        *(_last_day(meeting) for meeting in not_cancelled if meeting.is_assessed),
        *(DateEntry(row.due_on, row.due_on, "Sista dag att lämna in resultatrapporten") for row in reporting),
    ]


def _last_day(meeting: Meeting) -> DateEntry:
    name, group = f"Sista dag att lämna in självskattningen inför {meeting}", meeting.group
    return DateEntry(meeting.assessment_due_on, meeting.assessment_due_on, name, beside=group.name if group else "")
