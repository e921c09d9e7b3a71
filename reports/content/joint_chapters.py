"""The joint report set as chapters: the words of each, and the parts that its kind fills in from the frozen values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

from kit.pictures import PictureTable
from kit.rich import to_plain
from kit.rich.placing import placed_in
from kit.rich.structure import Document
from reports.content.base import EffortPart, Prose
from reports.content.blocks import (
    BoxBlock,
    ChapterBlock,
    FigureTable,
    HeadingBlock,
    LeadBlock,
    ListBlock,
    PictureBlock,
    PointLine,
    PrintedChapter,
    ProseBlock,
    TableBlock,
    TextBlock,
    TogetherBlock,
    table_block,
)
from reports.content.placed import TextMaterial, materials_in, with_placed
from reports.enums import ChapterKind

if TYPE_CHECKING:
    from reports.content.joint_value import GoalLine, ItemPart, JointContent, KindPart, WrittenChapter

# A chapter of nothing but so few signs is short: it begins no page of its own.
SHORT = 900
# So many signs of short chapters fill a page enough to stand alone on it.
FILLED = 600
# The anchor of the page after the cover.
FRONT = "om-rapporten"
ORIGIN = "Uppgifternas ursprung"
NOT_RATED = "Ingen självskattning är registrerad för omgången."
ABOUT_CHAIN = (
    "En aktivitet görs en gång. Den kan leda till en ny eller ändrad produkt, som ett styrdokument, till ett nytt "
    "eller ändrat arbetssätt, till ett annat utfall för dem som möter verksamheten och i längden till en effekt i "
    "samhället."
)
ABOUT_SHARES = "Här räknas de deltagare som har delat en insats som nått steget."
ABOUT_GAPS = (
    "Här visas ett nyckeltal från varje organisation som har låtit den gemensamma rapporten använda det. Siffrorna är "
    "organisationens egna, och de jämför inte organisationerna med varandra."
)
ABOUT_PLAN = "Träffarna och arbetet hemma i tidsordning, månad för månad."
ABOUT_ITEMS = "Det här har organisationerna valt att dela, med varje organisation som källa."
GOAL_HEADS = ("Mål", "Deltagarna", "Utvärderaren", "SKR")
ABOUT_ANSWERS = "Varje deltagare har bedömt hur långt den har kommit med de resultat som omgången ska ge."


def set_chapters(content: JointContent) -> tuple[PrintedChapter, ...]:
    """Return the chapters that have anything to print, with their tables and pictures numbered through the report."""
    materials = joint_materials(content)
    chapters = [with_placed(_chapter(written, content), materials) for written in content.chapters]
    filled = [chapter for chapter in chapters if chapter.blocks]
    return tuple(_numbered([*_front(content), *_paged(filled)]))


def joint_materials(content: JointContent) -> list[TextMaterial]:
    """Return what a text may hold between its paragraphs: all that any chapter fills in, by the same rules."""
    from reports.content.joint_value import WrittenChapter  # which sets these chapters

    empty = WrittenChapter("", "", Prose("", "", ""))
    return [material for fill in AUTOMATIC.values() for material in materials_in(fill(empty, content))]


def automatic_blocks(written: WrittenChapter, content: JointContent) -> tuple[ChapterBlock, ...]:
    """Return what the chapter's kind fills in and what stands in its texts, without SKR's or the evaluator's words."""
    chapters = tuple(
        replace(each, text=_wordless(each.text), parts=tuple(map(_wordless, each.parts))) for each in content.chapters
    )
    printed = set_chapters(replace(content, chapters=chapters))
    return next((chapter.blocks for chapter in printed if chapter.anchor == written.text.anchor), ())


