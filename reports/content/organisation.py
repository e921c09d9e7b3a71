"""The result report of an organisation. It is made to be published, so it holds only what has been chosen for that."""

from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import groupby
from operator import attrgetter

from accounts.enums import SkrRole
from assessments.figures.panels import values_of
from assessments.figures.statistics import Movement, own_movement
from assessments.occasions import Occasion, occasions_of
from checklist.models import Item
from cohorts.roles import Roles
from improvements.models import Cycle, Improvement
from kit.figures import printed
from kit.pdf import ContentsLine, Cover
from kit.pictures import Dumbbell, DumbbellRow, PictureTable, ScaleStep
from kit.rich.placing import placed_in
from kit.templatetags.swedish import change, day, in_words, mean, sentence
from reports.content.base import (
    LATER,
    AboutLine,
    EffortPart,
    Number,
    Prose,
    ReportContent,
    SectionText,
    columns_of_days,
    effort_line,
    effort_part,
    period,
    table_lines,
    with_numbered_notes,
)
from reports.content.block_words import words_of
from reports.content.blocks import numbers_in_chapters
from reports.content.entered import entered_in
from reports.content.indicators import IndicatorPart, indicators_in
from reports.content.results import ResultsPart, results_of
from reports.figures import count_of
from reports.models import Report, ReportSection
from reports.sections import TextPlace, places_of, section_of

# A report holds what is handed in and shared, which is what SKR's process leader may read.
READER = Roles(skr_role=SkrRole.PROCESS_LEADER)


LEARNT = "Det här lärde vi oss"


@dataclass(frozen=True)
class OwnText(Prose):
    """A section that the organisation has written, or a part of the section whose heading `chapter` then is.

    If it is `shared`, the joint report may use it. `entered` is printed after the text.
    """

    key: str
    shared: bool
    chapter: str = field(default="", kw_only=True, metadata=LATER)
    entered: tuple[AboutLine, ...] = field(default=(), kw_only=True, metadata=LATER)

    @property
    def section(self) -> str:
        return section_of(self.key)


@dataclass(frozen=True)
class MeetingValues:
    """The exact values at a meeting, by the keys of the meeting and the items; no page prints them."""

    meeting: str
    values: tuple[tuple[str, Decimal], ...]


@dataclass(frozen=True)
class OwnValues:
    """The submitted self-assessments, first to last; `answers` are those that count in the omgång's figures."""

    moved: str
    total: str
    raters: tuple[str, ...]
    picture: Dumbbell
    table: PictureTable
    comments: tuple[AboutLine, ...]
    answers: tuple[MeetingValues, ...] = ()


@dataclass(frozen=True)
class CyclePart:
    number: int
    parts: tuple[AboutLine, ...]


@dataclass(frozen=True)
class ImprovementPart:
    title: str
    about: str
    cycles: tuple[CyclePart, ...]
    # In the organisation's own words; empty in editions from before they were printed.
    aim: str = ""
    learnt: str = ""


@dataclass(frozen=True)
class OrganisationContent(ReportContent):
    organisation: str
    sections: tuple[OwnText, ...]
    values: OwnValues | None
    efforts: tuple[EffortPart, ...]
    improvements: tuple[ImprovementPart, ...]
    provenance: str
    results: ResultsPart | None = field(default=None, kw_only=True, metadata=LATER)
    indicators: tuple[IndicatorPart, ...] = field(default=(), kw_only=True, metadata=LATER)

    @property
    def headings(self) -> tuple[ContentsLine, ...]:
        written = [
            ContentsLine(f"avsnitt-{texts[0].section}", texts[0].chapter or texts[0].title) for texts in self.by_section
        ]
        work = [ContentsLine("forbattringar", "Förbättringsarbeten")] if self.improvements else []
        return (
            *written,
            *([ContentsLine("sjalvskattning", "Självskattning")] if self.values else []),
            *([ContentsLine("resultat", self.results.title)] if self.results else []),
            *([ContentsLine("insatser", "Insatser längs resultatkedjan")] if self.efforts else []),
            *work,
        )

    @property
    def by_section(self) -> tuple[tuple[OwnText, ...], ...]:
        return tuple(tuple(texts) for _, texts in groupby(self.sections, key=attrgetter("section")))

    @property
    def stages_reached(self) -> frozenset[str]:
        return frozenset(step.reached for effort in self.efforts for step in effort.steps if step.reached)

    @property
    def is_empty(self) -> bool:
        return not (self.sections or self.values or self.results or self.efforts or self.improvements)

    @property
    def section_texts(self) -> tuple[SectionText, ...]:
        written = [SectionText(section.key, section.title, self._words_of(section)) for section in self.sections]
        made = {
            "sjalvskattning": values_lines(self.values) if self.values else [],
            "resultat": [line for table in self.results.tables for line in table_lines(table)] if self.results else [],
            "insatser": [effort_line(effort) for effort in self.efforts],
            "forbattringar": [line for work in self.improvements for line in improvement_lines(work)],
            "ursprung": [self.provenance] if self.provenance else [],
        }
        titles = {line.anchor: line.text for line in self.headings} | {"ursprung": "Uppgifternas ursprung"}
        return (*written, *(SectionText(key, titles[key], "\n".join(lines)) for key, lines in made.items() if lines))

    def _words_of(self, section: OwnText) -> str:
        from reports.content.chapters import own_text_blocks  # which sets this value

        is_in_parts = section.document and placed_in(section.document)
        return words_of(own_text_blocks(self, section)) if is_in_parts else own_words(section)

    @property
    def numbers(self) -> tuple[Number, ...]:
        from reports.content.chapters import chapters_of  # which sets this value

        return numbers_in_chapters(chapters_of(self))


