"""What has been taken in to the joint report, whether its words still stand there, and whose is not heard."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum

from cohorts.models import Cohort, Participation
from kit.canonical import folded
from kit.rich import Document
from kit.rich.plain import running_words
from kit.rich.structure import Block, Paragraph, Quotation, Run
from reports.joint_chapters import places_of
from reports.joint_sources import JointSource
from reports.models import TakenIn
from reports.models.taken_in import Identity
from reports.quoting import stands_in

# Words of which less is the source's are others, and no change of what was taken in.
LIKE = 0.5


class InText(Enum):
    """How the words that were taken in stand in their text now."""

    STANDS = "as they were taken in"
    CHANGED = "other words above the same source"
    GONE = "not there"


@dataclass(frozen=True)
class Use:
    """What was taken in, and the words that are printed of it now."""

    row: TakenIn
    standing: InText
    printed: str

    @property
    def stands(self) -> bool:
        return self.standing == InText.STANDS

    @property
    def is_changed(self) -> bool:
        return self.standing == InText.CHANGED

    @property
    def is_printed(self) -> bool:
        return self.standing != InText.GONE


# A source in a text


def quotation_of(words: str, credit: str) -> Quotation:
    return Quotation((Paragraph((Run(words),)), Paragraph((Run(credit, em=True),))))


def with_quotation(document: Document, words: str, credit: str) -> Document:
    if without_quotation(document, words, credit) is not None:
        return document
    return Document((*document.blocks, quotation_of(words, credit)))


def without_quotation(document: Document, words: str, credit: str) -> Document | None:
    """Return the text without the words and their source, the last ones if there are several; None if not there."""
    lines = [folded(words), folded(credit)]
    for number, block in reversed(list(enumerate(document.blocks))):
        if not isinstance(block, Quotation):
            continue
        inner = [folded(_words_of(part)) for part in block.blocks]
        for place in range(len(inner) - 1):
            if inner[place : place + 2] == lines:
                left = (*block.blocks[:place], *block.blocks[place + 2 :])
                kept = (replace(block, blocks=left),) if left else ()
                return Document((*document.blocks[:number], *kept, *document.blocks[number + 1 :]))
    return None


def uses_of(rows: Iterable[TakenIn]) -> list[Use]:
    """Return what is printed now of the rows of one text or several; fetch them with `text`."""
    by_text = defaultdict(list)
    for row in rows:
        by_text[row.text_id].append(row)
    return [use for of_text in by_text.values() for use in _uses_in(of_text[0].text.document, of_text)]


def _uses_in(document: Document, rows: list[TakenIn]) -> Iterator[Use]:
    standing = {row.pk for row in rows if stands_in(row.words, document)}
    changed = _changed(document, rows, standing)
    for row in rows:
        if row.pk in standing:
            yield Use(row, InText.STANDS, row.words)
        else:
            words = changed.get(row.pk, "")
            yield Use(row, InText.CHANGED if words else InText.GONE, words)


def _changed(document: Document, rows: list[TakenIn], standing: set[int]) -> dict[int, str]:
    """Return the words that a row's have become, for each row that has any: what stands is of one row, the likest."""
    as_taken = {folded(row.words) for row in rows if row.pk in standing}
    pairs = [
        (row.pk, words, _likeness(words, row.original))
        for row in rows
        if row.pk not in standing
        for words in _above(row.credit, document)
        if folded(words) not in as_taken
    ]
    changed: dict[int, str] = {}
    for key, words, likeness in sorted(pairs, key=lambda pair: -pair[2]):
        if likeness >= LIKE and key not in changed and words not in changed.values():
            changed[key] = words
    return changed


def _likeness(words: str, original: str) -> float:
    """Return the share of the words that are the original's."""
    own = set(folded(original).split())
    every = folded(words).split()
    return sum(word in own for word in every) / max(len(every), 1)


def _above(credit: str, document: Document) -> Iterator[str]:
    """Yield the words of each quotation that has this source below."""
    for block in document.blocks:
        words: list[str] = []
        for part in block.blocks if isinstance(block, Quotation) else ():
            line = _words_of(part)
            if folded(line) != folded(credit):
                words.append(line)
            elif words:
                yield " ".join(words)
                words = []


def _words_of(block: Block) -> str:
    return running_words(Document((block,)))


def row_of(cohort: Cohort, key: str, source: Identity) -> TakenIn:
    rows = TakenIn.objects.filter(text__joint__cohort=cohort, text__key=key)
    return next(row for row in rows if row.identity == source)


# The whole report


def uses_in_joint(cohort: Cohort) -> list[Use]:
    return uses_of(
        TakenIn.objects.filter(text__joint__cohort=cohort).select_related("text", "participation__organisation")
    )


def uses_of_member(member: Participation) -> list[tuple[str, Use]]:
    """Return what the joint report prints of the organisation's words, each with the name of its text."""
    uses = uses_of(TakenIn.objects.filter(participation=member).select_related("text"))
    names = {place.key: place.full_title for place in places_of(member.cohort)} if uses else {}
    return [(names[use.row.text.key], use) for use in uses if use.is_printed and use.row.text.key in names]


def lost_among(uses: Iterable[Use], sources: Iterable[JointSource]) -> list[Use]:
    """Return what is printed of sources that are not offered any more."""
    offered = {source.identity for source in sources}
    return [use for use in uses if use.is_printed and use.row.identity not in offered]


def unheard(cohort: Cohort) -> list[Participation]:
    """Return the participants that have not left and from whom the joint report prints nothing that was taken in."""
    return unheard_among(_participants(cohort), uses_in_joint(cohort))


def unheard_among(participants: Iterable[Participation], uses: Iterable[Use]) -> list[Participation]:
    heard = {use.row.participation_id for use in uses if use.is_printed}
    return [row for row in participants if row.is_participant and not row.is_withdrawn and row.pk not in heard]


def _participants(cohort: Cohort) -> Iterable[Participation]:
    return cohort.participations.participants().with_organisation().order_by("position", "pk")
