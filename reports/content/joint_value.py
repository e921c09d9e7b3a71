"""The joint report as a frozen value; `reports.content.joint` reads it."""

from dataclasses import dataclass, field
from functools import cached_property

from django.utils.text import slugify

from kit.pdf import ContentsLine
from kit.pictures import Chevrons, Dumbbell, GapPicture, PictureTable, SwedenMap, Timetable
from kit.rich import Document
from reports.content.base import (
    LATER,
    AboutLine,
    EffortPart,
    Number,
    Prose,
    ReportContent,
    SectionText,
    effort_line,
    numbers_in,
    numbers_of,
    table_lines,
)
from reports.content.block_words import words_of
from reports.content.blocks import PrintedChapter, numbers_in_chapters
from reports.naming import joint_name

# What the page after the cover is called in formats without pages.
ABOUT = "Om rapporten"


@dataclass(frozen=True)
class KindPart:
    """The figures of one kind. Kinds are never pooled, so a blandad omgång has two."""

    title: str
    basis: str
    withheld: str
    strength: PictureTable | None
    beside: PictureTable | None
    moved: str
    total: str
    # The short names of the rows, "3. Högsta chefer säkrar genomförande", for charts.
    short: tuple[str, ...] = ()
    picture: Dumbbell | None = field(default=None, metadata=LATER)


@dataclass(frozen=True)
class ItemPart:
    """The examples offered about an item, and the names of organisations that gladly tell how they work with it."""

    anchor: str
    title: str
    efforts: tuple[EffortPart, ...]
    glad: str


@dataclass(frozen=True)
class SectionPart:
    anchor: str
    title: str
    texts: tuple[Prose, ...]


@dataclass(frozen=True)
class WrittenChapter:
    """A chapter with SKR's or the evaluator's words, and those of its parts; a text may be empty."""

    key: str
    kind: str
    text: Prose
    parts: tuple[Prose, ...] = ()

    @property
    def is_written(self) -> bool:
        return bool(self.text.text) or any(part.text for part in self.parts)


@dataclass(frozen=True)
class FrontMatter:
    """What stands on the page after the cover."""

    isbn: str = ""
    responsible: str = ""
    information: str = ""
    audience: str = ""


@dataclass(frozen=True)
class GoalLine:
    """A goal with what the participants, the evaluator and SKR find of it; "" is who has said nothing."""

    text: str
    participants: str
    evaluator: str
    skr: str
    figure: tuple[str, ...]
    grounds: tuple[AboutLine, ...]
    disagreement: tuple[str, ...]


@dataclass(frozen=True)
class InterviewsPart:
    """How many were interviewed, and a line for each organisation with functions and never a name."""

    headline: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class AdviceLine:
    """What some advice is about, how much of it there is, and SKR's answer."""

    about: str
    counted: str
    answer: str
    changes: bool