def own_words(section: OwnText) -> str:
    """Return a section's text and what is entered elsewhere as plain words."""
    lines = (f"{line.about} {line.text}" for line in section.entered)
    return "\n".join(filter(None, (section.words, *lines)))


def values_lines(values: OwnValues) -> list[str]:
    picture = f"{values.picture.title}. {values.picture.description}"
    comments = [f"{comment.about}. {comment.text}" for comment in values.comments]
    lines = [values.moved, picture, *table_lines(values.table), values.total, *values.raters, *comments]
    return [line for line in lines if line]


def improvement_lines(work: ImprovementPart) -> list[str]:
    cycles = [f"Cykel {cycle.number}. {part.about}: {part.text}" for cycle in work.cycles for part in cycle.parts]
    learnt = f"{LEARNT}: {work.learnt}" if work.learnt else ""
    return [line for line in (work.title, work.about, work.aim, *cycles, learnt) if line]


def organisation_content(report: Report) -> OrganisationContent:
    """Return what would be published if the report were handed in now."""
    participation = report.participation
    cohort, organisation = participation.cohort, participation.organisation
    efforts = participation.efforts.filter(public=True).select_related("item", "participation__organisation")
    works = participation.improvements.filter(public=True).select_related("item", "borrowed_from")
    sections = _sections(report)
    return OrganisationContent(
        cover=_cover(report),
        organisation=organisation.name,
        sections=sections,
        values=_values(report, cohort.plan.items) if report.with_values else None,
        results=results_of(participation) if report.with_results else None,
        efforts=tuple(effort_part(effort) for effort in efforts.prefetch_related("steps")),
        improvements=tuple(_improvement(work) for work in works.prefetch_related("cycles")),
        provenance=cohort.provenance if cohort.constructed else "",
        indicators=indicators_in(participation, (text.document for text in sections if text.document)),
    )


def _cover(report: Report) -> Cover:
    participation = report.participation
    name = participation.organisation.name
    return Cover(
        title=f"Resultatrapport – {name}",
        subtitle=f"{participation.cohort.name}, {period(participation.cohort)}",
        sender=(name,),
        demonstration=participation.cohort.constructed,
    )


def _sections(report: Report) -> tuple[OwnText, ...]:
    texts = {text.key: text for text in report.texts.all() if text.text} if report.pk else {}
    own = (_own_text(report, place, texts.get(place.key)) for place in places_of(report.participation.cohort))
    return with_numbered_notes(text for text in own if text.text or text.entered)


def _own_text(report: Report, place: TextPlace, stored: ReportSection | None) -> OwnText:
    text = stored or ReportSection(key=place.key)
    return OwnText(
        anchor=f"avsnitt-{place.key}",
        title=place.text,
        text=text.text,
        document=text.document if text.structure else None,
        key=place.key,
        shared=text.shared,
        chapter=place.section.text if place.part else "",
        entered=() if place.part else entered_in(report.participation, place.section.kind),
    )


def _values(report: Report, items: list[Item]) -> OwnValues | None:
    values = own_values(report, items, own_occasions(report))
    return replace(values, answers=_answers(report)) if values else None


def own_occasions(report: Report) -> list[Occasion]:
    return occasions_of(report.participation, READER)


def moved_between(items: list[Item], occasions: list[Occasion]) -> Movement | None:
    return own_movement(items, occasions[0].answers, occasions[-1].answers) if len(occasions) > 1 else None


