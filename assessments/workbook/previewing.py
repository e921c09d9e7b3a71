"""Values that the preview prints for each sheet: the file's words, what is stored and what would change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.utils import timezone

from assessments.actions.importing import MeetingSheet, seen_of, target_key
from assessments.actions.scores import ScoreContent, content_of
from assessments.forms.workbook import UnderstoodForm
from assessments.models import Assessment, Score
from assessments.workbook.matching import Certainty
from assessments.workbook.sheets import Expected, SheetRead, SheetRow, targets_of
from checklist.models import Item
from cohorts.models import Participation
from kit.figures import printed
from kit.workbook.cells import plain_text
from meetings.models import Meeting

Stored = Mapping[str, Assessment]
TEXTS = (
    ("comment", "Kommentar"),
    ("since_last", "Vad har hänt sedan sist"),
    ("reasoning", "Så resonerade vi"),
    ("next_step", "Det här krävs för nästa steg"),
)


@dataclass(frozen=True)
class RowShown:
    """One row; `item` is None until a person has chosen, and `change` says what the import would do."""

    row: SheetRow
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
        return [(shown.row.at, trouble) for shown in self.rows for trouble in shown.row.not_understood]


def stored_by_target(participation: Participation) -> dict[str, Assessment]:
    rows = Assessment.objects.filter(participation=participation).exclude(meeting=None)
    stored = rows.select_related("meeting", "part").with_scores()
    return {target_key(row.meeting.key, row.part_id): row for row in stored if row.meeting}


def open_targets(expected: Expected, stored: Stored) -> dict[str, MeetingSheet]:
    today = timezone.localdate()
    return {
        key: target
        for key, target in targets_of(expected).items()
        if not target.meeting.has_begun(today) and not (key in stored and stored[key].is_submitted)
    }


def seen(targets: Iterable[str], stored: Stored) -> dict[str, str]:
    return {target: seen_of(stored.get(target)) for target in targets}


def shown(form: UnderstoodForm, meetings: Sequence[Meeting], stored: Stored) -> list[SheetShown]:
    by_key = {meeting.key: meeting for meeting in meetings}
    previews = []
    for place, sheet in enumerate(form.sheets):
        meeting = by_key.get(sheet.meeting)
        assessment = stored.get(sheet.target)
        items = {item.number: item for item in form.items_of(sheet)}
        scores = {score.item.number: score for score in assessment.scores.all()} if assessment else {}
        rows = tuple(_row(row, items, scores, compared=meeting is not None) for row in sheet.rows)
        is_open = form.is_open(sheet)
        why_not = "" if is_open else _why_not(sheet, meeting)
        previews.append(SheetShown(sheet, meeting, is_open, why_not, rows, tuple(form.fields_of(place))))
    return previews


def _why_not(sheet: SheetRead, meeting: Meeting | None) -> str:
    if sheet.skipped:
        return sheet.skipped
    if sheet.is_empty or meeting is None:
        return "Bladet är inte ifyllt."
    if meeting.has_begun(timezone.localdate()):
        return "Träffen har redan börjat. Äldre självskattningar läses in av SKR."
    return "Självskattningen är redan inlämnad. Ta tillbaka den först om den ska ändras."


def _row(row: SheetRow, items: Mapping[int, Item], scores: Mapping[int, Score], *, compared: bool) -> RowShown:
    item = items.get(row.moment) if row.moment and row.certainty != Certainty.ASK else None
    score = scores.get(item.number) if item else None
    stored = score.value if score else None
    texts = tuple((_label(row, name, label), text) for name, label in TEXTS if (text := getattr(row, name)))
    return RowShown(row, item, stored, _change(row, item, score) if compared else "", texts)


def _label(row: SheetRow, name: str, label: str) -> str:
    return f"{label}, från anteckningen vid cellen" if row.from_note and name == "comment" else label


def _change(row: SheetRow, item: Item | None, score: Score | None) -> str:
    if item is None:
        return "Välj moment ovanför"
    if row.value is None and row.not_understood:
        return "Värdet läses inte"
    if not row.has_content:
        return "Tomt i filen"
    before = content_of(score) if score else ScoreContent()
    if row.value is not None and row.value != before.value:
        return _new_value(row.value, before.value, is_agreed=bool(score and score.agreed))
    if row.aim is not None and row.aim != before.aim:
        return "Nytt mål"
    texts = ((getattr(row, name), getattr(before, name)) for name, _ in TEXTS)
    return "Ny text" if any(read and read != plain_text(kept) for read, kept in texts) else "Som förut"


def _new_value(value: Decimal, before: Decimal | None, *, is_agreed: bool) -> str:
    if before is None:
        return "Nytt värde"
    changed = f"Ändras från {printed(before, 1)} till {printed(value, 1)}"
    return f"{changed}, fast ni har enats om {printed(before, 1)}" if is_agreed else changed
