"""The chapters of both reports, made of the frozen value alone: page, PDF, Word, slides and web pages set the same."""

from collections.abc import Iterable, Sequence

from django.utils.text import Truncator

from reports.content.base import EffortPart, ReportContent
from reports.content.blocks import (
    BoxBlock,
    ChapterBlock,
    HeadingBlock,
    LeadBlock,
    ListBlock,
    PictureBlock,
    PointLine,
    PrintedChapter,
    ProseBlock,
    QuoteBlock,
    TextBlock,
    TogetherBlock,
    table_block,
)
from reports.content.joint_chapters import NOT_RATED, ORIGIN
from reports.content.joint_value import ItemPart, JointContent, KindPart, SectionPart, chain_key, kind_key
from reports.content.organisation import LEARNT, ImprovementPart, OrganisationContent, OwnText, OwnValues
from reports.content.own_materials import OWN_VALUES, own_materials
from reports.content.placed import with_placed

ABOUT_CHAIN = (
    "En aktivitet görs en gång. Den kan leda till en ny eller ändrad produkt, som ett styrdokument, till ett nytt "
    "eller ändrat arbetssätt, till ett annat utfall för dem som möter verksamheten och i längden till en effekt i "
    "samhället. Här räknas de deltagare som har delat en insats som nått steget."
)
ABOUT_ITEMS = "Det här har organisationerna valt att dela, med varje organisation som källa."
ABOUT_WORDS = (
    "Texterna kommer ur organisationernas resultatrapporter. Varje organisation har valt vad som får användas här."
)
LARGEST_RUNNING_HEAD = 3


def chapters_of(content: ReportContent) -> tuple[PrintedChapter, ...]:
    """Return the report's chapters in order. What stands outside the contents list has no title."""
    if isinstance(content, OrganisationContent):
        chapters = _organisation(content)
    else:
        assert isinstance(content, JointContent), "Only the two reports have chapters."
        chapters = content.printed or _joint(content)
    reason = content.stamp.reason
    corrected = [PrintedChapter("rattad", "", (BoxBlock("Rättad utgåva", reason, 2),))] if reason else []
    return (*corrected, *chapters)


def own_text_blocks(content: OrganisationContent, text: OwnText) -> tuple[ChapterBlock, ...]:
    """Return what one text prints, without its heading."""
    blocks = tuple(block for block in _own_text(text) if not isinstance(block, HeadingBlock))
    return with_placed(PrintedChapter(text.anchor, "", blocks), own_materials(content)).blocks


def _organisation(content: OrganisationContent) -> Iterable[PrintedChapter]:
    materials = own_materials(content)
    return (with_placed(chapter, materials) for chapter in _own_chapters(content))


def _own_chapters(content: OrganisationContent) -> Iterable[PrintedChapter]:
    titles = {line.anchor: line.text for line in content.headings}
    for texts, line in zip(content.by_section, content.headings, strict=False):
        blocks = tuple(block for text in texts for block in _own_text(text))
        yield PrintedChapter(line.anchor, line.text, blocks, Truncator(line.text).words(LARGEST_RUNNING_HEAD))
    if content.values:
        values = tuple(_values(content.values))
        yield PrintedChapter("sjalvskattning", titles["sjalvskattning"], values, new_page=True)
    if content.results:
        tables = tuple(table_block(table, name) for name, table in content.results.named_tables)
        yield PrintedChapter("resultat", titles["resultat"], tables)
    if content.efforts:
        efforts = tuple(_effort(effort) for effort in content.efforts)
        yield PrintedChapter("insatser", titles["insatser"], efforts)
    if content.improvements:
        work = tuple(block for each in content.improvements for block in _improvement(each))
        yield PrintedChapter("forbattringar", titles["forbattringar"], work)
    if content.provenance:
        yield PrintedChapter("ursprung", "", (BoxBlock(ORIGIN, content.provenance, 2),))


def _own_text(text: OwnText) -> Iterable[ChapterBlock]:
    if text.chapter:
        yield HeadingBlock(text.title, anchor=text.anchor)
    if text.text:
        yield ProseBlock(text, text.anchor, top=4 if text.chapter else 3)
    if text.entered:
        yield ListBlock(tuple(PointLine(line.text, line.about) for line in text.entered))


def _values(values: OwnValues) -> Iterable[ChapterBlock]:
    if values.moved:
        yield TextBlock(values.moved, "lead")
    yield PictureBlock(values.picture)
    yield table_block(values.table, "varden", OWN_VALUES)
    if values.total:
        yield TextBlock(values.total)
    yield TogetherBlock((HeadingBlock("Vilka som har skattat"), _points(values.raters)))
    if values.comments:
        yield HeadingBlock("Kommentarer som vi delar")
        yield ListBlock(tuple(PointLine(comment.text, f"{comment.about}.") for comment in values.comments))