def item_in_words(number: int, kinds: Iterable[KindPart]) -> str:
    """Return the means of a moment then and now, as the table has them, or "" where it has none."""
    said = []
    for kind in kinds:
        for row in kind.beside.rows if kind.beside else ():
            if row[0].startswith(f"{number}. "):
                heads = [head.partition(",")[0] for head in (kind.beside.headers if kind.beside else ())]
                said.append(f"{kind.title}: {row[1]} i {_lowered(heads[1])} och {row[2]} i {_lowered(heads[2])}.")
    return f"Medelvärde. {' '.join(said)}" if said else ""


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


def _wordless(prose: Prose) -> Prose:
    placed = placed_in(prose.document) if prose.document else []
    document = Document(tuple(placed)) if placed else None
    return replace(prose, text=to_plain(document) if document else "", document=document)


def _front(content: JointContent) -> Iterator[PrintedChapter]:
    if front := content.front:
        lines = (
            ("ISBN", front.isbn),
            ("Ansvariga", front.responsible),
            ("Målgrupp", front.audience),
            ("Upplysningar", front.information),
        )
        blocks = [block for about, text in lines if text for block in (TextBlock(about, "about"), TextBlock(text))]
        yield PrintedChapter(FRONT, "", tuple(blocks))


def _chapter(written: WrittenChapter, content: JointContent) -> PrintedChapter:
    text = written.text
    words = [ProseBlock(text, text.anchor)] if text.text else []
    filled_in = tuple(AUTOMATIC.get(written.kind, _nothing)(written, content))
    return PrintedChapter(text.anchor, text.title, (*words, *filled_in))


def _paged(chapters: Sequence[PrintedChapter]) -> Iterator[PrintedChapter]:
    """Say which chapters begin a page, so that no page has only a few lines.

    A long chapter does, unless short ones stand before it whose own page might be nearly empty.
    """
    alone: int | None = 0  # the signs of the short chapters that began a page; None where they followed a long one
    after_long = True
    for place, chapter in enumerate(chapters):
        signs = _signs_of(chapter)
        if signs is None:
            yield replace(chapter, new_page=place == 0 or after_long or (alone is not None and alone >= FILLED))
            after_long, alone = True, None
        else:
            yield replace(chapter, new_page=place == 0)
            alone = signs if place == 0 else alone + signs if alone is not None else None
            after_long = False


def _signs_of(chapter: PrintedChapter) -> int | None:
    """Return how many signs a short chapter has, or None for a long one."""
    texts = [block.prose.words for block in chapter.blocks if isinstance(block, ProseBlock)]
    signs = sum(map(len, texts))
    return signs if len(texts) == len(chapter.blocks) and signs <= SHORT else None


def _nothing(written: WrittenChapter, content: JointContent) -> Iterable[ChapterBlock]:
    return ()


def _introduction(written: WrittenChapter, content: JointContent) -> Iterable[ChapterBlock]:
    yield HeadingBlock("Deltagarna")
    yield TextBlock(" ".join(filter(None, (content.taking_part, content.left))))
    if content.groups:
        yield table_block(content.groups, "grupper")
    if content.map:
        yield PictureBlock(content.map, content.map.counted)


def _concept(written: WrittenChapter, content: JointContent) -> Iterable[ChapterBlock]:
    if content.steps:
        yield HeadingBlock("Stegen")
        yield table_block(content.steps, "steg")
    if content.timetable:
        yield PictureBlock(content.timetable, ABOUT_PLAN)
    yield HeadingBlock("Självskattningen")
    yield TextBlock(content.checklist)
    if content.stages:
        yield HeadingBlock("Resultatkedjan")
        yield TextBlock(ABOUT_CHAIN)
        yield table_block(content.stages, "resultatkedjans-steg")
    for title, results in (("Förväntade resultat", content.expected), ("Önskvärda resultat", content.desirable)):
        if results:
            yield TogetherBlock((HeadingBlock(title), _points(results)))


