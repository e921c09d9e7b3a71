"""What a workbook says: which sheet is about which meeting, which row about which moment, and what is not understood.

The results are frozen values of plain text and numbers, so that a preview can be carried from one page to the next.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from checklist.models import Checklist, OnScale
from checklist.statistics import total
from checklist.workbook import names
from checklist.workbook.heading import Heading, find_heading
from checklist.workbook.matching import (
    SURE,
    Certainty,
    Wordings,
    match,
    meeting_of,
    number_of,
    version_of,
    without_number,
)
from checklist.workbook.values import Values
from meetings.models import Meeting
from modell.workbook.reading import Sheet
from modell.workbook.refusing import WorkbookRefused

LONGEST = 4000
MOST_IN_HEAD = 12
MOST_ROWS, MOST_TO_ASK, MOST_TEXT = 100, 150, 600_000
NOTHING_FOUND = "Det finns inget blad med en självskattning: kolumnerna 1, 2 och 3, eller en kolumn för värdet, saknas."
UNKNOWN_VERSION = "Momenten i arbetsboken känns inte igen från någon version av checklistan."
TOO_UNLIKE = "För mycket i arbetsboken är olikt checklistan för att den ska kunna läsas in."


@dataclass(frozen=True)
class Row:
    """A row about a moment. `moment` is its number in the omgång's checklist; for ASK only a suggestion, or None."""

    at: int
    number: int | None
    text: str
    moment: int | None
    certainty: Certainty
    similarity: float
    why: str
    value: Decimal | None
    aim: Decimal | None
    comment: str
    since_last: str
    troubles: tuple[str, ...] = ()

    @property
    def has_content(self) -> bool:
        return self.value is not None or self.aim is not None or bool(self.comment or self.since_last or self.troubles)

    @property
    def as_written(self) -> str:
        """As it stands in the file, the number once."""
        words = without_number(self.text)
        return f"{self.number}. {words}" if self.number else words

    @property
    def is_sure(self) -> bool:
        """Whether it is taken where nobody can be asked: word for word, or nearly so."""
        return self.certainty == Certainty.TAKEN or (self.certainty == Certainty.CONFIRM and self.similarity >= SURE)


@dataclass(frozen=True)
class SheetRead:
    """`skipped` says why it is not read, "" where it is. `meeting` is a key, "" where it must be chosen."""

    title: str
    skipped: str = ""
    meeting: str = ""
    is_draft: bool = False
    head: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    others: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    stated: tuple[Decimal, ...] = ()

    @property
    def is_read(self) -> bool:
        return not self.skipped

    @property
    def is_empty(self) -> bool:
        return not any(row.has_content for row in self.rows)

    @cached_property
    def total(self) -> Decimal | None:
        return total({str(row.at): row.value for row in self.rows if row.value is not None})

    @property
    def sum_differs(self) -> bool:
        """Whether the foot says something else than the rows: it is shown, and the rows are what counts."""
        found = self.total or Decimal()
        return bool(self.stated) and found not in self.stated and sum(self.stated, Decimal()) != found


@dataclass(frozen=True)
class Expected:
    """What the workbook is read against: whose it is to be, which version and scale, and which meetings there are."""

    code: str
    organisation: str
    scale: OnScale
    versions: tuple[Checklist, ...]
    meetings: tuple[Meeting, ...]


def understand(sheets: Sequence[Sheet], expected: Expected, meeting: Meeting | None = None) -> tuple[SheetRead, ...]:
    """What each sheet says. `meeting` is which one a workbook of a single sheet is for, where somebody has said so."""
    found = tuple(_Reading(sheet, expected).read() for sheet in sheets)
    read = [sheet for sheet in found if sheet.is_read]
    if not read:
        known = any(sheet.skipped == UNKNOWN_VERSION for sheet in found)
        raise WorkbookRefused(UNKNOWN_VERSION if known else NOTHING_FOUND)
    rows = [row for sheet in read for row in sheet.rows]
    asked = sum(row.certainty != Certainty.TAKEN for row in rows)
    if asked > MOST_TO_ASK or sum(len(row.comment + row.since_last) for row in rows) > MOST_TEXT:
        raise WorkbookRefused(TOO_UNLIKE)
    if meeting:
        if len(read) > 1:
            raise WorkbookRefused(
                f"En träff kan bara väljas för en arbetsbok med ett ifyllt blad; den här har {len(read)}."
            )
        return tuple(replace(sheet, meeting=meeting.key) if sheet.is_read else sheet for sheet in found)
    claimed = Counter(sheet.meeting for sheet in read)
    return tuple(replace(sheet, meeting="") if claimed[sheet.meeting] > 1 else sheet for sheet in found)


