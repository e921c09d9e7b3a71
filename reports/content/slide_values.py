"""What the slides of a report show: five subjects, each with the sentences that the speaker says."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kit.pictures import PictureTable
from kit.prose import split_in_paragraphs
from kit.rich.structure import Document, Heading
from kit.templatetags.swedish import in_words, sentence
from reports.content.base import EffortPart, Prose, ReportContent, StepPart, effort_line
from reports.content.blocks import FigureTable
from reports.content.joint_chapters import NOT_RATED
from reports.content.joint_value import JointContent, KindPart, chain_key, kind_key
from reports.content.organisation import OrganisationContent
from reports.enums import ChapterKind

NOW, MOVED, EXAMPLES, RESULTS, PROPOSALS = ("Läget", "Förflyttning", "Exempel", "Förväntade resultat", "Förslag")
NO_RESULTS = "Delrapporten har inget kapitel om resultat."
NOT_INCLUDED = "Självskattningen ingår inte i rapporten."
ONCE = "Det finns bara ett tillfälle, så ingen förflyttning kan visas än."
WHOLE = "Hela texterna står i rapporten."
MOST_CARDS = 3
# About so many signs fit in a card, and in a column of text.
CARD_ROOM, COLUMN_ROOM = 230, 620
PROPOSING = ("next_steps", "mentorship", "advice_to_skr")
ADVICE = "avsnitt-advice_to_skr"
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")


@dataclass(frozen=True)
class SlideChart:
    """Bars for some columns of a table: those in `places`, of the rows that are moment, by their `short` names."""

    table: FigureTable
    places: tuple[int, ...]
    short: tuple[str, ...] = ()

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        names = {name.partition(".")[0]: name for name in self.short}
        rows = [row for row in self.table.rows if row[0][:1].isdigit()]
        return tuple((names.get(row[0].partition(".")[0], row[0]), *row[1:]) for row in rows)


@dataclass(frozen=True)
class SlideCard:
    title: str
    about: str
    text: str


@dataclass(frozen=True)
class SlideValue:
    """One slide. It has a chart, cards, or points beside a table; `notes` is what the speaker says."""

    title: str
    lead: str = ""
    chart: SlideChart | None = None
    cards: tuple[SlideCard, ...] = ()
    points: tuple[str, ...] = ()
    table: FigureTable | None = None
    small: str = ""
    notes: tuple[str, ...] = ()


def slides_of(content: ReportContent) -> tuple[SlideValue, ...]:
    if isinstance(content, OrganisationContent):
        return tuple(_organisation(content))
    assert isinstance(content, JointContent), "Only the two reports have slides."
    return tuple(_joint(content))


def _organisation(content: OrganisationContent) -> Iterator[SlideValue]:
    yield from _own_values(content)
    yield _examples(content.efforts, "moment")
    texts = {section.key: section for section in content.sections}
    results = next((each for each in content.by_section if each[0].section == "results"), ())
    results_text = "\n\n".join(filter(None, (text.spoken for text in results)))
    rows = tuple((effort.title, _furthest(effort).where) for effort in content.efforts if effort.steps)
    yield SlideValue(
        "Resultat",
        lead="" if results_text or rows else "Rapporten har ingen text om resultat.",
        points=fitting(sentences(results_text), COLUMN_ROOM) if results_text else (),
        table=FigureTable("Så långt har insatserna kommit", ("Insats", "Längst nådda steg"), rows) if rows else None,
        notes=(results_text,) if results_text else (),
    )
    chosen = [texts[key] for key in PROPOSING if key in texts and texts[key].spoken]
    yield SlideValue(
        PROPOSALS,
        lead=WHOLE if chosen else "Rapporten har inga förslag om fortsatt arbete.",
        cards=tuple(SlideCard(section.title, "", cut(section.spoken, CARD_ROOM)) for section in chosen),
        notes=tuple(f"{section.title}. {section.spoken}" for section in chosen),
    )


def _own_values(content: OrganisationContent) -> Iterator[SlideValue]:
    values = content.values
    if values is None:
        yield SlideValue(NOW, lead=NOT_INCLUDED)
        yield SlideValue(MOVED, lead=NOT_INCLUDED)
        return
    table = FigureTable(values.table.caption, values.table.headers, values.table.rows, "sjalvskattning")
    short = tuple(f"{row.number}. {row.label}" for row in values.picture.rows)
    last = len(table.headers) - (2 if values.moved else 1)
    yield SlideValue(
        NOW,
        lead=f"Självskattning, {_lowered(table.headers[last])}",
        chart=SlideChart(table, (last,), short),
        small=values.raters[-1],
        notes=tuple(filter(None, (values.total, *(f"{each.about}. {each.text}" for each in values.comments)))),
    )
    yield SlideValue(
        MOVED,
        lead=values.moved or ONCE,
        chart=SlideChart(table, (1, last), short) if values.moved else None,
        small=values.raters[-1] if values.moved else "",
        notes=(values.picture.description, *values.raters),
    )


def _joint(content: JointContent) -> Iterator[SlideValue]:
    drawn = [kind for kind in content.kinds if kind.strength]
    for kind in drawn:
        yield _kind_now(kind, content)
    yield from _not_drawn(NOW, content)
    for kind in drawn:
        yield _kind_moved(kind, content)
    yield from _not_drawn(MOVED, content)
    yield _examples([effort for part in content.moments for effort in part.efforts], "organisation")
    yield _expected(content)
    yield _proposals(content)


def _not_drawn(subject: str, content: JointContent) -> Iterator[SlideValue]:
    """Say, on one slide, why some kinds have no figures."""
    withheld = [kind for kind in content.kinds if not kind.strength]
    if not content.kinds:
        yield SlideValue(subject, lead=NO_RESULTS if content.interim_after else NOT_RATED)
    elif len(content.kinds) == 1 and withheld:
        yield SlideValue(subject, lead=withheld[0].withheld)
    elif withheld:
        yield SlideValue(subject, points=tuple(f"{kind.title}: {_lowered(kind.withheld)}" for kind in withheld))


def _named(subject: str, kind: KindPart, content: JointContent) -> str:
    return f"{subject}: {_lowered(kind.title)}" if len(content.kinds) > 1 else subject


def _kind_now(kind: KindPart, content: JointContent) -> SlideValue:
    strength = kind.strength
    assert strength is not None
    return SlideValue(
        _named(NOW, kind, content),
        lead=strength.caption,
        chart=_means_now(kind, content),
        small=kind.basis,
        notes=tuple(filter(None, (kind.withheld, kind.total, content.checklist))),
    )


def _means_now(kind: KindPart, content: JointContent) -> SlideChart:
    # A report with chapters prints one table where there are two meetings, and the slide shows its figures.
    if content.chapters and kind.beside:
        return SlideChart(_with_key(kind.beside, kind_key(kind, "over-tid")), (2,), kind.short)
    assert kind.strength is not None
    return SlideChart(_with_key(kind.strength, kind_key(kind, "styrka")), (1,), kind.short)


def _kind_moved(kind: KindPart, content: JointContent) -> SlideValue:
    beside = kind.beside
    return SlideValue(
        _named(MOVED, kind, content),
        lead=kind.moved or (beside.caption if beside else ONCE),
        chart=SlideChart(_with_key(beside, kind_key(kind, "over-tid")), (1, 2), kind.short) if beside else None,
        small=beside.caption if beside and kind.moved else "",
        notes=tuple(filter(None, (kind.basis, kind.total))),
    )


def _with_key(table: PictureTable, key: str) -> FigureTable:
    return FigureTable(table.caption, table.headers, table.rows, key)


def _examples(efforts: Iterable[EffortPart], about: str) -> SlideValue:
    """Show the efforts that have come furthest, of as many organisations as there is room for."""
    ranked = sorted(efforts, key=lambda effort: -sum(bool(step.reached) for step in effort.steps))
    first_of_each = {getattr(effort, about): effort for effort in reversed(ranked)}
    chosen = [effort for effort in ranked if first_of_each[getattr(effort, about)] is effort][:MOST_CARDS]
    left = len(ranked) - len(chosen)
    more = f"{sentence(in_words(left))} exempel till står i rapporten." if left else ""
    return SlideValue(
        EXAMPLES,
        lead=more if chosen else "Rapporten har inga exempel.",
        cards=tuple(
            SlideCard(effort.title, getattr(effort, about), cut(_step_line(_furthest(effort)), CARD_ROOM))
            for effort in chosen
        ),
        notes=tuple(map(effort_line, chosen)),
    )


def _furthest(effort: EffortPart) -> StepPart:
    reached = [step for step in effort.steps if step.reached]
    return (reached[-1:] or list(effort.steps) or [StepPart("Inget steg är nått än", "")])[0]


def _step_line(step: StepPart) -> str:
    return f"{step.where}. {step.text}".strip()


def _expected(content: JointContent) -> SlideValue:
    tables = [_with_key(table, chain_key(table)) for table in content.chain]
    return SlideValue(
        RESULTS,
        lead="" if content.expected else "Omgången har inga förväntade resultat inskrivna.",
        points=fitting(content.expected, COLUMN_ROOM),
        table=_shares(tables) if tables else None,
        notes=(*content.expected, *content.desirable, content.chain_rule),
    )


def _shares(tables: list[FigureTable]) -> FigureTable:
    """Put the shares of each kind beside each other, without the examples."""
    first = tables[0]
    if len(tables) == 1:
        return FigureTable(first.caption, first.headers[:2], tuple(row[:2] for row in first.rows), first.key)
    heads = (first.headers[0], *(table.caption.split()[0] for table in tables))
    rows = tuple((row[0], *(table.rows[place][1] for table in tables)) for place, row in enumerate(first.rows))
    return FigureTable("Andel av deltagarna som har delat en insats som nått steget", heads, rows)


def _closing(content: JointContent) -> tuple[str, ...]:
    """Return the paragraphs of the chapter of reflections, in an edition from before there were chapters its end."""
    of_kind = [
        _without_headings(chapter.text) for chapter in content.chapters if chapter.kind == ChapterKind.REFLECTIONS
    ]
    return tuple(split_in_paragraphs("\n\n".join(of_kind))) if content.chapters else content.conclusions


def _without_headings(text: Prose) -> str:
    if text.document is None:
        return text.text
    blocks = (block for block in text.document.blocks if not isinstance(block, Heading))
    return replace(text, document=Document(tuple(blocks))).spoken


def _proposals(content: JointContent) -> SlideValue:
    if closing := _closing(content):
        points = fitting([each for text in closing for each in sentences(text)], COLUMN_ROOM)
        return SlideValue(PROPOSALS, points=points, notes=closing)
    texts = next((part.texts for part in content.sections if part.anchor == ADVICE), ())
    if not texts:
        return SlideValue(PROPOSALS, lead="Rapporten har inga slutsatser och inga råd till SKR.")
    left = len(texts) - MOST_CARDS
    more = f" {sentence(in_words(left))} råd till står i rapporten." if left > 0 else ""
    return SlideValue(
        PROPOSALS,
        lead=f"Deltagarnas råd till SKR.{more}",
        cards=tuple(SlideCard(text.title, "", cut(text.text, CARD_ROOM)) for text in texts[:MOST_CARDS]),
        notes=tuple(f"{text.title}: {text.text}" for text in texts),
    )


def sentences(text: str) -> list[str]:
    return [each for each in _SENTENCE_END.split(" ".join(text.split())) if each]


def fitting(texts: Iterable[str], room: int) -> tuple[str, ...]:
    """Return the first texts that there is room for, at least one."""
    chosen: list[str] = []
    for text in texts:
        if chosen and sum(map(len, chosen)) + len(text) > room:
            break
        chosen.append(cut(text, room))
    return tuple(chosen)


def cut(text: str, room: int) -> str:
    """Return whole sentences that fit, or the first words of a sentence that is too long."""
    kept = ""
    for each in sentences(text):
        longer = f"{kept} {each}".strip()
        if len(longer) > room:
            break
        kept = longer
    return kept or f"{text[:room].rpartition(' ')[0] or text[:room]} …"


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]
