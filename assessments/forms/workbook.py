"""Forms for reading in a workbook: the file, and the choices about it that only a person can make."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms

from assessments.actions.importing import Filled, MeetingSheet, target_key
from assessments.workbook.matching import Certainty
from assessments.workbook.sheets import Expected, SheetRead, SheetRow
from checklist.models import Item
from kit.workbook.refusing import EMPTY, TOO_BIG
from kit.workbook.safety import MAX_BYTES

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
        expected: Expected,
        targets: Mapping[str, MeetingSheet],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.sheets, self.expected, self.targets = sheets, expected, targets
        for place, sheet in enumerate(sheets):
            if self.is_open(sheet):
                self._add_fields(place, sheet)

    def is_open(self, sheet: SheetRead) -> bool:
        """True if there is anything to read in, to a meeting that has not begun or is to be chosen."""
        return sheet.is_read and not sheet.is_empty and (not sheet.meeting or sheet.target in self.targets)

    def items_of(self, sheet: SheetRead) -> list[Item]:
        return (self.expected.part_scale if sheet.part else self.expected.scale).items

    @property
    def has_something(self) -> bool:
        return any(self.is_open(sheet) for sheet in self.sheets)

    def fields_of(self, place: int) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith(f"s{place}-")]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for place, sheet in enumerate(self.sheets):
            if self.is_open(sheet) and data.get(f"s{place}-meeting") != SKIP:
                self._refuse_item_twice(place, sheet)
        keys = Counter(key for place, sheet in enumerate(self.sheets) if (key := self._key(place, sheet)))
        for place, sheet in enumerate(self.sheets):
            name = f"s{place}-meeting"
            if name in self.fields and keys[self._key(place, sheet)] > 1:
                self.add_error(name, "Två blad kan inte läsas in till samma träff.")
        return data

    def chosen(self) -> list[MeetingSheet]:
        chosen = []
        for place, sheet in enumerate(self.sheets):
            key = self._key(place, sheet)
            if not key:
                continue
            numbered = ((self._item(place, row), row) for row in sheet.rows)
            rows = tuple(
                Filled(number, row.value, row.aim, *row.texts) for number, row in numbered if number and row.has_content
            )
            chosen.append(replace(self.targets[key], rows=rows, is_draft=True))
        return chosen

    def _add_fields(self, place: int, sheet: SheetRead) -> None:
        if not sheet.meeting:
            meetings = [target.meeting for target in self.targets.values() if _part_of(target) == sheet.part]
            known = [(meeting.key, meeting.name) for meeting in meetings]
            self.fields[f"s{place}-meeting"] = forms.ChoiceField(
                label=f"Vilken träff gäller bladet ”{sheet.title}”?",
                choices=[("", "Välj träff"), *known, (SKIP, "Läs inte in bladet")],
                error_messages={"required": "Välj träff, eller att bladet inte ska läsas in."},
            )
        items = self.items_of(sheet)
        item_choices = [(str(item.number), str(item)) for item in items]
        for row in sheet.rows:
            if row.certainty == Certainty.TAKEN:
                continue
            self.fields[f"s{place}-r{row.at}"] = forms.ChoiceField(
                label=f"Vilket moment gäller rad {row.at} på bladet ”{sheet.title}”?",
                help_text=_both_wordings(row, items),
                choices=[("", "Välj moment"), *item_choices, (SKIP, "Läs inte in raden")],
                initial=str(row.moment) if row.certainty == Certainty.CONFIRM else "",
                error_messages={"required": "Välj moment, eller att raden inte ska läsas in."},
            )

    def _key(self, place: int, sheet: SheetRead) -> str:
        if not self.is_open(sheet):
            return ""
        meeting = sheet.meeting or self.cleaned_data.get(f"s{place}-meeting", "")
        return "" if meeting == SKIP else target_key(meeting, sheet.part)

    def _item(self, place: int, row: SheetRow) -> int | None:
        if row.certainty == Certainty.TAKEN:
            return row.moment
        chosen = self.cleaned_data.get(f"s{place}-r{row.at}", "")
        return int(chosen) if chosen.isdecimal() else None

    def _refuse_item_twice(self, place: int, sheet: SheetRead) -> None:
        chosen = Counter(self._item(place, row) for row in sheet.rows if row.has_content)
        for row in sheet.rows:
            number, name = self._item(place, row), f"s{place}-r{row.at}"
            if number and chosen[number] > 1 and name in self.fields:
                self.add_error(name, f"Moment {number} är valt för mer än en rad på bladet.")


def _part_of(target: MeetingSheet) -> int | None:
    return target.part.pk if target.part else None


def _both_wordings(row: SheetRow, items: Sequence[Item]) -> str:
    ours = next((str(item) for item in items if item.number == row.moment), "")
    sentences = [
        row.why,
        f"I filen: ”{row.as_written}”." if row.as_written else "",
        f"I checklistan: ”{ours}”." if ours else "",
    ]
    return " ".join(part for part in sentences if part)
