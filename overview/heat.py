"""Every value that is handed in, organisation by organisation, for SKR's process leaders and the evaluator.

Nobody else reads all of it by name. Organisations stand in the order of the omgång, never by value.
"""

from dataclasses import dataclass
from decimal import Decimal

from assessments.figures.statistics import Answers
from assessments.models import Assessment
from assessments.raters import have_changed
from checklist.models import Item, Step
from cohorts.enums import Status
from cohorts.models import Cohort, Participation
from cohorts.roles import Roles
from kit.templatetags.swedish import enumerated, in_words, sentence
from meetings.models import Meeting
from reports.figure_values import KindFigures
from reports.figures import figures_for
from reports.models import Report, ReportSection

# A moment is told of when so many stand still low on it.
FEWEST_STUCK = 2
ADVICE = "advice_to_skr"


@dataclass(frozen=True)
class HeatCell:
    item: Item
    value: Decimal | None
    before: Decimal | None

    @property
    def risen(self) -> bool:
        return self.value is not None and self.before is not None and self.before < self.value

    @property
    def fallen(self) -> bool:
        return self.value is not None and self.before is not None and self.before > self.value

    @property
    def step(self) -> int | None:
        """Return the step whose colour the cell has; a value between two steps has the lower one's."""
        return None if self.value is None else int(self.value)


@dataclass(frozen=True)
class HeatRow:
    participation: Participation
    cells: tuple[HeatCell, ...]

    @property
    def name(self) -> str:
        return self.participation.organisation.short_name

    @property
    def has_answered(self) -> bool:
        return any(cell.value is not None for cell in self.cells)


@dataclass(frozen=True)
class Stuck:
    """A moment on which several stand low and have not moved since the time before."""

    item: Item
    rows: tuple[HeatRow, ...]

    @property
    def sentence(self) -> str:
        who = enumerated([row.name for row in self.rows])
        return f"{sentence(in_words(len(self.rows)))} organisationer står stilla i den nedre halvan av skalan: {who}."


@dataclass(frozen=True)
class Heat:
    meeting: Meeting
    since: Meeting | None
    items: tuple[Item, ...]
    steps: tuple[Step, ...]
    kinds: tuple[tuple[KindFigures, tuple[HeatRow, ...]], ...]

    @property
    def rows(self) -> list[HeatRow]:
        return [row for _, rows in self.kinds for row in rows]

    @property
    def stuck(self) -> list[Stuck]:
        """Return the moments where most are stuck first; without an earlier occasion nobody is."""
        middle = Decimal(self.steps[0].value + self.steps[-1].value) / 2
        by_item = [
            Stuck(item, tuple(row for row in self.rows if _is_stuck(row.cells[place], middle)))
            for place, item in enumerate(self.items)
        ]
        often_stuck = [each for each in by_item if len(each.rows) >= FEWEST_STUCK]
        return sorted(often_stuck, key=lambda each: (-len(each.rows), each.item.number))


def heat_of(roles: Roles, cohort: Cohort, meeting: Meeting, since: Meeting | None) -> Heat:
    figures = figures_for(roles, cohort, meeting, since)
    now = {named.participation.pk: named.answers for of_kind in figures for named in of_kind.named}
    everyone = cohort.participations.participants().with_organisation().order_by("position", "pk")
    kinds = [
        (of_kind, tuple(_row(row, of_kind, now.get(row.pk, {})) for row in everyone if row.kind == of_kind.kind))
        for of_kind in figures
    ]
    return Heat(meeting, since, tuple(cohort.plan.items), tuple(cohort.plan.steps), tuple(kinds))


def headline_of(heat: Heat | None) -> str:
    """Return where most organisations stand still low, which is where SKR can offer more."""
    if heat is None:
        return "Ingen självskattning är inlämnad än."
    if heat.stuck:
        most = heat.stuck[0]
        count = sentence(in_words(len(most.rows)))
        return f"{count} organisationer står stilla lågt i moment {most.item.number}, ”{most.item.short}”."
    if heat.since is None:
        return "Det här är den första självskattningen. Nästa gång ser du vad som har flyttat sig."
    return "I inget moment står flera organisationer stilla lågt."


def notes_of(heat: Heat) -> list[str]:
    """Return what one must know of who is behind the figures: who has not answered, left, or had other raters."""
    missing = [row.name for row in heat.rows if not row.has_answered and row.participation.status == Status.ACTIVE]
    notes = [figures.counted_in for figures, _ in heat.kinds if figures.counted_in]
    if missing:
        notes.append(f"Inte inlämnat till {heat.meeting}: {enumerated(missing)}.")
    others = _with_other_raters(heat)
    if others:
        notes.append(f"Det var inte samma personer som skattade förra gången i {enumerated(others)}.")
    return notes


def left_of(cohort: Cohort) -> list[Participation]:
    left = cohort.participations.participants().filter(status=Status.WITHDRAWN)
    return list(left.with_organisation().order_by("withdrawn_on", "pk"))


def advice_in(cohort: Cohort, roles: Roles) -> list[ReportSection]:
    """Return the advice to SKR in the reports that are handed in and that the person reads."""
    reports = Report.objects.visible_to(roles).handed_in().filter(participation__cohort=cohort)
    texts = ReportSection.objects.filter(report__in=reports, key=ADVICE).exclude(text="")
    return list(texts.select_related("report__participation__organisation").order_by("report__participation__position"))


def _row(row: Participation, figures: KindFigures, now: Answers) -> HeatRow:
    before = figures.named_before.get(row.pk, {})
    return HeatRow(row, tuple(HeatCell(item, now.get(item.key), before.get(item.key)) for item in figures.items))


def _is_stuck(cell: HeatCell, middle: Decimal) -> bool:
    return cell.value is not None and cell.before is not None and cell.value <= cell.before and cell.value <= middle


def _with_other_raters(heat: Heat) -> list[str]:
    if heat.since is None:
        return []
    rows = Assessment.objects.submitted().whole().filter(meeting__in=[heat.meeting, heat.since])
    by_place = {(row.participation_id, row.meeting_id): row for row in rows}
    pairs = [
        (
            row.name,
            by_place.get((row.participation.pk, heat.meeting.pk)),
            by_place.get((row.participation.pk, heat.since.pk)),
        )
        for row in heat.rows
    ]
    return [name for name, now, then in pairs if now and then and have_changed(now, then)]
