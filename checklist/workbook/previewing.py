"""What the preview shows of each sheet: the file's words beside what is stored, and what would change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.utils import timezone

from checklist.actions.importing import seen_of
from checklist.forms.workbook import UnderstoodForm
from checklist.models import Assessment, Item, Score
from checklist.workbook.matching import Certainty
from checklist.workbook.understanding import Row, SheetRead
from cohorts.models import Participation
from meetings.models import Meeting
from modell.figures import printed
from modell.workbook.reading import plain_text

Stored = Mapping[str, Assessment]


@dataclass(frozen=True)
class RowShown:
    """`item` is None while a person has not chosen; `change` says in words what reading it in does."""

    row: Row
    item: Item | None
    stored: Decimal | None
    change: str
    texts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class SheetShown:
    sheet: SheetRead
    meeting: Meeting | None
    is_open: bool
    why_not: str
    rows: tuple[RowShown, ...]
    fields: tuple[forms.BoundField, ...]

    @property
    def rated(self) -> int:
        return sum(shown.row.value is not None for shown in self.rows)

    @property
    def troubles(self) -> list[tuple[int, str]]:
        return [(shown.row.at, trouble) for shown in self.rows for trouble in shown.row.troubles]


def stored_by_meeting(participation: Participation) -> dict[str, Assessment]:
    """The organisation's self-assessments at the omgång's meetings, by the meeting's key."""
    rows = Assessment.objects.at_meetings().filter(participation=participation).select_related("meeting").with_scores()
    return {row.meeting.key: row for row in rows if row.meeting}


def open_meetings(meetings: Sequence[Meeting], stored: Stored) -> list[Meeting]:
    """Those that have not begun, and that nothing is handed in for yet."""
    today = timezone.localdate()
    return [
        meeting
        for meeting in meetings
        if not meeting.has_begun(today) and not (meeting.key in stored and stored[meeting.key].is_submitted)
    ]


def seen(meetings: Sequence[Meeting], stored: Stored) -> dict[str, str]:
    return {meeting.key: seen_of(stored.get(meeting.key)) for meeting in meetings}


def shown(form: UnderstoodForm, meetings: Sequence[Meeting], stored: Stored) -> list[SheetShown]:
    by_key = {meeting.key: meeting for meeting in meetings}
    items = {item.number: item for item in form.items}
    found = []
    for place, sheet in enumerate(form.sheets):
        meeting = by_key.get(sheet.meeting)
        assessment = stored.get(sheet.meeting)
        scores = {score.item.number: score for score in assessment.scores.all()} if assessment else {}
        rows = tuple(_row(row, items, scores, compared=meeting is not None) for row in sheet.rows)
        is_open = form.is_open(sheet)
        why_not = "" if is_open else _why_not(sheet, meeting)
        found.append(SheetShown(sheet, meeting, is_open, why_not, rows, tuple(form.fields_of(place))))
    return found


def _why_not(sheet: SheetRead, meeting: Meeting | None) -> str:
    if sheet.skipped:
        return sheet.skipped
    if sheet.is_empty or meeting is None:
        return "Bladet är inte ifyllt."
    if meeting.has_begun(timezone.localdate()):
        return "Träffen har redan börjat. Äldre självskattningar läses in av SKR."
    return "Självskattningen är redan inlämnad. Ta tillbaka den först om den ska ändras."


def _row(row: Row, items: Mapping[int, Item], scores: Mapping[int, Score], *, compared: bool) -> RowShown:
    item = items.get(row.moment) if row.moment and row.certainty != Certainty.ASK else None
    score = scores.get(item.number) if item else None
    stored = score.value if score else None
    pairs = (("Kommentar", row.comment), ("Vad har hänt sedan sist", row.since_last))
    texts = tuple((label, text) for label, text in pairs if text)
    return RowShown(row, item, stored, _change(row, item, score) if compared else "", texts)


def _change(row: Row, item: Item | None, score: Score | None) -> str:
    """In one word or a few; a row nobody has placed says nothing yet."""
    if item is None:
        return "Välj moment ovanför"
    if not row.has_content or row.troubles:
        return "Läses inte" if row.troubles and row.value is None else "Tomt i filen"
    before = (score.value, score.aim, score.comment, score.since_last) if score else (None, None, "", "")
    if row.value is not None and row.value != before[0]:
        return (
            "Nytt värde" if before[0] is None else f"Ändras från {printed(before[0], 1)} till {printed(row.value, 1)}"
        )
    aim_is_new = row.aim is not None and row.aim != before[1]
    told = ((row.comment, before[2]), (row.since_last, before[3]))
    if aim_is_new or any(read and read != plain_text(kept) for read, kept in told):
        return "Ny text" if not aim_is_new else "Nytt mål"
    return "Som förut"
