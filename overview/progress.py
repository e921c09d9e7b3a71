"""Where an omgång is in time: the meetings that have been, the next one and the last."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cohorts.models import Cohort
from kit.templatetags.swedish import in_words, sentence
from meetings.models import Meeting


@dataclass(frozen=True)
class Progress:
    n_passed: int
    n_meetings: int
    latest: Meeting | None
    next: Meeting | None
    last: Meeting | None
    sentence: str


def progress_of(cohort: Cohort, meetings: Sequence[Meeting], today: date) -> Progress:
    """Return it for the meetings that the reader is asked to, the first one first; those called off do not count."""
    not_cancelled = [meeting for meeting in meetings if not meeting.is_cancelled]
    passed = [meeting for meeting in not_cancelled if meeting.ends_on < today]
    coming = not_cancelled[len(passed) :]
    last = coming[-1] if len(coming) > 1 else None
    words = _in_words(cohort, len(passed), len(not_cancelled), today)
    return Progress(
        len(passed), len(not_cancelled), passed[-1] if passed else None, coming[0] if coming else None, last, words
    )


def _in_words(cohort: Cohort, n_passed: int, n_meetings: int, today: date) -> str:
    if not cohort.is_open(today):
        return "Omgången är avslutad."
    if not n_meetings:
        return "Ingen träff är planerad än."
    if n_passed == n_meetings:
        return "Alla träffar är genomförda."
    if not n_passed:
        return "Ingen träff är genomförd än."
    how_many = "En" if n_passed == 1 else sentence(in_words(n_passed))
    return f"{how_many} av {in_words(n_meetings)} träffar är genomförd{'' if n_passed == 1 else 'a'}."