@dataclass(frozen=True)
class JointContent(ReportContent):
    """The joint report. One frozen before there were chapters has none, and its texts in the fields of that time."""

    introduction: tuple[str, ...]
    conclusions: tuple[str, ...]
    expected: tuple[str, ...]
    desirable: tuple[str, ...]
    taking_part: str
    participants: PictureTable
    mentors: PictureTable | None
    checklist: str
    kinds: tuple[KindPart, ...]
    chain: tuple[PictureTable, ...]
    moments: tuple[ItemPart, ...]
    sections: tuple[SectionPart, ...]
    provenance: str
    chain_rule: str = ""
    introduction_document: Document | None = field(default=None, metadata=LATER)
    conclusions_document: Document | None = field(default=None, metadata=LATER)
    conclusions_first_note: int = field(default=1, metadata=LATER)
    chapters: tuple[WrittenChapter, ...] = field(default=(), metadata=LATER)
    front: FrontMatter | None = field(default=None, metadata=LATER)
    groups: PictureTable | None = field(default=None, metadata=LATER)
    left: str = field(default="", metadata=LATER)
    map: SwedenMap | None = field(default=None, metadata=LATER)
    steps: PictureTable | None = field(default=None, metadata=LATER)
    timetable: Timetable | None = field(default=None, metadata=LATER)
    stages: PictureTable | None = field(default=None, metadata=LATER)
    drawn_chains: tuple[Chevrons, ...] = field(default=(), metadata=LATER)
    movement: tuple[PictureTable, ...] = field(default=(), metadata=LATER)
    answers: tuple[PictureTable, ...] = field(default=(), metadata=LATER)
    gaps: tuple[GapPicture, ...] = field(default=(), metadata=LATER)
    goals: tuple[GoalLine, ...] = field(default=(), metadata=LATER)
    interviews: InterviewsPart | None = field(default=None, metadata=LATER)
    advice: tuple[AdviceLine, ...] = field(default=(), metadata=LATER)
    # The name of the meeting that an interim report is after.
    interim_after: str = field(default="", metadata=LATER)

    @property
    def name(self) -> str:
        return joint_name(self.interim_after)

    @cached_property
    def printed(self) -> tuple[PrintedChapter, ...]:
        """Return the chapters as they are set; none in an edition from before there were chapters."""
        from reports.content.joint_chapters import set_chapters  # which reads this value

        return set_chapters(self)

    @property
    def opening(self) -> Prose:
        return Prose("inledning", "Inledning", "\n\n".join(self.introduction), document=self.introduction_document)

    @property
    def closing(self) -> Prose:
        return Prose(
            "slutsatser",
            "Slutsatser",
            "\n\n".join(self.conclusions),
            document=self.conclusions_document,
            first_note=self.conclusions_first_note,
        )

    @property
    def headings(self) -> tuple[ContentsLine, ...]:
        if self.chapters:
            return tuple(line for chapter in self.printed for line in chapter.contents)
        items = [ContentsLine(part.anchor, part.title, 3) for part in self.moments]
        sections = [ContentsLine(part.anchor, part.title, 3) for part in self.sections]
        return (
            *([ContentsLine("inledning", "Inledning")] if self.introduction else []),
            ContentsLine("omgangen", "Omgången"),
            ContentsLine("sjalvskattning", "Självskattning"),
            ContentsLine("resultatkedjan", "Resultat längs resultatkedjan"),
            *([ContentsLine("moment", "Arbetet med momenten"), *items] if items else []),
            *([ContentsLine("lardomar", "Deltagarnas egna ord"), *sections] if sections else []),
            *([ContentsLine("slutsatser", "Slutsatser")] if self.conclusions else []),
        )

    @property
    def is_empty(self) -> bool:
        return not self.participants.rows

    @property
    def section_texts(self) -> tuple[SectionText, ...]:
        if self.chapters:
            spoken = [(chapter, words_of(chapter.blocks)) for chapter in self.printed]
            return tuple(SectionText(each.anchor, each.title or ABOUT, words) for each, words in spoken if words)
        made = {
            "inledning": [self.opening.words] if self.introduction_document else list(self.introduction),
            "omgangen": self._about_the_cohort(),
            "sjalvskattning": [self.checklist, *(line for kind in self.kinds for line in kind_lines(kind))],
            "resultatkedjan": [line for table in self.chain for line in table_lines(table)],
            **{part.anchor: item_lines(part) for part in self.moments},
            **{part.anchor: [f"{text.title}: {text.words}" for text in part.texts] for part in self.sections},
            "slutsatser": [self.closing.words] if self.conclusions_document else list(self.conclusions),
        }
        return tuple(
            SectionText(line.anchor, line.text, "\n".join(made[line.anchor]))
            for line in self.headings
            if made.get(line.anchor)
        )

    def _about_the_cohort(self) -> list[str]:
        tables = [*table_lines(self.participants), *table_lines(self.mentors)]
        return [line for line in (self.taking_part, self.provenance, *tables, *self.expected, *self.desirable) if line]

    @property
    def numbers(self) -> tuple[Number, ...]:
        if self.chapters:
            return numbers_in_chapters(self.printed)
        of_kinds = [
            number
            for kind in self.kinds
            for name, table in (("styrka", kind.strength), ("over-tid", kind.beside))
            for number in numbers_of(kind_key(kind, name), table)
        ]
        of_chain = [number for table in self.chain for number in numbers_of(chain_key(table), table)]
        return (*numbers_in([self.opening]), *of_kinds, *of_chain, *numbers_in([self.closing]))


def kind_key(kind: KindPart, name: str) -> str:
    return f"sjalvskattning.{slugify(kind.title)}.{name}"


def chain_key(table: PictureTable) -> str:
    return f"resultatkedjan.{slugify(table.caption)}"


def kind_lines(kind: KindPart) -> list[str]:
    tables = [*table_lines(kind.strength), *table_lines(kind.beside)]
    return [line for line in (kind.title, kind.withheld, kind.basis, *tables, kind.total, kind.moved) if line]


def item_lines(part: ItemPart) -> list[str]:
    glad = [f"Berättar gärna hur de gör: {part.glad}."] if part.glad else []
    return [*(effort_line(effort) for effort in part.efforts), *glad]
