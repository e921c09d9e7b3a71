"""An organisation's result report. Whoever gets the file may pass it on, so it holds only what is shared."""

from dataclasses import dataclass
from typing import ClassVar

from accounts.enums import SkrRole
from checklist.models import Item
from checklist.occasions import Occasion, occasions_of
from checklist.statistics import Movement, own_movement
from cohorts.roles import Roles
from improvements.models import Cycle, Improvement
from modell.figures import printed
from modell.templatetags.swedish import change, day, in_words, mean, sentence
from reports.content.base import Content, Prose, ToldEffort, columns_of, period, told_effort
from reports.figures import count_of
from reports.models import Report
from reports.pdf import Cover, Heading
from reports.pictures import Dumbbell, DumbbellRow, Step, Table
from reports.sections import sections_of

# A report holds what is handed in and shared: what SKR's process leader may read.
READER = Roles(skr_role=SkrRole.PROCESS_LEADER)


@dataclass(frozen=True)
class Told:
    """A line with what it is about: a step of a cycle, a comment on a moment."""

    about: str
    text: str


@dataclass(frozen=True)
class OwnValues:
    """The submitted self-assessments, first to last."""

    moved: str
    total: str
    raters: tuple[str, ...]
    picture: Dumbbell
    table: Table
    comments: tuple[Told, ...]


@dataclass(frozen=True)
class ToldCycle:
    number: int
    parts: tuple[Told, ...]


@dataclass(frozen=True)
class ToldImprovement:
    title: str
    about: str
    cycles: tuple[ToldCycle, ...]


@dataclass(frozen=True)
class OrganisationContent(Content):
    organisation: str
    sections: tuple[Prose, ...]
    values: OwnValues | None
    efforts: tuple[ToldEffort, ...]
    improvements: tuple[ToldImprovement, ...]
    provenance: str
    template: ClassVar[str] = "pdf/report.html"

    @property
    def headings(self) -> tuple[Heading, ...]:
        written = [Heading(section.anchor, section.title) for section in self.sections]
        work = [Heading("forbattringar", "Förbättringsarbeten")] if self.improvements else []
        return (
            *written,
            Heading("sjalvskattning", "Självskattning"),
            Heading("insatser", "Insatser längs resultatkedjan"),
            *work,
        )

    @property
    def is_empty(self) -> bool:
        return not (self.sections or self.values or self.efforts or self.improvements)


def organisation_content(report: Report) -> OrganisationContent:
    participation = report.participation
    cohort, organisation = participation.cohort, participation.organisation
    efforts = participation.efforts.filter(shared=True).select_related("item", "participation__organisation")
    works = participation.improvements.filter(shared=True).select_related("item", "borrowed_from")
    return OrganisationContent(
        cover=_cover(report),
        organisation=organisation.name,
        sections=_sections(report),
        values=_values(report, cohort.plan.items),
        efforts=tuple(told_effort(effort) for effort in efforts.prefetch_related("steps")),
        improvements=tuple(_improvement(work) for work in works.prefetch_related("cycles")),
        provenance=cohort.provenance if cohort.constructed else "",
    )


def _cover(report: Report) -> Cover:
    participation = report.participation
    name = participation.organisation.name
    told = [f"Inlämnad {day(report.submitted_on)}"] if report.submitted_on else []
    if report.approved_on:
        told.append(f"Godkänd {day(report.approved_on)}" + (f" av {report.approved_by}" if report.approved_by else ""))
    return Cover(
        title=f"Resultatrapport – {name}",
        subtitle=f"{participation.cohort.name}, {period(participation.cohort)}",
        sender=(name, *told),
        day=report.approved_on or report.submitted_on,
        demonstration=participation.cohort.constructed,
        draft=report.is_draft,
    )


def _sections(report: Report) -> tuple[Prose, ...]:
    """Those that are written, in the omgång's order."""
    texts = {text.key: text.text for text in report.texts.all()} if report.pk else {}
    return tuple(
        Prose(f"avsnitt-{heading.key}", heading.text, texts[heading.key])
        for heading in sections_of(report.participation.cohort)
        if texts.get(heading.key)
    )


def _values(report: Report, items: list[Item]) -> OwnValues | None:
    occasions = occasions_of(report.participation, READER)
    if not occasions:
        return None
    first, last = occasions[0], occasions[-1]
    moved = own_movement(items, first.answers, last.answers) if len(occasions) > 1 else None
    return OwnValues(
        moved=_moved_in_words(moved, first, last) if moved else "",
        total=_total(last),
        raters=tuple(map(_raters, occasions)),
        picture=_picture(report, items, first, last),
        table=_table(items, occasions, moved),
        comments=_comments(last),
    )


def _columns(occasions: list[Occasion]) -> tuple[str, ...]:
    return columns_of(occasion.assessment.meeting for occasion in occasions if occasion.assessment.meeting)


def _moved_in_words(moved: Movement, first: Occasion, last: Occasion) -> str:
    forward, still, back = (len(rows) for rows in (moved.forward, moved.still, moved.back))
    told = f"{sentence(count_of(forward))} av {in_words(len(moved.items))} moment har gått framåt"
    return (
        f"{told} från {first.name} till {last.name}. "
        f"{sentence(count_of(still))} står stilla och {count_of(back)} har gått bakåt."
    )


def _total(last: Occasion) -> str:
    if last.total is None:
        return ""
    told = f"Sammanlagt ger den senaste självskattningen {printed(last.total, 1)} på en skala"
    return f"{told} från {last.floor} till {last.max_possible}. Summan är bara en fingervisning."


def _raters(occasion: Occasion) -> str:
    meeting = occasion.assessment.meeting
    where = f"{occasion.name}, {day(meeting.starts_on)}" if meeting else occasion.name
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
        steps=tuple(Step(step.value, step.label) for step in report.participation.cohort.plan.steps),
        before_label=names[0].lower(),
        now_label=names[1].lower(),
    )


def _table(items: list[Item], occasions: list[Occasion], moved: Movement | None) -> Table:
    changes = [change(row.change) for row in moved.items] if moved else [""] * len(items)
    # Beside many columns the full wording would stand in a strip a word wide.
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
    return Table("Självskattning vid varje träff", ("Moment", *_columns(occasions), *last), rows)


def _comments(last: Occasion) -> tuple[Told, ...]:
    scores = [score for score in last.assessment.scores.all() if score.comment and score.shared]
    return tuple(
        Told(f"{score.item.number}. {score.item.short}", score.comment)
        for score in sorted(scores, key=lambda score: score.item.number)
    )


def _improvement(work: Improvement) -> ToldImprovement:
    about = [f"Gäller {work.item.short}."] if work.item else []
    if work.borrowed_from:
        about.append(f"Idén kommer från {work.borrowed_from.name}.")
    return ToldImprovement(work.title, " ".join(about), tuple(_cycle(cycle) for cycle in work.cycles.all()))


def _cycle(cycle: Cycle) -> ToldCycle:
    parts = [
        ("Planera", cycle.plan),
        ("Göra", cycle.do),
        ("Studera", cycle.study),
        ("Agera", cycle.act),
        ("Beslut", cycle.get_decision_display() if cycle.decision else "inte fattat än"),
    ]
    return ToldCycle(cycle.number, tuple(Told(about, text) for about, text in parts if text))
