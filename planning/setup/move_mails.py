"""Mail about a meeting that is moved or cancelled, one to each person concerned."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cohorts.models import Cohort
from kit.templatetags.swedish import day_span
from meetings.models import Meeting
from meetings.telling import calendar_file, tell
from planning.mails import CANCELLED, MOVED
from planning.setup.recipients import Recipients


@dataclass(frozen=True)
class Move:
    """A meeting with its days before and after."""

    meeting: Meeting
    before: tuple[date, date]
    after: tuple[date, date]

    @property
    def n_days_before(self) -> int:
        return (self.before[1] - self.before[0]).days + 1

    def is_ahead(self, today: date) -> bool:
        """Return False for a meeting in the past both before and after: its move only corrects its day."""
        return max(self.before[1], self.after[1]) >= today


def tell_of_move(cohort: Cohort, moves: Sequence[Move], *, why: str, today: date) -> int:
    """Mail each person about the meetings that concern them, and return how many are mailed.

    Nobody is mailed about a move that only corrects a day in the past.
    """
    ahead = [move for move in moves if move.is_ahead(today)]
    if not ahead:
        return 0
    first, n_mailed = moves[0].meeting, 0
    by_meeting = {move.meeting: move for move in ahead}
    files = {move.meeting: calendar_file(move.meeting, days_before=move.n_days_before) for move in ahead}
    for delegate, meetings in Recipients(cohort, today).with_meetings(by_meeting).items():
        main, *others = [by_meeting[meeting] for meeting in meetings]
        lines = [
            f"{move.meeting.name}, förut {day_span(*move.before)}, är nu {day_span(*move.after)}." for move in others
        ]
        values = {"forut": day_span(*main.before), "nu": day_span(*main.after)}
        values["foljer"] = "\n".join(["Det här flyttas också:", *lines]) if lines else ""
        key = f"meeting_moved:{first.pk}:{first.sequence}:{delegate.user_id}"
        values["varfor"] = why
        n_mailed += tell(MOVED, key, delegate, main.meeting, cohort, values, [files[meeting] for meeting in meetings])
    return n_mailed


def tell_of_cancelling(cohort: Cohort, meeting: Meeting, *, why: str, today: date) -> int:
    n_mailed, file = 0, calendar_file(meeting)
    for delegate in Recipients(cohort, today).with_meetings([meeting]):
        key = f"meeting_cancelled:{meeting.pk}:{meeting.sequence}:{delegate.user_id}"
        values = {"nar": day_span(meeting.starts_on, meeting.ends_on), "varfor": why}
        n_mailed += tell(CANCELLED, key, delegate, meeting, cohort, values, [file])
    return n_mailed