def own_values(report: Report, items: list[Item], occasions: list[Occasion]) -> OwnValues | None:
    """Return what is printed of the occasions, without the exact values."""
    if not occasions:
        return None
    first, last = occasions[0], occasions[-1]
    moved = moved_between(items, occasions)
    return OwnValues(
        moved=moved_in_words(moved, first, last) if moved else "",
        total=_total(last),
        raters=tuple(map(_raters, occasions)),
        picture=_picture(report, items, first, last),
        table=_table(items, occasions, moved),
        comments=_comments(last) if report.with_comments else (),
    )


def _columns(occasions: list[Occasion]) -> tuple[str, ...]:
    return columns_of_days(on for occasion in occasions if (on := occasion.assessment.dated_on))


def moved_in_words(moved: Movement, first: Occasion, last: Occasion) -> str:
    forward, still, back = (len(rows) for rows in (moved.forward, moved.still, moved.back))
    moved_forward = f"{sentence(count_of(forward))} av {in_words(len(moved.items))} moment har gått framåt"
    return (
        f"{moved_forward} från {first.name} till {last.name}. "
        f"{sentence(count_of(still))} står stilla och {count_of(back)} har gått bakåt."
    )


def _total(last: Occasion) -> str:
    if last.total is None:
        return ""
    words = f"Sammanlagt ger den senaste självskattningen {printed(last.total, 1)} på en skala"
    return f"{words} från {last.floor} till {last.max_possible}. Summan är bara en fingervisning."


def _raters(occasion: Occasion) -> str:
    where = f"{occasion.name}, {day(occasion.assessment.dated_on)}"
    return f"{where}. {occasion.raters_line}"


def _picture(report: Report, items: list[Item], first: Occasion, last: Occasion) -> Dumbbell:
    since = first if first is not last else None
    names = _columns([first, last]) if since else (*_columns([last]) * 2,)
    return Dumbbell(
        key="rorelse",
        title="Förflyttning per moment" if since else "Värde per moment",
        rows=tuple(
            DumbbellRow(
                item.number, item.short, since.answers.get(item.key) if since else None, last.answers.get(item.key)
            )
            for item in items
        ),
        steps=tuple(ScaleStep(step.value, step.label) for step in report.participation.cohort.plan.steps),
        before_label=names[0].lower(),
        now_label=names[1].lower(),
    )


def _table(items: list[Item], occasions: list[Occasion], moved: Movement | None) -> PictureTable:
    changes = [change(row.change) for row in moved.items] if moved else [""] * len(items)
    # Beside many columns the full wording would be squeezed to one word a line.
    names = [item.short if len(occasions) > 3 else item.text for item in items]
    rows = tuple(
        (
            f"{item.number}. {name}",
            *(mean(occasion.answers.get(item.key)) for occasion in occasions),
            *([changed] if moved else []),
        )
        for item, name, changed in zip(items, names, changes, strict=True)
    )
    last = ("Förändring",) if moved else ()
    return PictureTable("Självskattning vid varje träff", ("Moment", *_columns(occasions), *last), rows)


def _answers(report: Report) -> tuple[MeetingValues, ...]:
    by_meeting = values_of(report.participation)
    meetings = report.participation.cohort.meetings.filter(pk__in=by_meeting).order_by("starts_on", "pk")
    return tuple(MeetingValues(meeting.key, tuple(sorted(by_meeting[meeting.pk].items()))) for meeting in meetings)


def _comments(last: Occasion) -> tuple[AboutLine, ...]:
    scores = [score for score in last.assessment.scores.all() if score.comment and score.shared]
    return tuple(
        AboutLine(f"{score.item.number}. {score.item.short}", score.comment)
        for score in sorted(scores, key=lambda score: score.item.number)
    )


def _improvement(work: Improvement) -> ImprovementPart:
    about = [f"Gäller {work.item.short}."] if work.item else []
    if work.borrowed_from:
        about.append(f"Idén kommer från {work.lender_in_words}.")
    cycles = tuple(_cycle(cycle) for cycle in work.cycles.all())
    return ImprovementPart(work.title, " ".join(about), cycles, work.aim, work.learnt)


def _cycle(cycle: Cycle) -> CyclePart:
    parts = [
        ("Planera", cycle.plan),
        ("Göra", cycle.do),
        ("Studera", cycle.study),
        ("Agera", cycle.act),
        ("Beslut", cycle.get_decision_display() if cycle.decision else "inte fattat än"),
    ]
    return CyclePart(cycle.number, tuple(AboutLine(about, text) for about, text in parts if text))