class _Reading:
    """One sheet, read against what is expected."""

    def __init__(self, sheet: Sheet, expected: Expected) -> None:
        self.sheet, self.expected = sheet, expected
        self.wordings = Wordings(tuple(expected.scale.items))

    def read(self) -> SheetRead:
        heading = find_heading(self.sheet)
        if self.sheet.hidden or heading is None:
            why = "Bladet är dolt." if self.sheet.hidden else "Det finns ingen självskattning på bladet."
            return SheetRead(self.sheet.title, skipped=why)
        said = self._said_above(heading)
        self._refuse_another_organisation(said)
        if said.get(names.WHOLE_OR_PART, names.WHOLE) != names.WHOLE:
            return self._skip("Bladet gäller en nämnd eller förvaltning, och de läses inte in från Excel.", heading)
        if said.get(names.MEETING, "").startswith(names.OUTSIDE):
            return self._skip("Bladet hör inte till någon träff, och sådana läses inte in från Excel.", heading)
        return self._read_table(heading, said)

    def _read_table(self, heading: Heading, said: Mapping[str, str]) -> SheetRead:
        foot = self._foot(heading)
        numbers = [at for at in self.sheet.rows() if at > heading.row and (foot is None or at < foot)][:MOST_ROWS]
        version = self._version(heading, numbers, said)
        if version is None:
            return self._skip(UNKNOWN_VERSION, heading)
        self._refuse_another_version(version)
        values = Values(self.sheet, heading, self.expected.scale)
        rows = [row for row in (self._row(at, heading, values) for at in numbers) if row]
        meant = Counter(row.moment for row in rows if row.certainty != Certainty.ASK and row.has_content)
        rows = [self._asked_if_twice(row, meant) for row in rows]
        about = [row for row in rows if row.has_content or row.certainty != Certainty.ASK]
        meeting = meeting_of(self.sheet.title, self.expected.meetings)
        return SheetRead(
            self.sheet.title,
            meeting=meeting.key if meeting else "",
            is_draft=said.get(names.STATE, "").startswith(names.DRAFT),
            head=self._head(heading),
            rows=tuple(about),
            others=tuple(f"Rad {row.at}: {_short(row.text)}" for row in rows if row not in about),
            ignored=tuple(_short(other) for other in heading.others),
            stated=values.stated(foot) if foot else (),
        )

    def _row(self, at: int, heading: Heading, values: Values) -> Row | None:
        number, text = self._label(at, heading)
        value, troubles = values.value(at)
        aim, odd_aim = values.aim(at)
        comment, too_long = self._text(at, heading.comment, "Kommentaren")
        since_last, longer = self._text(at, heading.since_last, "Det som har hänt sedan sist")
        found = match(number, text, self.wordings)
        row = Row(
            at=at,
            number=number,
            text=_short(text, 300),
            moment=found.item.number if found.item else None,
            certainty=found.certainty,
            similarity=found.similarity,
            why=found.why,
            value=value,
            aim=aim,
            comment=comment,
            since_last=since_last,
            troubles=(*troubles, *odd_aim, *too_long, *longer),
        )
        return row if row.has_content or text or number else None

    def _label(self, at: int, heading: Heading) -> tuple[int | None, str]:
        """The moment's number and wording: of what stands to the left, the text that is most like a moment."""
        cells = [self.sheet.at(at, column) for column in heading.labels]
        texts = [cell.text for cell in cells if cell.text and cell.number is None and re.search(r"[^\W\d]", cell.text)]
        number = next((found for cell in cells if (found := number_of(cell)) is not None), None)
        return number, max(texts, key=lambda text: self.wordings.nearest(text)[1], default="")

    def _text(self, at: int, column: int | None, what: str) -> tuple[str, tuple[str, ...]]:
        """A text too long to be ours is left out and said: what is stored stands."""
        text = self.sheet.at(at, column).text if column else ""
        if len(text) <= LONGEST:
            return text, ()
        return "", (f"{what} är längre än 4 000 tecken och läses inte in.",)

    def _foot(self, heading: Heading) -> int | None:
        """The row of the sum, below which nothing is about a moment."""
        for at in self.sheet.rows():
            if at > heading.row and any(
                self.sheet.at(at, column).text.casefold().startswith(("summa", "totalt", "totalsumma"))
                for column in heading.labels
            ):
                return at
        return None

    def _version(self, heading: Heading, numbers: list[int], said: Mapping[str, str]) -> Checklist | None:
        """As the head names it, else by the wordings and the number of steps."""
        for version in self.expected.versions:
            if said.get(names.CHECKLIST, "").endswith(f"({version.key})"):
                return version
        texts = [self.sheet.at(at, column).text for at in numbers for column in heading.labels]
        highest = max(heading.steps, default=0)
        own = self.expected.scale.checklist
        return version_of([text for text in texts if text], highest, own, self.expected.versions)

    def _refuse_another_version(self, version: Checklist) -> None:
        own = self.expected.scale.checklist
        if version.pk != own.pk:
            raise WorkbookRefused(
                f"Bladet ”{self.sheet.title}” följer {version.name}, men omgången använder {own.name}; "
                "värden från olika versioner blandas aldrig."
            )

    def _refuse_another_organisation(self, said: Mapping[str, str]) -> None:
        whose = said.get(names.ORGANISATION, "")
        if whose and not whose.endswith(f"({self.expected.code})"):
            raise WorkbookRefused(f"Arbetsboken gäller {_short(whose)}, inte {self.expected.organisation}.")

    def _said_above(self, heading: Heading) -> dict[str, str]:
        """What our own export says at the top of a sheet, by its labels."""
        said: dict[str, str] = {}
        for line in self._head(heading):
            label, _, rest = line.partition(": ")
            said.setdefault(label, rest)
        keys = (f"({version.key})" for version in self.expected.versions)
        return said if said.get(names.CHECKLIST, "").endswith(tuple(keys)) else {}

    def _head(self, heading: Heading) -> tuple[str, ...]:
        above = [at for at in self.sheet.rows() if at < heading.row][:MOST_IN_HEAD]
        return tuple(
            _short(" ".join(self.sheet.at(at, column).text for column in self.sheet.columns_in(at)), 300)
            for at in above
        )

    def _skip(self, why: str, heading: Heading) -> SheetRead:
        return SheetRead(self.sheet.title, skipped=why, head=self._head(heading))

    def _asked_if_twice(self, row: Row, meant: Mapping[int | None, int]) -> Row:
        if row.certainty == Certainty.ASK or meant[row.moment] < 2:
            return row
        return replace(row, certainty=Certainty.ASK, why=f"Moment {row.moment} står på mer än en rad.")


def _short(text: str, most: int = 90) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1] + "…"
