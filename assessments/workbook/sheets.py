"""What a workbook's sheets were understood to be: frozen values of plain text and numbers, for preview and import."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from assessments.actions.importing import MeetingSheet, target_key
from assessments.figures.statistics import total
from assessments.workbook.matching import SURE, Certainty, without_number
from checklist.models import Checklist, OnScale
from cohorts.models import Part
from meetings.models import Meeting


@dataclass(frozen=True)
class SheetRow:
    """A row about an item; `moment` is the item's number in the omgång's checklist, for ASK only a suggestion."""

    at: int
    number: int | None
    text: str
    moment: int | None
    certainty: Certainty
    similarity: float
    why: str
    value: Decimal | None
    aim: Decimal | None
    comment: str = ""
    since_last: str = ""
    reasoning: str = ""
    next_step: str = ""
    from_note: bool = False
    troubles: tuple[str, ...] = ()
    off_scale: tuple[str, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        return (self.comment, self.since_last, self.reasoning, self.next_step)

    @property
    def has_content(self) -> bool:
        return self.value is not None or self.aim is not None or any((*self.texts, *self.not_understood))

    @property
    def not_understood(self) -> tuple[str, ...]:
        return (*self.off_scale, *self.troubles)

    @property
    def as_written(self) -> str:
        words = without_number(self.text)
        return f"{self.number}. {words}" if self.number else words

    @property
    def is_sure(self) -> bool:
        """True if the row may be imported without asking anybody."""
        return self.certainty == Certainty.TAKEN or (self.certainty == Certainty.CONFIRM and self.similarity >= SURE)


@dataclass(frozen=True)
class SheetRead:
    """One sheet; `skipped` says why it is not read, and `meeting` is a key, or "" if it must be chosen.

    `part` is the nämnd or förvaltning that it is for, by its key and name, and `notes` are those that no row takes.
    """

    title: str
    skipped: str = ""
    meeting: str = ""
    part: int | None = None
    part_name: str = ""
    is_draft: bool = False
    head: tuple[str, ...] = ()
    rows: tuple[SheetRow, ...] = ()
    others: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    stated: tuple[Decimal, ...] = ()

    @property
    def is_read(self) -> bool:
        return not self.skipped

    @property
    def target(self) -> str:
        return target_key(self.meeting, self.part)

    @property
    def is_empty(self) -> bool:
        return not any(row.has_content for row in self.rows)

    @cached_property
    def total(self) -> Decimal | None:
        return total({str(row.at): row.value for row in self.rows if row.value is not None})

    @property
    def sum_differs(self) -> bool:
        """True if the sum in the file is not that of the rows; it is shown, and the rows count."""
        of_rows = self.total or Decimal()
        return bool(self.stated) and of_rows not in self.stated and sum(self.stated, Decimal()) != of_rows


@dataclass(frozen=True)
class Expected:
    """The organisation, scales, versions, meetings and parts that the workbook is read against."""

    code: str
    organisation: str
    scale: OnScale
    part_scale: OnScale
    parts: tuple[Part, ...]
    versions: tuple[Checklist, ...]
    meetings: tuple[Meeting, ...]


def targets_of(expected: Expected) -> dict[str, MeetingSheet]:
    """Return each self-assessment that a sheet may be for, by its key, as a sheet without rows."""
    wholes_and_parts = (None, *expected.parts)
    targets = [MeetingSheet(meeting, (), part=part) for part in wholes_and_parts for meeting in expected.meetings]
    return {target.target: target for target in targets}
