"""What an organisation has entered of its omgång, as its own papers to the board tell it, and the facts of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from assessments.figures.statistics import Movement, own_movement
from assessments.occasions import Occasion, occasions_of
from assessments.raters import raters_line
from cohorts.models import Participation
from decisions.models import PoliticalDecision
from improvements.enums import Stage, State
from improvements.models import Effort, Improvement
from indicators.models import Indicator
from indicators.movement import movement_of
from indicators.series import Series, series_of_many
from kit.templatetags.swedish import day
from papers.facts import Fact
from reports.content import own_content_of
from reports.content.organisation import READER, OrganisationContent
from reports.models import Report, ReportEdition

# What an own value tells of how it has gone for people, and not of how the work is done.
FOR_PEOPLE = (Stage.OUTCOME, Stage.SOCIETAL_EFFECT)


@dataclass(frozen=True)
class Ground:
    """`series` are the indicators that the organisation shares; of the others only the number is told."""

    participation: Participation
    today: date
    occasions: tuple[Occasion, ...]
    improvements: tuple[Improvement, ...]
    efforts: tuple[Effort, ...]
    series: tuple[Series, ...]
    n_kept: int
    decisions: tuple[PoliticalDecision, ...]
    edition: ReportEdition | None

    @property
    def name(self) -> str:
        return self.participation.organisation.name

    @property
    def first(self) -> Occasion | None:
        return self.occasions[0] if self.occasions else None

    @property
    def last(self) -> Occasion | None:
        return self.occasions[-1] if self.occasions else None

    @cached_property
    def moved(self) -> Movement | None:
        if self.first is None or self.last is None or self.first is self.last:
            return None
        return own_movement(self.last.checklist_items, self.first.answers, self.last.answers)

    @property
    def raters(self) -> str:
        if self.first is None or self.last is None:
            return ""
        since = self.first.assessment if self.first is not self.last else None
        return raters_line(self.last.assessment, since)

    @cached_property
    def report(self) -> OrganisationContent | None:
        return own_content_of(self.edition) if self.edition else None

    def in_state(self, *states: State) -> list[Improvement]:
        return [work for work in self.improvements if work.state in states]

    @property
    def compared(self) -> list[Series]:
        """Return the shared indicators that have a period with a value for both."""
        return [series for series in self.series if series.latest]


def ground_of(participation: Participation, today: date) -> Ground:
    works = participation.improvements.select_related("effort").prefetch_related("cycles", "effort__steps")
    efforts = participation.efforts.prefetch_related("steps", "past_steps")
    indicators = list(_indicators(participation))
    shared = [row for row in indicators if row.shared]
    return Ground(
        participation=participation,
        today=today,
        occasions=tuple(occasions_of(participation, READER)),
        improvements=tuple(works),
        efforts=tuple(efforts),
        # Whoever reads the minutes reads the paper, so what few people are behind is left out, as for any other.
        series=tuple(series_of_many(shared, editor=False)),
        n_kept=len(indicators) - len(shared),
        decisions=tuple(participation.decisions.order_by("decided_on", "pk")),
        edition=edition_of(participation),
    )


def edition_of(participation: Participation) -> ReportEdition | None:
    """Return the edition that can be enclosed: the newest, or while the report is a draft the newest published."""
    report = Report.objects.filter(participation=participation).first()
    if report is None:
        return None
    editions = report.editions.filter(content__isnull=False)
    return (editions.filter(published_on__isnull=False) if report.is_draft else editions).last()


def facts_of(ground: Ground) -> tuple[Fact, ...]:
    """Return the values that the words are made from, each with its checksum."""
    return tuple(
        fact for part in (_rated, _improved, _on_the_chain, _followed, _decided, _reported) for fact in part(ground)
    )


def _indicators(participation: Participation) -> Iterator[Indicator]:
    rows = Indicator.objects.of_organisation(participation.organisation_id)
    yield from rows.select_related("participation__organisation", "participation__cohort", "key_figure")


def _rated(ground: Ground) -> Iterator[Fact]:
    if ground.first is None or ground.last is None:
        return
    occasions = f"{ground.first.assessment.pk} {ground.last.assessment.pk} {ground.raters}"
    yield Fact("occasion", "självskattningens tillfällen", occasions)
    for item in ground.last.checklist_items:
        values = f"{ground.first.answers.get(item.key)} {ground.last.answers.get(item.key)}"
        yield Fact(f"item.{item.key}", f"värdet för ”{item.short}”", values)


def _improved(ground: Ground) -> Iterator[Fact]:
    for work in ground.improvements:
        said = [work.title, work.state, work.learnt, *(cycle.study for cycle in work.cycles.all())]
        yield Fact(f"improvement.{work.pk}", f"förbättringsarbetet ”{work.title}”", repr(said))


def _on_the_chain(ground: Ground) -> Iterator[Fact]:
    for effort in ground.efforts:
        steps = [
            (step.stage, step.state, str(step.when), step.part, step.text, step.whom, step.noticed, step.noticed_how)
            for step in effort.steps.all()
        ]
        yield Fact(f"effort.{effort.pk}", f"insatsen ”{effort.title}”", repr([effort.title, *sorted(map(repr, steps))]))


def _followed(ground: Ground) -> Iterator[Fact]:
    for series in ground.series:
        moved = movement_of(series)
        since = (moved.since.period, str(moved.gap)) if moved else None
        now = (series.latest.period, str(series.latest.women), str(series.latest.men)) if series.latest else None
        name = f"nyckeltalet ”{series.indicator.title}”"
        yield Fact(f"indicator.{series.indicator.pk}", name, repr((series.indicator.title, since, now)))


def _decided(ground: Ground) -> Iterator[Fact]:
    for row in ground.decisions:
        said = (row.kind, row.body, row.decided_on, row.paragraph, row.diary_number, row.text)
        yield Fact(f"decision.{row.pk}", f"beslutet {day(row.decided_on)}", repr(said))


def _reported(ground: Ground) -> Iterator[Fact]:
    edition = ground.edition
    value = repr((edition.number, edition.checksum, edition.approved_on)) if edition else ""
    yield Fact("report", "resultatrapporten", value)
