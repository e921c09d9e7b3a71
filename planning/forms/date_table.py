"""The form of the table of an omgång's coming meetings: a row for each, and a box for rows from a spreadsheet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.html import format_html

from kit.fields import DayField, HourField, LineField, LinkField, TextField
from kit.refusals import ActionRefused
from kit.staleness import SeenForm
from kit.templatetags.swedish import in_words
from meetings.actions.editing import refuse_hours
from meetings.models import Meeting
from planning.actions.date_table import COLUMNS, moves_of, stored_table, why_not_here
from planning.setup.move_mails import Move
from planning.setup.pasted import Pasted, pasted

PASTED = "rows"
LONGEST_PASTED = 20_000


@dataclass(frozen=True)
class TableRow:
    meeting: Meeting
    fields: list[forms.BoundField]

    @property
    def what(self) -> str:
        """Return what else there is to know of the meeting: its group, how it is held, how long, on what."""
        days = (self.meeting.ends_on - self.meeting.starts_on).days + 1
        group = self.meeting.group.name if self.meeting.group else ""
        how = self.meeting.get_form_display()
        return ", ".join(filter(None, (group, how, f"{in_words(days)} dagar" if days > 1 else "", self.meeting.theme)))


class DateTableForm(SeenForm):
    """A field is named by its column and meeting: `place_12` is the place of meeting 12."""

    rows = TextField(
        "Klistra in från ett kalkylark",
        required=False,
        rows=5,
        longest=LONGEST_PASTED,
        help_text=(
            "En rad för varje träff, med kolumner för namn, dag, tider, plats och länk. Kolumnerna kan stå i vilken "
            "ordning som helst. Utan namn ska raderna stå i samma ordning som i tabellen."
        ),
    )

    def __init__(self, data: Any = None, *, meetings: Sequence[Meeting]) -> None:
        self.meetings = meetings
        self.read: Pasted | None = None
        # What is too long is refused by the field, and is not searched first.
        if data is not None and "fill" in data and len(data.get(PASTED, "")) <= LONGEST_PASTED:
            self.read = pasted(data.get(PASTED, ""), meetings)
            data = data.copy()
            data.update({PASTED: "" if self.read.n_rows else data.get(PASTED, "")})
            for name, value in self.read.values.items():
                data[name] = value
        super().__init__(data, stored=stored_table(meetings))
        for meeting in meetings:
            self._add_row(meeting)

    def _add_row(self, meeting: Meeting) -> None:
        named = f"{meeting.name}, {meeting.group.name}" if meeting.group else meeting.name

        def label(words: str) -> str:
            return format_html('{}<span class="ds-sr-only"> för {}</span>', words, named)

        columns = (
            DayField(label("Första dag"), missing=f"Ange dagen för {named}."),
            HourField(label("Börjar")),
            HourField(label("Slutar")),
            LineField(label("Plats"), longest=200, required=False),
            LinkField(label("Länk"), required=False),
        )
        for name, field in zip(COLUMNS, columns, strict=True):
            self.fields[f"{name}_{meeting.pk}"] = field

    def table(self) -> Iterator[TableRow]:
        for meeting in self.meetings:
            yield TableRow(meeting, [self[f"{name}_{meeting.pk}"] for name in COLUMNS])

    @property
    def is_reading(self) -> bool:
        """True if pasted rows stand in the box, for they were not understood."""
        return bool(self.read and not self.read.n_rows)

    @property
    def wanted(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in stored_table(self.meetings)}

    @property
    def moves(self) -> list[Move]:
        return moves_of(self.meetings, self.wanted)

    def clean(self) -> dict[str, Any]:
        """Refuse each row that cannot be saved, so that all faults are told at once."""
        data = super().clean() or self.cleaned_data
        for meeting in self.meetings:
            self._check_hours(meeting, data)
        if not self.errors:
            for move in self.moves:
                if sentence := why_not_here(move, timezone.localdate()):
                    self.add_error(f"starts_on_{move.meeting.pk}", sentence)
        return data

    def _check_hours(self, meeting: Meeting, data: dict[str, Any]) -> None:
        names = (f"starts_at_{meeting.pk}", f"ends_at_{meeting.pk}")
        if any(name in self.errors for name in names):
            return
        try:
            refuse_hours(*(data.get(name) for name in names), days=(meeting.ends_on - meeting.starts_on).days + 1)
        except ActionRefused as refusal:
            self.add_error(f"{refusal.field}_{meeting.pk}", refusal.sentence)
