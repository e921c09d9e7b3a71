"""What moving a meeting brings with it, worked out before anything is moved; the page and the action ask the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from checklist.enums import AssessmentState
from checklist.models import Assessment
from meetings.models import Meeting
from modell.templatetags.swedish import day, in_words
from programme.setup.telling import Move


@dataclass(frozen=True)
class Moving:
    """`moves` has the meeting first, then those that follow; `stays` what hangs on it but has been.

    `consequences` are what the move does to self-assessments and figures: with any of them, a reason is asked for.
    """

    moves: tuple[Move, ...]
    stays: tuple[Meeting, ...]
    consequences: tuple[str, ...]

    @property
    def followers(self) -> tuple[Move, ...]:
        return self.moves[1:]


def moving(meeting: Meeting, meetings: Iterable[Meeting], *, first: date, last: date, today: date) -> Moving:
    """What hangs on it moves by as many days, if it lies ahead and would still do so."""
    by, rows = first - meeting.starts_on, list(meetings)
    moves, stays = [Move(meeting, (meeting.starts_on, meeting.ends_on), (first, last))], []
    for follower in followers_of(meeting, rows) if by else ():
        after = (follower.starts_on + by, follower.ends_on + by)
        if min(follower.starts_on, after[0]) > today:
            moves.append(Move(follower, (follower.starts_on, follower.ends_on), after))
        else:
            stays.append(follower)
    return Moving(tuple(moves), tuple(stays), tuple(_consequences(meeting, first, last, today)))


def followers_of(meeting: Meeting, meetings: Sequence[Meeting]) -> list[Meeting]:
    """Those that hang on it, and on them; what is called off stays where it was."""
    found: list[Meeting] = []
    waiting = [meeting.pk]
    while waiting:
        target = waiting.pop(0)
        for other in meetings:
            if other.hangs_on_id == target and other != meeting and other not in found and not other.is_cancelled:
                found.append(other)
                waiting.append(other.pk)
    return found


def _consequences(meeting: Meeting, first: date, last: date, today: date) -> list[str]:
    begun, will_have = meeting.has_begun(today), first <= today
    n = Assessment.objects.filter(meeting=meeting, state=AssessmentState.SUBMITTED).count()
    which = "En inlämnad självskattning" if n == 1 else f"{in_words(n).capitalize()} inlämnade självskattningar"
    if begun and not will_have:
        told = ["Träffen har redan börjat."]
        if n:
            told.append(
                f"{which} låstes den {day(meeting.starts_on)} och går att ta tillbaka igen fram till den {day(first)}. "
                "Siffror som omgången redan har sett ligger kvar."
            )
        return told
    if not begun and will_have:
        told = ["Den nya dagen har redan varit."]
        if n:
            told.append(f"{which} låses genast, och omgångens siffror för träffen öppnas.")
        return told
    if begun and (first, last) != (meeting.starts_on, meeting.ends_on):
        return ["Träffen har redan varit. Det här rättar dagen, och ingen får mejl om det."]
    return []


def due_sentences(meeting: Meeting, by: timedelta) -> list[str]:
    """The days that are counted from the meeting, as they will be."""
    told = [f"Inbjudan ska vara skickad {day(meeting.invitation_due_on + by)}."]
    if meeting.is_assessed:
        told.append(f"Självskattningen öppnar {day(meeting.assessment_opens_on + by)}.")
        told.append(f"Den ska vara inlämnad {day(meeting.assessment_due_on + by)}.")
    if meeting.has_presentations:
        told.append(f"Presentationen ska vara lämnad {day(meeting.presentation_due_on + by)}.")
    return told
