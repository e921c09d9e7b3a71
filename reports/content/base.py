import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import Self, TypeVar

from django.template.defaultfilters import date as format_date

from cohorts.enums import Function
from cohorts.models import Cohort
from improvements.models import Effort, EffortStep
from kit.pdf import ContentsLine, Cover
from kit.pictures import PictureTable
from kit.references.naming import ref_of
from kit.rich import Document, to_plain
from kit.rich.figures import figures_of
from kit.rich.placing import without_placed
from kit.rich.structure import notes_of
from kit.templatetags.swedish import day, sentence, short_month
from meetings.models import Meeting

# A field that came later, which a frozen value leaves out while it has its default: an edition that was frozen before
# and the same content today have the same checksum.
LATER = {"later": True}
DEMO_SENDER = ("Modell – demonstration",)


@dataclass(frozen=True)
class Stamp:
    """What is known of an edition beside its content. The stamp of a draft is empty."""

    number: int | None = None
    checksum: str = ""
    frozen_on: date | None = None
    reason: str = ""
    approved_on: date | None = None
    approved_as: str = ""
    approved_by: str = ""
    published_on: date | None = None

    @property
    def day(self) -> date | None:
        return self.published_on if self.published_on and not self.approved_on else self.approved_on or self.frozen_on

    @property
    def lines(self) -> tuple[str, ...]:
        lines = [f"Utgåva {self.number}, {day(self.frozen_on)}"] if self.number else []
        return (*lines, f"Godkänd {day(self.approved_on)}{self.approver}") if self.approved_on else tuple(lines)

    @property
    def approver(self) -> str:
        """Return " av" and the name with the function, the function alone, or nothing where neither is known."""
        who = self.approved_by or (f"en {Function(self.approved_as).label.lower()}" if self.approved_as else "")
        return f" av {who}" if who else ""


@dataclass(frozen=True)
class AboutLine:
    """A line with its subject: a step of a cycle, or a comment's item."""

    about: str
    text: str


@dataclass(frozen=True)
class SectionText:
    """A section as plain text, for formats without pages."""

    key: str
    heading: str
    text: str


@dataclass(frozen=True)
class Number:
    """A figure as it is printed; `ref` names its place by section, row and column."""

    ref: str
    printed: str


@dataclass(frozen=True)
class ReportContent:
    """Everything that is printed, by any printer. The same content has the same checksum."""

    cover: Cover
    stamp: Stamp = field(default=Stamp(), kw_only=True)

    @property
    def headings(self) -> tuple[ContentsLine, ...]:
        raise NotImplementedError

    @property
    def is_empty(self) -> bool:
        raise NotImplementedError

    @property
    def section_texts(self) -> tuple[SectionText, ...]:
        """Return all that stands under each heading, in order."""
        raise NotImplementedError

    @property
    def numbers(self) -> tuple[Number, ...]:
        """Return every figure of the tables and of the running text, in order."""
        raise NotImplementedError

    def stamped(self, stamp: Stamp) -> Self:
        cover = replace(self.cover, sender=(*self.cover.sender, *stamp.lines), day=stamp.day)
        return replace(self, cover=cover, stamp=stamp)

    def as_draft(self) -> Self:
        return replace(self, cover=replace(self.cover, draft=True))

    @cached_property
    def checksum(self) -> str:
        text = json.dumps([type(self).__name__, asdict(self)], default=str, ensure_ascii=False)
        return sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Prose:
    """A text with its heading or, in the joint report, its source.

    `document` is empty where the words say all. The footnotes of a report are counted through, from `first_note` here.
    """

    anchor: str
    title: str
    text: str
    document: Document | None = field(default=None, kw_only=True, metadata=LATER)
    first_note: int = field(default=1, kw_only=True, metadata=LATER)

    @property
    def words(self) -> str:
        return to_plain(self.document, first_note=self.first_note) if self.document else self.text

    @property
    def spoken(self) -> str:
        """Return the words without the captions of what stands between them, for a slide or a summary."""
        if self.document is None:
            return self.text
        return to_plain(without_placed(self.document), first_note=self.first_note)


AnyProse = TypeVar("AnyProse", bound=Prose)


def with_numbered_notes(texts: Iterable[AnyProse], first: int = 1) -> tuple[AnyProse, ...]:
    numbered = []
    for text in texts:
        notes = len(notes_of(text.document)) if text.document else 0
        numbered.append(replace(text, first_note=first) if notes else text)
        first += notes
    return tuple(numbered)


@dataclass(frozen=True)
class StepPart:
    """A step along the result chain, with its stage and year: "Aktivitet, nått 2019"; `reached` is the stage's key."""

    where: str
    text: str
    reached: str = ""


@dataclass(frozen=True)
class EffortPart:
    title: str
    organisation: str
    moment: str
    steps: tuple[StepPart, ...]


def effort_part(effort: Effort) -> EffortPart:
    """Return the values of an effort; fetch it with `item`, `steps` and the organisation."""
    steps = sorted(effort.steps.all(), key=lambda step: step.order)
    return EffortPart(
        title=effort.title,
        organisation=effort.participation.organisation.name,
        moment=effort.item.short if effort.item else "",
        steps=tuple(
            StepPart(
                f"{step.get_stage_display()}, {_how_far(step)} {step.when}",
                step.text,
                step.stage if step.is_got else "",
            )
            for step in steps
        ),
    )


def _how_far(step: EffortStep) -> str:
    # The part is named by the organisation, so its case is kept.
    state = step.get_state_display().lower()
    return f"{state} ({step.part})" if step.part else state


def effort_line(effort: EffortPart) -> str:
    steps = " ".join(f"{step.where}: {step.text}" for step in effort.steps)
    return ". ".join(filter(None, (effort.title, effort.organisation, effort.moment, steps)))


def table_lines(table: PictureTable | None) -> list[str]:
    if table is None:
        return []
    return [table.caption, *(" – ".join(row) for row in (table.headers, *table.rows))]


def numbers_of(key: str, table: PictureTable | None) -> tuple[Number, ...]:
    """Return the figures of a table; a row is named by its number or its words, a column by its head."""
    if table is None:
        return ()
    return tuple(
        Number(ref, cell)
        for row in table.rows
        for head, cell in zip(table.headers[1:], row[1:], strict=True)
        if (ref := ref_of(key, row[0], head, cell))
    )


def numbers_in(texts: Iterable[Prose]) -> tuple[Number, ...]:
    return tuple(
        Number(figure.ref, figure.words) for text in texts if text.document for figure in figures_of(text.document)
    )


def month(meeting: Meeting) -> str:
    """Return "nov. 2020", as a column names its meeting."""
    return month_of(meeting.starts_on)


def month_of(day: date) -> str:
    return f"{short_month(day)} {day.year}"


def columns_of(meetings: Iterable[Meeting]) -> tuple[str, ...]:
    return columns_of_days(meeting.starts_on for meeting in meetings)


def columns_of_days(days: Iterable[date]) -> tuple[str, ...]:
    """Return the month of each day, with the day itself where two share a month, and a number where two share it."""
    days = list(days)
    months = [month_of(each) for each in days]
    return tuple(_column(place, months, days) for place in range(len(days)))


def _column(place: int, months: list[str], days: list[date]) -> str:
    same_day = days[:place].count(days[place])
    shared = months.count(months[place]) > 1
    name = f"{days[place].day} {months[place]}" if shared else sentence(months[place])
    return f"{name}, tillfälle {same_day + 1}" if same_day else name


def period(cohort: Cohort) -> str:
    return f"{format_date(cohort.starts_on, 'F Y')} – {format_date(cohort.ends_on, 'F Y')}"
