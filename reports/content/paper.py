"""The paper form of a self-assessment: any version empty, to fill in with a pen, or with what has been entered."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from checklist.enums import Judges
from checklist.models import Checklist, Item, Score, Step
from checklist.models.version import scale_values
from checklist.occasions import Occasion, OccasionItem
from modell.figures import printed
from modell.templatetags.swedish import change, day, mean
from reports.content.base import Content, paragraphs
from reports.pdf import Cover, Heading

# What is told of a moment, in the order of the rating page; the organisation's own never leave it.
SHARED_TEXTS = (("comment", "Kommentar"), ("since_last", "Sedan sist"))
OWN_TEXTS = (("reasoning", "Så resonerade vi"), ("next_step", "Det här krävs för nästa steg"))
NAME = "Självskattning"


@dataclass(frozen=True)
class Box:
    """A box to tick. A half step lies between two and has no words of its own."""

    number: str
    label: str
    ticked: bool


@dataclass(frozen=True)
class Written:
    about: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class PaperMoment:
    """`block` heads the moment where a new block of the version begins; `to_write` leaves lines for the pen."""

    number: int
    text: str
    block: str
    boxes: tuple[Box, ...]
    told: str = ""
    written: tuple[Written, ...] = ()
    to_write: bool = True


@dataclass(frozen=True)
class PaperContent(Content):
    moments: tuple[PaperMoment, ...]
    facts: tuple[tuple[str, str], ...]
    has_halves: bool
    total: str
    floor: int
    max_possible: int
    working_wording: bool
    template: ClassVar[str] = "pdf/paper.html"
    judges: ClassVar[tuple[str, ...]] = tuple(label.lower() for label in Judges.labels)

    @property
    def has_blocks(self) -> bool:
        return any(moment.block for moment in self.moments)

    @property
    def headings(self) -> tuple[Heading, ...]:
        return ()

    @property
    def is_empty(self) -> bool:
        """Whether it is all to be filled in by hand."""
        return not self.facts


def empty_paper(checklist: Checklist) -> PaperContent:
    """The version as it is; half steps have boxes where it allows them."""
    items, steps = list(checklist.items.all()), list(checklist.steps.all())
    boxes = _boxes(steps, checklist.half_steps, None)
    return PaperContent(
        cover=Cover(title=NAME, subtitle=checklist.name, sender=()),
        moments=tuple(
            PaperMoment(item.number, item.text, block, boxes) for item, block in zip(items, _blocks(items), strict=True)
        ),
        facts=(),
        has_halves=checklist.half_steps,
        total="",
        floor=len(items) * steps[0].value,
        max_possible=len(items) * steps[-1].value,
        working_wording=checklist.is_working_wording,
    )


def filled_paper(occasion: Occasion, *, own: bool) -> PaperContent:
    """With what is entered. Others than the own organisation get what it shares."""
    assessment = occasion.assessment
    organisation = assessment.participation.organisation.name
    scores = {score.item_id: score for score in assessment.scores.all()}
    blocks = _blocks(occasion.checklist_items)
    return PaperContent(
        cover=Cover(
            title=f"{NAME} – {organisation}",
            subtitle=occasion.checklist.name,
            sender=(organisation,),
            day=assessment.submitted_on,
            demonstration=assessment.participation.cohort.constructed,
            draft=assessment.is_draft,
        ),
        moments=tuple(
            _filled(occasion, row, scores.get(row.item.pk), block, own=own)
            for row, block in zip(occasion.items, blocks, strict=True)
        ),
        facts=tuple(_facts(occasion)),
        has_halves=assessment.half_steps,
        total="" if occasion.total is None else printed(occasion.total, 1),
        floor=occasion.floor,
        max_possible=occasion.max_possible,
        working_wording=occasion.checklist.is_working_wording,
    )


def _filled(occasion: Occasion, row: OccasionItem, score: Score | None, block: str, *, own: bool) -> PaperMoment:
    assessment = occasion.assessment
    written = _written(score, own=own) if score else ()
    value = None if score is None else score.value
    return PaperMoment(
        number=row.item.number,
        text=row.item.text,
        block=block,
        boxes=_boxes(assessment.steps, assessment.half_steps, value),
        told=_told(row, own=own),
        written=written,
        to_write=assessment.is_draft and not written,
    )


def _told(row: OccasionItem, *, own: bool) -> str:
    told = ["Inte skattad än" if row.value is None else f"Värde {mean(row.value)}"]
    if row.before is not None:
        told.append(f"förra gången {mean(row.before)}")
    if row.change is not None:
        told.append(f"förändring {change(row.change)}")
    if own and row.aim is not None:
        told.append(f"mål till nästa gång {mean(row.aim)}")
    return f"{', '.join(told)}."


def _written(score: Score, *, own: bool) -> tuple[Written, ...]:
    names = [*(SHARED_TEXTS if own or score.shared else ()), *(OWN_TEXTS if own else ())]
    texts = [(label, tuple(paragraphs(getattr(score, name)))) for name, label in names]
    return tuple(Written(label, text) for label, text in texts if text)


def _facts(occasion: Occasion) -> list[tuple[str, str]]:
    assessment = occasion.assessment
    meeting = assessment.meeting
    facts = [("Organisation", assessment.participation.organisation.name)]
    if occasion.part:
        facts.append(("Nämnd eller förvaltning", occasion.part.name))
    facts.append(("Tillfälle", f"Inför {meeting.name}, {day(meeting.starts_on)}" if meeting else occasion.name))
    if assessment.is_submitted:
        facts += [("Inlämnad", day(assessment.submitted_on)), ("Bedömare", occasion.raters_line)]
    return facts


def _blocks(items: list[Item]) -> list[str]:
    """The heading of each moment that begins a block; the versions before 2023 have none."""
    before = ["", *(item.block for item in items)]
    return [item.get_block_display() if item.block != block else "" for item, block in zip(items, before, strict=False)]


def _boxes(steps: list[Step], half_steps: bool, value: Decimal | None) -> tuple[Box, ...]:
    labels = {Decimal(step.value): step.label for step in steps}
    return tuple(
        Box(printed(step, 1), labels.get(step, ""), step == value)
        for step in scale_values(steps, half_steps=half_steps)
    )
