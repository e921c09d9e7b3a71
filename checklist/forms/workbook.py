"""The two forms of reading in a workbook: the file, and what only a person can decide about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django import forms

from checklist.actions.importing import Filled, MeetingSheet
from checklist.models import Item
from checklist.workbook.matching import Certainty
from checklist.workbook.understanding import Row, SheetRead
from meetings.models import Meeting
from modell.workbook.safety import EMPTY, MAX_BYTES, TOO_BIG

SKIP = "-"


class WorkbookForm(forms.Form):
    use_required_attribute = False

    file = forms.FileField(
        label="Arbetsbok",
        help_text="En Excelfil (.xlsx), högst 5 MB. Inget läses in förrän ni har sett vad som ändras.",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={
            "required": "Välj en fil.",
            "invalid": "Välj en fil.",
            "missing": "Välj en fil.",
            "empty": EMPTY,
        },
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(TOO_BIG)
        return file


class UnderstoodForm(forms.Form):
    """A field for each sheet whose meeting is unclear, and for each row whose moment is to be confirmed or chosen."""

    use_required_attribute = False

    understood = forms.CharField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        sheets: Sequence[SheetRead],
        meetings: Sequence[Meeting],
        items: Sequence[Item],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.sheets, self.items = sheets, items
        self.meetings = {meeting.key: meeting for meeting in meetings}
        for place, sheet in enumerate(sheets):
            if self.is_open(sheet):
                self._add_fields(place, sheet)

    def is_open(self, sheet: SheetRead) -> bool:
        """Whether there is anything on it to read in, to a meeting that is to come or that is to be chosen."""
        return sheet.is_read and not sheet.is_empty and (not sheet.meeting or sheet.meeting in self.meetings)

    @property
    def has_something(self) -> bool:
        return any(self.is_open(sheet) for sheet in self.sheets)

    def fields_of(self, place: int) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith(f"s{place}-")]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for place, sheet in enumerate(self.sheets):
            if self.is_open(sheet) and data.get(f"s{place}-meeting") != SKIP:
                self._refuse_moment_twice(place, sheet)
        keys = Counter(key for place, sheet in enumerate(self.sheets) if (key := self._key(place, sheet)))
        for place, sheet in enumerate(self.sheets):
            name = f"s{place}-meeting"
            if name in self.fields and keys[self._key(place, sheet)] > 1:
                self.add_error(name, "Två blad kan inte läsas in till samma träff.")
        return data

    def chosen(self) -> list[MeetingSheet]:
        """What is to be read in, once the form is valid."""
        found = []
        for place, sheet in enumerate(self.sheets):
            key = self._key(place, sheet)
            if not key:
                continue
            moments = ((self._moment(place, row), row) for row in sheet.rows)
            rows = tuple(
                Filled(moment, row.value, row.aim, row.comment, row.since_last)
                for moment, row in moments
                if moment and row.has_content
            )
            found.append(MeetingSheet(self.meetings[key], rows, is_draft=True))
        return found

    def _add_fields(self, place: int, sheet: SheetRead) -> None:
        if not sheet.meeting:
            known = [(meeting.key, meeting.name) for meeting in self.meetings.values()]
            self.fields[f"s{place}-meeting"] = forms.ChoiceField(
                label=f"Vilken träff gäller bladet ”{sheet.title}”?",
                choices=[("", "Välj träff"), *known, (SKIP, "Läs inte in bladet")],
                error_messages={"required": "Välj träff, eller att bladet inte ska läsas in."},
            )
        moments = [(str(item.number), str(item)) for item in self.items]
        for row in sheet.rows:
            if row.certainty == Certainty.TAKEN:
                continue
            self.fields[f"s{place}-r{row.at}"] = forms.ChoiceField(
                label=f"Vilket moment gäller rad {row.at} på bladet ”{sheet.title}”?",
                help_text=self._both_wordings(row),
                choices=[("", "Välj moment"), *moments, (SKIP, "Läs inte in raden")],
                initial=str(row.moment) if row.certainty == Certainty.CONFIRM else "",
                error_messages={"required": "Välj moment, eller att raden inte ska läsas in."},
            )

    def _both_wordings(self, row: Row) -> str:
        ours = next((str(item) for item in self.items if item.number == row.moment), "")
        told = [
            row.why,
            f"I filen: ”{row.as_written}”." if row.as_written else "",
            f"I checklistan: ”{ours}”." if ours else "",
        ]
        return " ".join(part for part in told if part)

    def _key(self, place: int, sheet: SheetRead) -> str:
        """The key of the meeting that a sheet is read in to, "" for none."""
        if not self.is_open(sheet):
            return ""
        key = sheet.meeting or self.cleaned_data.get(f"s{place}-meeting", "")
        return "" if key == SKIP else key

    def _moment(self, place: int, row: Row) -> int | None:
        if row.certainty == Certainty.TAKEN:
            return row.moment
        chosen = self.cleaned_data.get(f"s{place}-r{row.at}", "")
        return int(chosen) if chosen.isdecimal() else None

    def _refuse_moment_twice(self, place: int, sheet: SheetRead) -> None:
        chosen = Counter(self._moment(place, row) for row in sheet.rows if row.has_content)
        for row in sheet.rows:
            moment, name = self._moment(place, row), f"s{place}-r{row.at}"
            if moment and chosen[moment] > 1 and name in self.fields:
                self.add_error(name, f"Moment {moment} är valt för mer än en rad på bladet.")