def _results(written: WrittenChapter, content: JointContent) -> Iterable[ChapterBlock]:
    moments = [part for part in written.parts if part.anchor.startswith("moment-")]
    stages = [part for part in written.parts if not part.anchor.startswith("moment-")]
    yield HeadingBlock("Självskattningen", anchor="sjalvskattning")
    for kind in content.kinds:
        yield from _kind(kind, alone=len(content.kinds) == 1)
    if not content.kinds:
        yield TextBlock(NOT_RATED)
    yield from _parts("Moment för moment", "moment", moments, content)
    yield from _along_the_chain(stages, content)
    if content.gaps:
        yield HeadingBlock("Kvinnor och män", anchor="kvinnor-och-man")
        yield TextBlock(ABOUT_GAPS)
        yield from (PictureBlock(picture, picture.description) for picture in content.gaps)
    if content.answers:
        answers = [
            table_block(table, f"forvantade-resultat-{place}", f"forvantade-resultat.{place}")
            for place, table in enumerate(content.answers, start=1)
        ]
        heading = HeadingBlock("Förväntade resultat", anchor="forvantade-resultat")
        yield TogetherBlock((heading, TextBlock(ABOUT_ANSWERS), answers[0]))
        yield from answers[1:]


def _kind(kind: KindPart, *, alone: bool) -> Iterable[ChapterBlock]:
    if not alone:
        yield HeadingBlock(kind.title, 4)
    for text in filter(None, (kind.withheld, kind.basis, kind.moved)):
        yield TextBlock(text)
    if kind.picture:
        yield PictureBlock(kind.picture, kind.picture.description)
    if table := values_table(kind):
        yield TableBlock(table.key.replace(".", "-"), table)
    if kind.total:
        yield TextBlock(kind.total)


def values_table(kind: KindPart) -> FigureTable | None:
    """Return the table of the means, then and now where there are both; None where there is none."""
    from reports.content.joint_value import kind_key  # which sets these chapters

    table, name = (kind.beside, "over-tid") if kind.beside else (kind.strength, "styrka")
    return FigureTable(table.caption, table.headers, table.rows, key=kind_key(kind, name)) if table else None


def _parts(title: str, anchor: str, parts: Sequence[Prose], content: JointContent) -> Iterable[ChapterBlock]:
    written = [part for part in parts if part.text]
    if written:
        yield HeadingBlock(title, anchor=anchor)
    for part in written:
        said = item_in_words(int(part.anchor.removeprefix("moment-")), content.kinds) if anchor == "moment" else ""
        yield HeadingBlock(part.title, 4)
        if said:
            yield TextBlock(said, "muted")
        yield ProseBlock(part, part.anchor, 5)


def _along_the_chain(stages: Sequence[Prose], content: JointContent) -> Iterable[ChapterBlock]:
    from reports.content.joint_value import chain_key  # which sets these chapters

    if content.chain:
        yield HeadingBlock("Längs resultatkedjan", anchor="resultatkedjan")
        yield TextBlock(" ".join(filter(None, (ABOUT_SHARES, content.chain_rule))))
    for place, table in enumerate(content.chain, start=1):
        drawn = [
            PictureBlock(chain, chain.description) for chain in content.drawn_chains if chain.key == f"kedjan-{place}"
        ]
        yield from drawn
        yield table_block(table, f"resultatkedjan-{place}", chain_key(table))
    for place, table in enumerate(content.movement, start=1):
        yield table_block(table, f"forflyttning-{place}", f"forflyttning.{place}")
    for part in stages:
        if part.text:
            yield HeadingBlock(part.title, 4)
            yield ProseBlock(part, part.anchor, 5)


def _attainment(written: WrittenChapter, content: JointContent) -> Iterable[ChapterBlock]:
    if content.goals:
        yield HeadingBlock("Så bedöms målen", anchor="malen")
        rows = tuple(
            tuple(each or "–" for each in (goal.text, goal.participants, goal.evaluator, goal.skr))
            for goal in content.goals
        )
        yield table_block(PictureTable("Hur långt målen är nådda", GOAL_HEADS, rows), "maluppfyllelse")
    for goal in content.goals:
        yield from _goal(goal)


