"""Values that say who has handed in a self-assessment before a meeting.

Of a draft they say only how many moment have a value.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assessments.figures.panels import Among, answered_meetings, expected_at
from assessments.models import Assessment
from checklist.models import Item
from cohorts.models import Cohort, Participation
from kit.templatetags.swedish import enumerated, in_words, sentence
from meetings.models import Meeting

# With more than these, the page's lead names nobody: the table is enough.
NAMED = 4


@dataclass(frozen=True)
class Readiness:
    """One organisation before a meeting. `rated` counts the moment with a value; None if nothing has begun."""

    participation: Participation
    submitted_on: date | None
    rated: int | None

    @property
    def is_submitted(self) -> bool:
        return self.submitted_on is not None


@dataclass(frozen=True)
class Watch:
    """The meeting that SKR follows, with every organisation expected there; those that lack something come first."""

    meeting: Meeting
    rows: list[Readiness]
    today: date

    @property
    def is_over(self) -> bool:
        return self.meeting.ends_on < self.today

    @property
    def is_late(self) -> bool:
        return not self.is_over and self.meeting.assessment_due_on < self.today

    @property
    def lacking(self) -> list[Readiness]:
        return [row for row in self.rows if not row.is_submitted]

    @property
    def is_empty(self) -> bool:
        """True if nothing is entered for a meeting that is over: what was done then may never have come here."""
        return self.is_over and all(row.rated is None and not row.is_submitted for row in self.rows)

    @property
    def headline(self) -> str:
        if self.is_empty:
            return f"Inga självskattningar inför {self.meeting} är inlagda."
        total, done = len(self.rows), len(self.rows) - len(self.lacking)
        verb = "lämnade in" if self.is_over else "har lämnat in"
        if done in (0, total):
            who = "Alla" if done else "Ingen"
            return f"{who} {verb}{'' if done or self.is_over else ' än'} inför {self.meeting}."
        # Both numbers are words or both are figures.
        figures = (_counted(done), in_words(total)) if total <= 12 else (str(done), str(total))
        return f"{sentence(figures[0])} av {figures[1]} {verb} inför {self.meeting}."

    @property
    def names_lacking(self) -> str:
        """Return the names of those that lack something, or nothing if they are too many to name."""
        names = [row.participation.organisation.name for row in self.lacking]
        if not names or len(names) > NAMED or len(names) == len(self.rows):
            return ""
        return enumerated(names)


def _counted(number: int) -> str:
    # "Organisation" has common gender in Swedish: en av tre.
    return "en" if number == 1 else in_words(number)


def meeting_to_watch(meetings: Sequence[Meeting], today: date) -> Meeting | None:
    """Return the next meeting with a self-assessment; if there is none, the last that anyone has answered."""
    assessed = [meeting for meeting in meetings if meeting.is_assessed]
    coming = [meeting for meeting in assessed if meeting.ends_on >= today]
    if coming or not assessed:
        return coming[0] if coming else None
    answered = set(answered_meetings(assessed[0].cohort).values_list("pk", flat=True))
    return next((meeting for meeting in reversed(assessed) if meeting.pk in answered), assessed[-1])


def watch(meetings: Sequence[Meeting], today: date, among: Among = None) -> Watch | None:
    """Return None if there is no meeting to hand in for, or nobody who should."""
    meeting = meeting_to_watch(meetings, today)
    rows = sorted(readiness_for(meeting, among), key=lambda row: row.is_submitted) if meeting else []
    return Watch(meeting, rows, today) if meeting and rows else None


def readiness_for(meeting: Meeting, among: Among = None) -> list[Readiness]:
    rows = Assessment.objects.at_meetings().filter(meeting=meeting).with_progress()
    # Values and not objects, since the national omgång has three hundred rows.
    begun = {pk: (day, rated) for pk, day, rated in rows.values_list("participation", "submitted_on", "rated")}
    rows_of = (
        Readiness(participation, *begun.get(participation.pk, (None, None)))
        for participation in expected_at(meeting, among)
    )
    # Whoever has left lacks nothing, but what it handed in stands.
    return [row for row in rows_of if row.is_submitted or not row.participation.is_withdrawn]


def count_items(cohort: Cohort) -> int | None:
    """Return how many moment the omgång rates; None if it has no checklist."""
    return Item.objects.filter(checklist__assessmentplans__cohort=cohort).count() or None
