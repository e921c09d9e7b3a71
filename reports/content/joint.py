"""The joint report: the programme's own tables around what the organisations share.

No value and no count of one organisation stands in it. The figures are those the omgång has been shown
(`reports.figures.joint_figures`), so that the report opens no way to subtract.
"""

from dataclasses import dataclass
from typing import ClassVar

from checklist.models import Item, Score
from checklist.panels import answered_meetings
from checklist.statistics import Totals
from cohorts.enums import ExpectedKind
from cohorts.models import Cohort
from improvements.models import Effort
from improvements.statistics import ChainShare, chain_of_cohort
from meetings.models import Meeting
from modell.figures import printed
from modell.templatetags.swedish import change, day, enumerated, in_words, mean, overall, sentence
from reports.content.base import DEMO_SENDER, Content, Prose, ToldEffort, columns_of, paragraphs, period, told_effort
from reports.content.line_up import mentors, participants, taking_part, told_checklist
from reports.enums import JointState
from reports.figure_values import PLURAL, KindFigures
from reports.figures import joint_figures, joint_occasions
from reports.models import JointReport, ReportSection
from reports.pdf import Cover, Heading
from reports.pictures import Table
from reports.sections import sections_of

SENDER = ("Sveriges Kommuner och Regioner",)


@dataclass(frozen=True)
class KindPart:
    """One kind's figures: kinds are never pooled, so a blandad omgång has two."""

    title: str
    basis: str
    withheld: str
    strength: Table | None
    beside: Table | None
    moved: str
    total: str


@dataclass(frozen=True)
class MomentPart:
    """What is offered about one moment: examples, and the names of those that gladly tell how they do."""

    anchor: str
    title: str
    efforts: tuple[ToldEffort, ...]
    glad: str


@dataclass(frozen=True)
class SectionPart:
    anchor: str
    title: str
    texts: tuple[Prose, ...]


@dataclass(frozen=True)
class JointContent(Content):
    introduction: tuple[str, ...]
    conclusions: tuple[str, ...]
    expected: tuple[str, ...]
    desirable: tuple[str, ...]
    taking_part: str
    participants: Table
    mentors: Table | None
    checklist: str
    kinds: tuple[KindPart, ...]
    chain: tuple[Table, ...]
    moments: tuple[MomentPart, ...]
    sections: tuple[SectionPart, ...]
    provenance: str
    template: ClassVar[str] = "pdf/joint.html"

    @property
    def headings(self) -> tuple[Heading, ...]:
        moments = [Heading(part.anchor, part.title, 3) for part in self.moments]
        sections = [Heading(part.anchor, part.title, 3) for part in self.sections]
        return (
            *([Heading("inledning", "Inledning")] if self.introduction else []),
            Heading("omgangen", "Omgången"),
            Heading("sjalvskattning", "Självskattning"),
            Heading("resultatkedjan", "Resultat längs resultatkedjan"),
            *([Heading("moment", "Arbetet med momenten"), *moments] if moments else []),
            *([Heading("lardomar", "Deltagarnas egna ord"), *sections] if sections else []),
            *([Heading("slutsatser", "Slutsatser")] if self.conclusions else []),
        )

    @property
    def is_empty(self) -> bool:
        return not self.participants.rows


def joint_content(joint: JointReport, meeting: Meeting | None, since: Meeting | None) -> JointContent:
    cohort = joint.cohort
    now, before = joint_occasions(cohort, meeting, since)
    # Where only single groups have met, the last of their meetings: it says why no figures are shown.
    now = now or answered_meetings(cohort).last()
    participations = list(cohort.participations.select_related("organisation", "group").order_by("position", "pk"))
    results = list(cohort.expected_results.all())
    return JointContent(
        cover=_cover(joint, now),
        introduction=tuple(paragraphs(joint.introduction)),
        conclusions=tuple(paragraphs(joint.conclusions)),
        expected=tuple(result.text for result in results if result.kind == ExpectedKind.EXPECTED),
        desirable=tuple(result.text for result in results if result.kind == ExpectedKind.DESIRABLE),
        taking_part=taking_part(participations),
        participants=participants(participations),
        mentors=mentors(cohort, participations),
        checklist=told_checklist(cohort),
        kinds=tuple(_kind(figures) for figures in joint_figures(cohort, now, before)),
        chain=tuple(_chain(kind, shares) for kind, shares in chain_of_cohort(cohort).items()),
        moments=_moments(cohort, now),
        sections=_sections(cohort),
        provenance=cohort.provenance if cohort.constructed else "",
    )


def _cover(joint: JointReport, now: Meeting | None) -> Cover:
    cohort = joint.cohort
    basis = f"Självskattning till och med {now}, {day(now.starts_on)}" if now else "Ingen självskattning registrerad"
    return Cover(
        title=f"Gemensam resultatrapport – {cohort.name}",
        subtitle=f"{cohort.name}, {period(cohort)}",
        sender=(*(DEMO_SENDER if cohort.constructed else SENDER), basis),
        day=joint.published_on,
        demonstration=cohort.constructed,
        draft=joint.state != JointState.PUBLISHED,
    )


def _kind(figures: KindFigures) -> KindPart:
    result, meeting = figures.result, figures.meeting
    basis = f"{meeting.name}, {day(meeting.starts_on)}: {figures.n_submitted} av {figures.n_expected} har lämnat in."
    if result and figures.is_partial:
        basis += f" Siffrorna bygger på de {in_words(result.n)} som ingår i de öppnade siffrorna."
    return KindPart(
        title=sentence(figures.plural),
        basis=basis if result else "",
        withheld=figures.withheld,
        strength=_strength(figures) if result else None,
        beside=_beside(figures) if result and figures.before else None,
        moved=figures.moved_words,
        total=_totals(figures),
    )


