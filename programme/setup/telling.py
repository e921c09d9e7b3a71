"""The mail about a meeting that is moved or called off: one to each whom it concerns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cohorts.models import Cohort
from mailings.kinds.setup import CANCELLED, MOVED
from meetings.models import Meeting
from meetings.telling import tell
from modell.templatetags.swedish import day_span
from programme.setup.concerned import Concerned


@dataclass(frozen=True)
class Move:
    """A meeting with its days before and after."""

    meeting: Meeting
    before: tuple[date, date]
    after: tuple[date, date]


def tell_of_move(cohort: Cohort, moves: Sequence[Move], *, why: str, today: date) -> int:
    """Of all that moved with it each reads only what concerns them. Returns how many were told.

    A day that had been and stays behind is a correction in the books, and tells nobody anything.
    """
    ahead = [move for move in moves if max(move.before[1], move.after[1]) >= today]
    if not ahead:
        return 0
    first, told = moves[0].meeting, 0
    by_meeting = {move.meeting: move for move in ahead}
    for delegate, meetings in Concerned(cohort, today).by(by_meeting).items():
        main, *others = [by_meeting[meeting] for meeting in meetings]
        lines = [
            f"{move.meeting.name}, förut {day_span(*move.before)}, är nu {day_span(*move.after)}." for move in others
        ]
        values = {"forut": day_span(*main.before), "nu": day_span(*main.after)}
        values["foljer"] = "\n".join(["Det här flyttas också:", *lines]) if lines else ""
        key = f"meeting_moved:{first.pk}:{first.sequence}:{delegate.user_id}"
        told += tell(MOVED, key, delegate, main.meeting, cohort, {**values, "varfor": why})
    return told


def tell_of_cancelling(cohort: Cohort, meeting: Meeting, *, why: str, today: date) -> int:
    told = 0
    for delegate in Concerned(cohort, today).by([meeting]):
        key = f"meeting_cancelled:{meeting.pk}:{meeting.sequence}:{delegate.user_id}"
        values = {"nar": day_span(meeting.starts_on, meeting.ends_on), "varfor": why}
        told += tell(CANCELLED, key, delegate, meeting, cohort, values)
    return told