def _goal(goal: GoalLine) -> Iterable[ChapterBlock]:
    points = [PointLine(line, "Deltagarna:") for line in goal.figure]
    points += [PointLine(line.text, line.about) for line in goal.grounds]
    if points:
        apart = [TextBlock(" ".join(goal.disagreement))] if goal.disagreement else []
        yield TogetherBlock((HeadingBlock(goal.text, 4), ListBlock(tuple(points)), *apart))


def _lessons(written: WrittenChapter, content: JointContent) -> Iterable[ChapterBlock]:
    if content.advice:
        yield HeadingBlock("Råd till SKR", anchor="rad-till-skr")
    for advice in content.advice:
        said = [TextBlock(advice.counted)] if advice.counted else []
        answer = [TextBlock(f"{'Det här ändrar SKR' if advice.changes else 'SKR svarar'}: {advice.answer}")]
        yield TogetherBlock((HeadingBlock(advice.about, 4), *said, *(answer if advice.answer else [])))


def _annex(written: WrittenChapter, content: JointContent) -> Iterable[ChapterBlock]:
    if content.participants.rows:
        yield HeadingBlock("Alla deltagare", anchor="deltagare")
        yield table_block(content.participants, "deltagare")
    if content.mentors:
        yield table_block(content.mentors, "mentorer")
    if content.interviews:
        yield HeadingBlock("Intervjuer", anchor="intervjuer")
        yield TextBlock(content.interviews.headline)
        yield _points(content.interviews.lines)
    if content.moments:
        yield HeadingBlock("Exempel, moment för moment", anchor="exempel")
        yield TextBlock(ABOUT_ITEMS)
        for part in content.moments:
            yield from _item(part)
    if content.provenance:
        yield BoxBlock(ORIGIN, content.provenance)


def _item(part: ItemPart) -> Iterable[ChapterBlock]:
    yield HeadingBlock(part.title, 4)
    yield from map(_effort, part.efforts)
    if part.glad:
        yield TextBlock(f"Berättar gärna hur de gör: {part.glad}.", "source")


def _effort(effort: EffortPart) -> ChapterBlock:
    steps = tuple(PointLine(step.text, f"{step.where}.") for step in effort.steps)
    title = LeadBlock(effort.title, effort.organisation)
    return TogetherBlock((title, *([ListBlock(steps)] if steps else [])))


def _points(texts: Sequence[str]) -> ListBlock:
    return ListBlock(tuple(map(PointLine, texts)))


Automatic = Callable[["WrittenChapter", "JointContent"], Iterable[ChapterBlock]]
AUTOMATIC: Mapping[str, Automatic] = {
    ChapterKind.INTRODUCTION: _introduction,
    ChapterKind.CONCEPT: _concept,
    ChapterKind.RESULTS: _results,
    ChapterKind.LESSONS: _lessons,
    ChapterKind.ATTAINMENT: _attainment,
    ChapterKind.ANNEX: _annex,
}


def _numbered(chapters: Iterable[PrintedChapter]) -> Iterator[PrintedChapter]:
    tables, pictures = count(1), count(1)
    for chapter in chapters:
        yield replace(chapter, blocks=tuple(_with_number(block, tables, pictures) for block in chapter.blocks))


def _with_number(block: ChapterBlock, tables: Iterator[int], pictures: Iterator[int]) -> ChapterBlock:
    if isinstance(block, TableBlock):
        return replace(block, table=replace(block.table, number=next(tables)))
    if isinstance(block, PictureBlock):
        return replace(block, number=next(pictures))
    if isinstance(block, TogetherBlock):
        return replace(block, blocks=tuple(_with_number(each, tables, pictures) for each in block.blocks))
    return block