def _strength(figures: KindFigures) -> Table:
    """Strongest first. Printed with how many values stand behind each mean."""
    assert figures.result is not None
    rows = [
        (f"{row.item.number}. {row.item.text}", mean(row.now.mean), str(row.now.n))
        for row in figures.rows
        if row.now is not None
    ]
    rows.append(("Medelvärde av momenten", overall(figures.result.overall_mean), str(figures.result.n)))
    caption = f"{sentence(figures.plural)}: medelvärde per moment vid {figures.meeting.name}, starkast först"
    return Table(caption, ("Moment", "Medelvärde", "Antal (n)"), tuple(rows))


def _beside(figures: KindFigures) -> Table:
    assert figures.result is not None
    assert figures.before is not None
    assert figures.since is not None
    then, now = columns_of((figures.since, figures.meeting))
    heads = ["Moment", f"{then} (n = {figures.before.n})", f"{now} (n = {figures.result.n})"]
    rows = [
        [
            f"{row.item.number}. {row.item.text}",
            mean(row.before.mean if row.before else None),
            mean(row.now.mean if row.now else None),
            *([change(row.moved.change if row.moved else None)] if figures.moved else []),
        ]
        for row in figures.rows
    ]
    ends = ["Medelvärde av momenten", overall(figures.before.overall_mean), overall(figures.result.overall_mean)]
    rows.append([*ends, *([""] if figures.moved else [])])
    caption = f"{sentence(figures.plural)}: medelvärde per moment vid {figures.since.name} och {figures.meeting.name}"
    return Table(caption, (*heads, *(["Förändring"] if figures.moved else [])), tuple(map(tuple, rows)))


def _totals(figures: KindFigures) -> str:
    """The range of the organisations' sums, at both occasions where there are two."""
    now, before = (result.totals if result else None for result in (figures.result, figures.before))
    if now is None:
        return ""
    told = f"Organisationernas sammanlagda värden ligger {_between(now)} på en skala från {now.floor} till "
    told += f"{now.max_possible}. "
    if before and figures.since:
        told += f"Vid {figures.since.name} låg de {_between(before)}. "
    return told + "Summan är bara en fingervisning."


def _between(totals: Totals) -> str:
    return f"mellan {printed(totals.minimum, 1)} och {printed(totals.maximum, 1)}"


def _chain(kind: str, shares: tuple[ChainShare, ...]) -> Table:
    rows = [(share.label, _share(share), _examples(share)) for share in shares]
    heads = ("Steg", "Andel av deltagarna", "Lärande exempel som erbjuds")
    caption = f"{sentence(PLURAL[kind])} som har delat en insats som nått steget"
    if not any(share.examples for share in shares):
        return Table(caption, heads[:2], tuple(row[:2] for row in rows))
    return Table(caption, heads, tuple(rows))


def _examples(share: ChainShare) -> str:
    return "; ".join(f"{told.title} ({told.organisation})" for told in share.examples)


def _share(share: ChainShare) -> str:
    counted = f" ({share.n_reached} av {share.n_participants})" if share.n_reached else ""
    return f"{sentence(share.share_in_words)}{counted}"


def _moments(cohort: Cohort, now: Meeting | None) -> tuple[MomentPart, ...]:
    """The moment about which something is offered to others, in the checklist's order.

    What is shared with the group stays in the group: the report leaves the omgång, so it tells of offered examples
    and names those that gladly tell, no more.
    """
    offered = Effort.objects.examples().filter(participation__cohort=cohort)
    efforts = list(offered.select_related("item", "participation__organisation").prefetch_related("steps"))
    glad = _glad_to_tell(now)
    parts = [_moment(item, efforts, glad) for item in cohort.plan.items]
    return tuple(part for part in parts if part.efforts or part.glad)


def _glad_to_tell(now: Meeting | None) -> list[Score]:
    """Who gladly tells of which moment, as said at the occasion the report tells of."""
    if now is None:
        return []
    scores = Score.objects.filter(
        assessment__meeting=now, assessment__part=None, assessment__state="submitted", glad_to_tell=True
    )
    related = scores.select_related("item", "assessment__participation__organisation")
    return list(related.order_by("assessment__participation__position"))


def _moment(item: Item, efforts: list[Effort], glad: list[Score]) -> MomentPart:
    names = [score.assessment.participation.organisation.name for score in glad if score.item_id == item.pk]
    return MomentPart(
        anchor=f"moment-{item.number}",
        title=f"{item.number}. {item.text}",
        efforts=tuple(told_effort(effort) for effort in efforts if effort.item_id == item.pk),
        glad=enumerated(names) if names else "",
    )


def _sections(cohort: Cohort) -> tuple[SectionPart, ...]:
    """By section, what reports that are handed in share, each with its source."""
    found = ReportSection.objects.filter(report__participation__cohort=cohort, shared=True).exclude(text="")
    handed_in = found.exclude(report__state="draft").select_related("report__participation__organisation")
    texts = list(handed_in.order_by("report__participation__position", "pk"))
    parts = [
        SectionPart(
            f"avsnitt-{heading.key}",
            heading.text,
            tuple(
                Prose("", text.report.participation.organisation.name, text.text)
                for text in texts
                if text.key == heading.key
            ),
        )
        for heading in sections_of(cohort)
    ]
    return tuple(part for part in parts if part.texts)
