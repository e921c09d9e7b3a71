"""The paper form of a self-assessment: empty to fill in with a pen, or with what has been entered."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from assessments.enums import Judges
from assessments.models import Score
from assessments.occasions import Occasion, OccasionItem
from checklist.models import Checklist, Item, Step
from checklist.models.version import scale_values
from kit.figures import printed
from kit.pdf import ContentsLine, Cover
from kit.prose import split_in_paragraphs
from kit.templatetags.swedish import change, day, mean
from reports.content.base import ReportContent

# The texts of an item, in the order of the rating page. Only the organisation itself gets `OWN_TEXTS`.
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
class PaperText:
    about: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class PaperItem:
    """`block` is the heading of a block that begins with this item; `to_write` leaves lines for the pen."""

    number: int
    text: str
    block: str
    boxes: tuple[Box, ...]
    values: str = ""
    written: tuple[PaperText, ...] = ()
    to_write: bool = True


@dataclass(frozen=True)
class PaperContent(ReportContent):
    items: tuple[PaperItem, ...]
    facts: tuple[tuple[str, str], ...]
    has_halves: bool
    total: str
    floor: int
    max_possible: int
    working_wording: bool
    judges: ClassVar[tuple[str, ...]] = tuple(label.lower() for label in Judges.labels)

    @property
    def has_blocks(self) -> bool:
        return any(item.block for item in self.items)

    @property
    def headings(self) -> tuple[ContentsLine, ...]:
        return ()

    @property
    def is_empty(self) -> bool:
        """True if all of it is to be filled in by hand."""
        return not self.facts


def empty_paper(checklist: Checklist) -> PaperContent:
    """Return the version's form; half steps have boxes if the version allows them."""
    items, steps = list(checklist.items.all()), list(checklist.steps.all())
    boxes = _boxes(steps, checklist.half_steps, None)
    return PaperContent(
        cover=Cover(title=NAME, subtitle=checklist.name, sender=()),
        items=tuple(
            PaperItem(item.number, item.text, block, boxes) for item, block in zip(items, _blocks(items), strict=True)
        ),
        facts=(),
        has_halves=checklist.half_steps,
        total="",
        floor=len(items) * steps[0].value,
        max_possible=len(items) * steps[-1].value,
        working_wording=checklist.is_working_wording,
    )


def filled_paper(occasion: Occasion, *, own: bool) -> PaperContent:
    """Return the form with what is entered; only the own organisation (`own`) gets what is not shared."""
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
        items=tuple(
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


def _filled(occasion: Occasion, row: OccasionItem, score: Score | None, block: str, *, own: bool) -> PaperItem:
    assessment = occasion.assessment
    written = _written(score, own=own) if score else ()
    value = None if score is None else score.value
    return PaperItem(
        number=row.item.number,
        text=row.item.text,
        block=block,
        boxes=_boxes(assessment.steps, assessment.half_steps, value),
        values=_values(row, own=own),
        written=written,
        to_write=assessment.is_draft and not written,
    )


def _values(row: OccasionItem, *, own: bool) -> str:
    values = ["Inte skattad än" if row.now is None else f"Värde {mean(row.now)}"]
    if row.before is not None:
        values.append(f"förra gången {mean(row.before)}")
    if row.change is not None:
        values.append(f"förändring {change(row.change)}")
    if own and row.aim is not None:
        values.append(f"mål till nästa gång {mean(row.aim)}")
    return f"{', '.join(values)}."


def _written(score: Score, *, own: bool) -> tuple[PaperText, ...]:
    names = [*(SHARED_TEXTS if own or score.shared else ()), *(OWN_TEXTS if own else ())]
    texts = [(label, tuple(split_in_paragraphs(getattr(score, name)))) for name, label in names]
    return tuple(PaperText(label, text) for label, text in texts if text)


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
    """Return a heading for each item that begins a block, else ""; versions before 2023 have no blocks."""
    before = ["", *(item.block for item in items)]
    return [item.get_block_display() if item.block != block else "" for item, block in zip(items, before, strict=False)]


def _boxes(steps: list[Step], half_steps: bool, value: Decimal | None) -> tuple[Box, ...]:
    labels = {Decimal(step.value): step.label for step in steps}
    return tuple(
        Box(printed(step, 1), labels.get(step, ""), step == value)
        for step in scale_values(steps, half_steps=half_steps)
    )
