"""The consequences of moving a meeting, worked out before anything is moved, for both the page and the action."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from assessments.enums import AssessmentState
from assessments.models import Assessment
from kit.templatetags.swedish import day, in_words
from meetings.models import Meeting
from planning.setup.move_mails import Move


@dataclass(frozen=True)
class Moving:
    """`moves` begins with the meeting itself; `stays` are followers that have been, or would be in the past.

    `consequences` are effects on self-assessments and figures; if there are any, a reason is required.
    """

    moves: tuple[Move, ...]
    stays: tuple[Meeting, ...]
    consequences: tuple[str, ...]

    @property
    def followers(self) -> tuple[Move, ...]:
        return self.moves[1:]


def moving(meeting: Meeting, meetings: Iterable[Meeting], *, first: date, last: date, today: date) -> Moving:
    """Return the move; a follower moves by as many days if it is in the future both before and after."""
    by, rows = first - meeting.starts_on, list(meetings)
    moves, stays = [Move(meeting, (meeting.starts_on, meeting.ends_on), (first, last))], []
    for follower in followers_of(meeting, rows) if by else ():
        after = (follower.starts_on + by, follower.ends_on + by)
        if min(follower.starts_on, after[0]) > today:
            moves.append(Move(follower, (follower.starts_on, follower.ends_on), after))
        else:
            stays.append(follower)
    return Moving(tuple(moves), tuple(stays), tuple(consequences_of(meeting, first, last, today)))


def followers_of(meeting: Meeting, meetings: Sequence[Meeting]) -> list[Meeting]:
    """Return the meetings that hang on this one, directly or through others, without those that are cancelled."""
    followers: list[Meeting] = []
    waiting = [meeting.pk]
    while waiting:
        target = waiting.pop(0)
        for other in meetings:
            if other.hangs_on_id == target and other != meeting and other not in followers and not other.is_cancelled:
                followers.append(other)
                waiting.append(other.pk)
    return followers


def consequences_of(meeting: Meeting, first: date, last: date, today: date) -> list[str]:
    begun, will_have = meeting.has_begun(today), first <= today
    n = Assessment.objects.filter(meeting=meeting, state=AssessmentState.SUBMITTED).count()
    which = "En inlämnad självskattning" if n == 1 else f"{in_words(n).capitalize()} inlämnade självskattningar"
    if begun and not will_have:
        sentences = ["Träffen har redan börjat."]
        if n:
            sentences.append(
                f"{which} låstes den {day(meeting.starts_on)} och går att ta tillbaka igen fram till den {day(first)}. "
                "Siffror som omgången redan har sett ligger kvar."
            )
        return sentences
    if not begun and will_have:
        sentences = ["Den nya dagen har redan varit."]
        if n:
            sentences.append(f"{which} låses genast, och omgångens siffror för träffen öppnas.")
        return sentences
    if begun and (first, last) != (meeting.starts_on, meeting.ends_on):
        return ["Träffen har redan varit. Det här rättar dagen, och ingen får mejl om det."]
    return []


def due_sentences(meeting: Meeting, by: timedelta) -> list[str]:
    """Return sentences with the days that are counted from the meeting once it has moved `by` so much."""
    sentences = [f"Inbjudan ska vara skickad {day(meeting.invitation_due_on + by)}."]
    if meeting.is_assessed:
        sentences.append(f"Självskattningen öppnar {day(meeting.assessment_opens_on + by)}.")
        sentences.append(f"Den ska vara inlämnad {day(meeting.assessment_due_on + by)}.")
    if meeting.has_presentations:
        sentences.append(f"Presentationen ska vara lämnad {day(meeting.presentation_due_on + by)}.")
    return sentences
