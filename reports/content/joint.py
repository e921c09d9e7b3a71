"""The joint report: the programme's own tables around what the organisations share.

No value and no count of one organisation stands in it. The figures are those the omgång has been shown
(`reports.figures.joint_figures`), so that the report opens no way to subtract.
"""

from dataclasses import dataclass
from typing import ClassVar

from checklist.models import Item, Score
from checklist.panels import answered_meetings
from checklist.statistics import Totals
from cohorts.enums import ExpectedKind, Status
from cohorts.models import Cohort, GroupMentor, Participation
from improvements.models import Effort
from improvements.statistics import ChainShare, chain_of_cohort
from meetings.models import Meeting
from modell.figures import printed
from modell.templatetags.swedish import change, day, in_words, mean, overall, sentence
from reports.content.base import DEMO_SENDER, Content, Prose, ToldEffort, columns_of, paragraphs, period, told_effort
from reports.enums import JointState
from reports.figures import PLURAL, KindFigures, joint_figures, joint_occasions
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
    """What is shared about one moment."""

    anchor: str
    title: str
    efforts: tuple[ToldEffort, ...]
    comments: tuple[Prose, ...]


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
        taking_part=_taking_part(participations),
        participants=_participants(participations),
        mentors=_mentors(cohort, participations),
        checklist=_checklist(cohort),
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


def _taking_part(participations: list[Participation]) -> str:
    members = [row for row in participations if row.is_participant]
    left = [row for row in members if row.status == Status.WITHDRAWN]
    mentors = len(participations) - len(members)
    told = f"{sentence(_many(len(members), 'organisation', 'organisationer'))} har deltagit"
    told += f" och {_many(mentors, 'organisation', 'organisationer')} har varit mentor." if mentors else "."
    if left:
        told += f" {sentence(_many(len(left), 'deltagare', 'deltagare'))} lämnade innan omgången var slut."
    return told


def _many(number: int, one: str, more: str) -> str:
    return f"en {one}" if number == 1 else f"{in_words(number)} {more}"


def _participants(participations: list[Participation]) -> Table:
    members = [row for row in participations if row.is_participant]
    ordered = sorted(members, key=lambda row: (row.group.position if row.group else 10_000, row.position))
    rows = tuple((row.organisation.name, row.group.name if row.group else "", _remark(row)) for row in ordered)
    return Table("Deltagare", ("Deltagare", "Grupp", "Anmärkning"), rows)


def _remark(row: Participation) -> str:
    told = [f"Genom {row.through}"] if row.through else []
    if row.status == Status.WITHDRAWN:
        told.append(f"Lämnade omgången {day(row.withdrawn_on)}" if row.withdrawn_on else "Lämnade omgången")
    elif row.status == Status.COMPLETED and not row.reported:
        told.append("Har inte lämnat resultatrapport")
    return ". ".join(told) or ("Deltar" if row.status == Status.ACTIVE else "Har fullföljt")


def _mentors(cohort: Cohort, participations: list[Participation]) -> Table | None:
    tasks = GroupMentor.objects.filter(group__cohort=cohort).select_related("participation__organisation", "group")
    ordered = list(tasks.order_by("group__position", "position", "pk"))
    rows = [(task.participation.organisation.name, task.group.name, _task(task)) for task in ordered]
    placed = {task.participation_id for task in ordered}
    rows += [
        (row.organisation.name, "", str(row.get_role_display()))
        for row in participations
        if not row.is_participant and row.pk not in placed
    ]
    return Table("Mentorer", ("Mentor", "Grupp", "Uppdrag"), tuple(rows)) if rows else None


def _task(task: GroupMentor) -> str:
    return ("Stödjande mentor" if task.supporting else "Mentor") + (f", {task.theme}" if task.theme else "")


def _checklist(cohort: Cohort) -> str:
    steps = ", ".join(f"{step.value} ({step.label.lower()})" for step in cohort.plan.steps)
    halves = " Halva steg har kunnat användas." if cohort.plan.half_steps else ""
    count = in_words(len(cohort.plan.items))
    return (
        f"Inför träffarna har deltagarna gemensamt skattat hur långt de har kommit i {count} "
        f"moment enligt {cohort.plan.checklist.name}: {steps}.{halves} "
        "Värdena är deltagarnas egna och visar en riktning. De är ingen jämförelse mellan organisationer."
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
        total=_total(result.totals) if result and result.totals else "",
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


def _total(totals: Totals) -> str:
    return (
        f"Organisationernas sammanlagda värden ligger mellan {printed(totals.minimum, 1)} och "
        f"{printed(totals.maximum, 1)} på en skala från {totals.floor} till {totals.max_possible}. "
        "Summan är bara en fingervisning."
    )


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
    """The moment about which something is shared, in the checklist's order."""
    shared = Effort.objects.filter(participation__cohort=cohort, shared=True)
    efforts = list(shared.select_related("item", "participation__organisation").prefetch_related("steps"))
    comments = _comments(now)
    parts = [_moment(item, efforts, comments) for item in cohort.plan.items]
    return tuple(part for part in parts if part.efforts or part.comments)


def _comments(now: Meeting | None) -> list[Score]:
    """Those shared at the occasion the report tells of."""
    if now is None:
        return []
    scores = Score.objects.filter(assessment__meeting=now, assessment__state="submitted", shared=True)
    related = ("item", "assessment__participation__organisation")
    return list(scores.exclude(comment="").select_related(*related).order_by("assessment__participation__position"))


def _moment(item: Item, efforts: list[Effort], comments: list[Score]) -> MomentPart:
    return MomentPart(
        anchor=f"moment-{item.number}",
        title=f"{item.number}. {item.text}",
        efforts=tuple(told_effort(effort) for effort in efforts if effort.item_id == item.pk),
        comments=tuple(
            Prose("", score.assessment.participation.organisation.name, score.comment)
            for score in comments
            if score.item_id == item.pk
        ),
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
