"""Reads a workbook's sheets: which meeting each is for, which item each row is about, and what is not understood.

Nothing is written, and nothing is guessed: what is unclear is asked about, and what is not read is told.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from openpyxl.utils import get_column_letter

from assessments.workbook import names
from assessments.workbook.heading import SheetHeading, find_heading
from assessments.workbook.matching import (
    Certainty,
    Wordings,
    match,
    meeting_of,
    meeting_said,
    number_of,
    version_of,
)
from assessments.workbook.sheets import Expected, SheetRead, SheetRow
from assessments.workbook.values import ValueReader
from checklist.models import Checklist, OnScale
from cohorts.models import Part
from kit.canonical import folded
from kit.workbook.reading import WorkbookSheet
from kit.workbook.refusing import WorkbookRefused
from meetings.models import Meeting

LONGEST = 4000
MOST_IN_HEAD = 12
MOST_ROWS, MOST_TO_ASK, MOST_TEXT = 100, 150, 600_000
# Letter by letter is slow, so there is an end to the rows that are compared so, read or not.
MOST_COMPARED, MOST_LABELS, MOST_TEXTS = 600, 8, 400
TEXTS = (
    ("comment", "Kommentaren"),
    ("since_last", "Det som har hänt sedan sist"),
    ("reasoning", "Resonemanget"),
    ("next_step", "Det som krävs för nästa steg"),
)
NOTHING_FOUND = "Det finns inget blad med en självskattning: kolumnerna 1, 2 och 3, eller en kolumn för värdet, saknas."
UNKNOWN_VERSION = "Momenten i arbetsboken känns inte igen från någon version av checklistan."
TOO_UNLIKE = "För mycket i arbetsboken är olikt checklistan för att den ska kunna läsas in."


def understand(
    sheets: Sequence[WorkbookSheet], expected: Expected, meeting: Meeting | None = None
) -> tuple[SheetRead, ...]:
    """Read every sheet; `meeting` overrides the name of the only sheet. Raise WorkbookRefused if none can be read."""
    every = _read_all(sheets, expected)
    read = [sheet for sheet in every if sheet.is_read]
    if not read:
        known = any(sheet.skipped == UNKNOWN_VERSION for sheet in every)
        raise WorkbookRefused(UNKNOWN_VERSION if known else NOTHING_FOUND)
    if meeting:
        filled = [sheet for sheet in read if not sheet.is_empty] or read
        if len(filled) > 1:
            raise WorkbookRefused(
                f"En träff kan bara väljas för en arbetsbok med ett ifyllt blad; den här har {len(filled)}."
            )
        return tuple(replace(sheet, meeting=meeting.key) if sheet in filled else sheet for sheet in every)
    # Two sheets for one meeting: neither is believed, and a person chooses.
    claimed = Counter(sheet.target for sheet in read)
    return tuple(replace(sheet, meeting="") if claimed[sheet.target] > 1 else sheet for sheet in every)


def _read_all(sheets: Sequence[WorkbookSheet], expected: Expected) -> tuple[SheetRead, ...]:
    """Read every sheet; raise all that is wrong with the workbook at once, or stop where it is too unlike ours."""
    every: list[SheetRead] = []
    refusals: list[str] = []
    compared = 0
    for sheet in sheets:
        if sheet.title == names.HOW:
            continue
        reading = _Reading(sheet, expected)
        try:
            every.append(reading.read())
        except WorkbookRefused as refusal:
            refusals += refusal.sentences
        compared += reading.compared
        rows = [row for read in every for row in read.rows]
        asked = sum(row.certainty != Certainty.TAKEN for row in rows)
        text = sum(len(text) for row in rows for text in row.texts)
        if asked > MOST_TO_ASK or text > MOST_TEXT or compared > MOST_COMPARED:
            raise WorkbookRefused(TOO_UNLIKE)
    if refusals:
        raise WorkbookRefused(*dict.fromkeys(refusals))
    return tuple(every)


class _Reading:
    """Reads one sheet against what is expected."""

    def __init__(self, sheet: WorkbookSheet, expected: Expected) -> None:
        self.sheet, self.expected = sheet, expected
        self.part: Part | None = None
        self.compared = 0

    @property
    def scale(self) -> OnScale:
        return self.expected.part_scale if self.part else self.expected.scale

    @cached_property
    def wordings(self) -> Wordings:
        return Wordings(tuple(self.scale.items))

    def read(self) -> SheetRead:
        heading = find_heading(self.sheet)
        if self.sheet.hidden or heading is None:
            why = "Bladet är dolt." if self.sheet.hidden else "Det finns ingen självskattning på bladet."
            return SheetRead(self.sheet.title, skipped=why)
        said = self._said_above(heading)
        self._refuse_another_organisation(said)
        whose = said.get(names.WHOLE_OR_PART, names.WHOLE)
        if whose != names.WHOLE:
            self.part = next((part for part in self.expected.parts if folded(part.name) == folded(whose)), None)
            if self.part is None:
                return self._skip(
                    f"Bladet gäller {_short(whose)}. Lägg till den bland era nämnder och förvaltningar, och välj filen "
                    "igen.",
                    heading,
                )
        if said.get(names.MEETING, "").startswith(names.OUTSIDE):
            return self._skip("Bladet hör inte till någon träff, och sådana läses inte in från Excel.", heading)
        return self._read_table(heading, said)

    def _read_table(self, heading: SheetHeading, said: Mapping[str, str]) -> SheetRead:
        foot = self._foot(heading)
        numbers = [at for at in self._filled_rows() if at > heading.row and (foot is None or at < foot)][:MOST_ROWS]
        version = self._version(heading, numbers, said)
        if version is None:
            return self._skip(UNKNOWN_VERSION, heading)
        self._refuse_another_version(version)
        values = ValueReader(self.sheet, heading, self.scale)
        rows = [row for row in (self._row(at, heading, values) for at in numbers) if row]
        meant = Counter(row.moment for row in rows if row.certainty != Certainty.ASK and row.has_content)
        rows = [self._asked_if_twice(row, meant) for row in rows]
        about = [row for row in rows if row.has_content or row.certainty != Certainty.ASK]
        self.compared = sum(row.certainty != Certainty.TAKEN for row in rows)
        meeting = self._meeting(said)
        return SheetRead(
            self.sheet.title,
            meeting=meeting.key if meeting else "",
            part=self.part.pk if self.part else None,
            part_name=self.part.name if self.part else "",
            is_draft=said.get(names.STATE, "").startswith(names.DRAFT),
            head=self._head(heading),
            rows=tuple(about),
            others=tuple(f"Rad {row.at}: {_short(row.text)}" for row in rows if row not in about),
            ignored=tuple(_short(other) for other in heading.others),
            notes=tuple(self._left_notes(about)),
            stated=values.stated(foot, ours=bool(said)) if foot else (),
        )

    def _meeting(self, said: Mapping[str, str]) -> Meeting | None:
        """Return the meeting that the sheet's name means, else the one that our own lines above the table name."""
        meetings = self.expected.meetings
        named = None if self.part else meeting_of(self.sheet.title, meetings)
        return named or meeting_said(said.get(names.MEETING, ""), meetings)

    def _row(self, at: int, heading: SheetHeading, values: ValueReader) -> SheetRow | None:
        number, text = self._label(at, heading)
        numbers = values.read(at)
        texts = {name: self._text(at, getattr(heading, name)) for name, _ in TEXTS}
        note = "\n".join(self.sheet.notes[place] for place in self._notes_in(at))
        from_note = bool(note) and not texts["comment"]
        if from_note:
            texts["comment"] = note
        # A long text is left out rather than cut, so that the stored one stays.
        too_long = {name: what for name, what in TEXTS if len(texts[name]) > LONGEST}
        matched = match(number, text, self.wordings)
        row = SheetRow(
            at=at,
            number=number,
            text=_short(text, 300),
            moment=matched.item.number if matched.item else None,
            certainty=matched.certainty,
            similarity=matched.similarity,
            why=matched.why,
            value=numbers.value,
            aim=numbers.aim,
            **{name: "" if name in too_long else text for name, text in texts.items()},
            from_note=from_note and "comment" not in too_long,
            troubles=(
                *numbers.troubles,
                *(f"{what} är längre än 4 000 tecken och läses inte in." for what in too_long.values()),
            ),
            off_scale=numbers.off_scale,
        )
        return row if row.has_content or text or number else None

    def _label(self, at: int, heading: SheetHeading) -> tuple[int | None, str]:
        """Return the item's number and wording: of the texts to the left, the one most like an item."""
        cells = [self.sheet.at(at, column) for column in heading.labels]
        texts = [cell.text for cell in cells if cell.text and cell.number is None and re.search(r"[^\W\d]", cell.text)]
        number = next((number for number in map(number_of, cells) if number is not None), None)
        return number, max(texts[:MOST_LABELS], key=self.wordings.most_alike, default="")

    def _text(self, at: int, column: int | None) -> str:
        return self.sheet.at(at, column).text if column else ""

    def _filled_rows(self) -> list[int]:
        return sorted({*self.sheet.rows(), *(row for row, _ in self.sheet.notes)})

    def _notes_in(self, row: int) -> list[tuple[int, int]]:
        return sorted(place for place in self.sheet.notes if place[0] == row)

    def _left_notes(self, rows: Sequence[SheetRow]) -> list[str]:
        taken = {row.at for row in rows if row.from_note}
        left = sorted(place for place in self.sheet.notes if place[0] not in taken)
        return [
            f"{get_column_letter(column)}{row}: {_short(self.sheet.notes[row, column], 300)}" for row, column in left
        ][:MOST_ROWS]

    def _foot(self, heading: SheetHeading) -> int | None:
        """Return the row of the sum, below which there are no items."""
        for at in self.sheet.rows():
            if at > heading.row and any(
                folded(self.sheet.at(at, column).text[:20]).startswith(("summa", "totalt", "totalsumma"))
                for column in heading.labels
            ):
                return at
        return None

    def _version(self, heading: SheetHeading, numbers: list[int], said: Mapping[str, str]) -> Checklist | None:
        for version in self.expected.versions:
            if said.get(names.CHECKLIST, "").endswith(f"({version.key})"):
                return version
        texts = [self.sheet.at(at, column).text for at in numbers for column in heading.labels]
        highest = max(heading.steps, default=0)
        own = self.scale.checklist
        return version_of([text for text in texts if text][:MOST_TEXTS], highest, own, self.expected.versions)

    def _refuse_another_version(self, version: Checklist) -> None:
        own = self.scale.checklist
        if version.pk != own.pk:
            raise WorkbookRefused(
                f"Bladet ”{self.sheet.title}” följer {version.name}, men omgången använder {own.name}; "
                "värden från olika versioner blandas aldrig."
            )

    def _refuse_another_organisation(self, said: Mapping[str, str]) -> None:
        whose = said.get(names.ORGANISATION, "")
        if whose and not whose.endswith(f"({self.expected.code})"):
            raise WorkbookRefused(f"Arbetsboken gäller {_short(whose)}, inte {self.expected.organisation}.")

    def _said_above(self, heading: SheetHeading) -> dict[str, str]:
        """Return the labelled lines of our own export; empty unless one names a known version."""
        said: dict[str, str] = {}
        for line in self._head(heading):
            label, _, rest = line.partition(": ")
            said.setdefault(label, rest)
        keys = (f"({version.key})" for version in self.expected.versions)
        return said if said.get(names.CHECKLIST, "").endswith(tuple(keys)) else {}

    def _head(self, heading: SheetHeading) -> tuple[str, ...]:
        above = [at for at in self.sheet.rows() if at < heading.row][:MOST_IN_HEAD]
        return tuple(
            _short(" ".join(self.sheet.at(at, column).text[:300] for column in self.sheet.columns_in(at)), 300)
            for at in above
        )

    def _skip(self, why: str, heading: SheetHeading) -> SheetRead:
        return SheetRead(self.sheet.title, skipped=why, head=self._head(heading))

    def _asked_if_twice(self, row: SheetRow, meant: Mapping[int | None, int]) -> SheetRow:
        if row.certainty == Certainty.ASK or meant[row.moment] < 2:
            return row
        return replace(row, certainty=Certainty.ASK, why=f"Moment {row.moment} står på mer än en rad.")


def _short(text: str, most: int = 90) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1] + "…"
