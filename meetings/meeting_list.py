"""A person's meetings in an omgång, with their own answers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.template.defaultfilters import date as format_date

from cohorts.models import Cohort
from cohorts.roles import Roles
from meetings.enums import Rsvp
from meetings.models import Attendance, Meeting
from meetings.whom import seats_asked_to, seats_at


@dataclass(frozen=True)
class MeetingRow:
    """A meeting with the reader's answer in words, empty if there is none to the meeting as it now stands."""

    meeting: Meeting
    answer: str
    is_yes: bool
    is_moved: bool
    is_asked: bool


@dataclass(frozen=True)
class MeetingList:
    """The meetings that concern the reader, coming and past, and the meetings of other groups."""

    coming: tuple[MeetingRow, ...]
    past: tuple[MeetingRow, ...]
    others: tuple[MeetingRow, ...]

    @property
    def headline(self) -> str:
        ahead = next((row for row in self.coming if not row.meeting.is_cancelled), None)
        if ahead:
            return f"Nästa träff är {format_date(ahead.meeting.starts_on, 'l j F Y')}."
        return "Alla träffar är genomförda." if self.past else "Inga träffar är planerade än."


def meeting_list_of(cohort: Cohort, roles: Roles, today: date) -> MeetingList:
    meetings = list(cohort.meetings.select_related("group", "host__organisation"))
    answers = {row.meeting_id: row for row in _answers(cohort, roles)}
    rows = [_row(meeting, answers.get(meeting.pk), roles, today) for meeting in meetings]
    overseen = roles.is_skr or cohort.pk in roles.evaluated_cohort_ids
    own = [row for row in rows if overseen or any(seats_at(roles, row.meeting))]
    return MeetingList(
        coming=tuple(row for row in own if row.meeting.ends_on >= today),
        past=tuple(reversed([row for row in own if row.meeting.ends_on < today])),
        others=tuple(row for row in rows if row not in own),
    )


def _answers(cohort: Cohort, roles: Roles) -> Iterable[Attendance]:
    seats = [seat.participation_id for seat in roles.seats if seat.cohort_id == cohort.pk]
    own = {"delegate__user": roles.user_id, "delegate__participation__in": seats}
    return Attendance.objects.filter(meeting__cohort=cohort, **own).order_by("pk") if seats else ()


def _row(meeting: Meeting, attendance: Attendance | None, roles: Roles, today: date) -> MeetingRow:
    current = attendance is not None and bool(attendance.answer) and attendance.answered_to == meeting.sequence
    return MeetingRow(
        meeting=meeting,
        answer=str(Rsvp(attendance.answer).label) if attendance and current else "",
        is_yes=attendance is not None and current and attendance.answer == Rsvp.YES,
        is_moved=attendance is not None and bool(attendance.answer) and not current,
        is_asked=bool(seats_asked_to(roles, meeting)) and meeting.is_asked_about(today),
    )