def _effort(effort: EffortPart) -> ChapterBlock:
    moment = [TextBlock(effort.moment, "muted")] if effort.moment else []
    steps = [ListBlock(tuple(PointLine(step.text, f"{step.where}.") for step in effort.steps))] if effort.steps else []
    return TogetherBlock((HeadingBlock(effort.title), *moment, *steps))


def _improvement(work: ImprovementPart) -> Iterable[ChapterBlock]:
    yield HeadingBlock(work.title)
    if work.about:
        yield TextBlock(work.about, "muted")
    if work.aim:
        yield TextBlock(work.aim)
    for cycle in work.cycles:
        parts = tuple(PointLine(part.text, f"{part.about}:") for part in cycle.parts)
        yield TogetherBlock((HeadingBlock(f"Cykel {cycle.number}", 4), ListBlock(parts)))
    if work.learnt:
        yield HeadingBlock(LEARNT, 4)
        yield TextBlock(work.learnt)


def _joint(content: JointContent) -> Iterable[PrintedChapter]:
    """Set an edition from before there were chapters."""
    blocks: dict[str, list[ChapterBlock]] = {
        "inledning": [ProseBlock(content.opening, "inledning")],
        "omgangen": list(_cohort(content)),
        "sjalvskattning": list(_assessment(content)),
        "resultatkedjan": list(_chain(content)),
        "moment": [TextBlock(ABOUT_ITEMS), *(block for part in content.moments for block in _item(part))],
        "lardomar": [TextBlock(ABOUT_WORDS), *(block for part in content.sections for block in _section(part))],
        "slutsatser": [ProseBlock(content.closing, "slutsatser")],
    }
    begins_a_page = set(blocks) - {"inledning", "omgangen"}
    for line in content.headings:
        if line.level == 2:
            yield PrintedChapter(
                line.anchor, line.text, tuple(blocks[line.anchor]), new_page=line.anchor in begins_a_page
            )


def _cohort(content: JointContent) -> Iterable[ChapterBlock]:
    yield TextBlock(content.taking_part, "lead")
    if content.provenance:
        yield BoxBlock(ORIGIN, content.provenance)
    if content.participants.rows:
        yield table_block(content.participants, "deltagare")
    if content.mentors:
        yield table_block(content.mentors, "mentorer")
    for title, results in (("Förväntade resultat", content.expected), ("Önskvärda resultat", content.desirable)):
        if results:
            yield TogetherBlock((HeadingBlock(title), _points(results)))


def _assessment(content: JointContent) -> Iterable[ChapterBlock]:
    yield TextBlock(content.checklist)
    for kind in content.kinds:
        yield HeadingBlock(kind.title)
        yield from _kind(kind)
    if not content.kinds:
        yield TextBlock(NOT_RATED)


def _kind(kind: KindPart) -> Iterable[ChapterBlock]:
    for text in filter(None, (kind.withheld, kind.basis)):
        yield TextBlock(text)
    if kind.strength:
        key = kind_key(kind, "styrka")
        yield table_block(kind.strength, _name(key), key)
    if kind.total:
        yield TextBlock(kind.total)
    if kind.beside:
        key = kind_key(kind, "over-tid")
        yield table_block(kind.beside, _name(key), key)
    if kind.moved:
        yield TextBlock(kind.moved)


def _chain(content: JointContent) -> Iterable[ChapterBlock]:
    yield TextBlock(f"{ABOUT_CHAIN} {content.chain_rule}".strip())
    for place, table in enumerate(content.chain, start=1):
        yield table_block(table, f"resultatkedjan-{place}", chain_key(table))


def _item(part: ItemPart) -> Iterable[ChapterBlock]:
    yield HeadingBlock(part.title, anchor=part.anchor)
    for effort in part.efforts:
        steps = tuple(PointLine(step.text, f"{step.where}.") for step in effort.steps)
        title = LeadBlock(effort.title, effort.organisation)
        yield TogetherBlock((title, *([ListBlock(steps)] if steps else [])))
    if part.glad:
        yield TextBlock(f"Berättar gärna hur de gör: {part.glad}.", "source")


def _section(part: SectionPart) -> Iterable[ChapterBlock]:
    yield HeadingBlock(part.title, anchor=part.anchor)
    for number, text in enumerate(part.texts, start=1):
        yield QuoteBlock(text, f"{text.title}, ”{part.title}”", part.anchor, number)


def _points(texts: Sequence[str]) -> ListBlock:
    return ListBlock(tuple(map(PointLine, texts)))


def _name(key: str) -> str:
    return key.replace(".", "-")
