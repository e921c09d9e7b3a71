"""Who has handed in what for a meeting. Of a draft only how many moment have a value is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from checklist.models import Assessment, Item
from checklist.panels import Among, answered_meetings, expected_at
from cohorts.models import Cohort, Participation
from meetings.models import Meeting
from modell.templatetags.swedish import enumerated, in_words, sentence

# So many are named in the page's lead; beyond that the table is the list.
NAMED = 4


@dataclass(frozen=True)
class Readiness:
    """One organisation before a meeting. `rated` counts moment with a value; None where nothing is begun."""

    participation: Participation
    submitted_on: date | None
    rated: int | None

    @property
    def is_submitted(self) -> bool:
        return self.submitted_on is not None


@dataclass(frozen=True)
class Watch:
    """The meeting that SKR looks to, and every organisation expected there: those that lack something first."""

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
    def headline(self) -> str:
        total, done = len(self.rows), len(self.rows) - len(self.lacking)
        verb = "lämnade in" if self.is_over else "har lämnat in"
        if done in (0, total):
            who = "Alla" if done else "Ingen"
            return f"{who} {verb}{'' if done or self.is_over else ' än'} inför {self.meeting}."
        # Two numbers in one sentence are written alike.
        figures = (_counted(done), in_words(total)) if total <= 12 else (str(done), str(total))
        return f"{sentence(figures[0])} av {figures[1]} {verb} inför {self.meeting}."

    @property
    def names_lacking(self) -> str:
        """Those that lack something, where they are few enough to name."""
        names = [row.participation.organisation.name for row in self.lacking]
        if not names or len(names) > NAMED or len(names) == len(self.rows):
            return ""
        return enumerated(names)


def _counted(number: int) -> str:
    """An organisation is one with -n: en av tre."""
    return "en" if number == 1 else in_words(number)


def meeting_to_watch(meetings: Sequence[Meeting], today: date) -> Meeting | None:
    """The coming meeting that organisations rate themselves before; when there is none, the last that any did."""
    assessed = [meeting for meeting in meetings if meeting.is_assessed]
    coming = [meeting for meeting in assessed if meeting.ends_on >= today]
    if coming or not assessed:
        return coming[0] if coming else None
    answered = set(answered_meetings(assessed[0].cohort).values_list("pk", flat=True))
    return next((meeting for meeting in reversed(assessed) if meeting.pk in answered), assessed[-1])


def watch(meetings: Sequence[Meeting], today: date, among: Among = None) -> Watch | None:
    """None where there is no meeting to hand in for, or nobody who should."""
    meeting = meeting_to_watch(meetings, today)
    rows = sorted(readiness_for(meeting, among), key=lambda row: row.is_submitted) if meeting else []
    return Watch(meeting, rows, today) if meeting and rows else None


def readiness_for(meeting: Meeting, among: Among = None) -> list[Readiness]:
    rows = Assessment.objects.at_meetings().filter(meeting=meeting).with_progress()
    # No row object for each: an omgång of three hundred has as many.
    begun = {pk: (day, rated) for pk, day, rated in rows.values_list("participation", "submitted_on", "rated")}
    return [
        Readiness(participation, *begun.get(participation.pk, (None, None)))
        for participation in expected_at(meeting, among)
    ]


def count_items(cohort: Cohort) -> int | None:
    """How many moment the omgång rates; None where it has no checklist."""
    return Item.objects.filter(checklist__assessmentplans__cohort=cohort).count() or None
