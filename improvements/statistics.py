"""Counts along the result chain, for one organisation and for the omgång. Efforts are counted only here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch, Q

from assessments.figures.disclosure import PastPanel, Shown, Sight, View, sight_of
from assessments.figures.panels import entries_of, kinds_of, past_panels, published_at
from assessments.figures.sights import ANYONE, Rights
from assessments.models import PublishedAnswers, Release
from cohorts.enums import Status
from cohorts.models import Cohort, Participation
from cohorts.roles import Roles
from improvements.enums import GOT, Stage, StepState
from improvements.models import Effort, EffortStep

# "Än", since nothing entered does not mean that there is nothing.
NOTHING_YET = {
    Stage.ACTIVITY: "Ingen aktivitet är registrerad än.",
    Stage.PRODUCT: "Ingen ny eller ändrad produkt är registrerad än.",
    Stage.PRACTICE: "Inget nytt eller ändrat arbetssätt är registrerat än.",
    Stage.OUTCOME: "Inget nytt eller ändrat utfall är registrerat än.",
    Stage.SOCIETAL_EFFECT: "Ingen samhällseffekt är registrerad än.",
}


@dataclass(frozen=True)
class StageCount:
    """The number of efforts that have reached a stage or are on their way to it; None where none is entered.

    Among those that have reached it, `partly` have done so in parts of the organisation only.
    """

    stage: Stage
    reached: int | None
    under_way: int | None
    partly: int | None = None

    @property
    def label(self) -> str:
        return str(self.stage.label)

    @property
    def count(self) -> int | None:
        """Return the number that the chevron shows."""
        return self.reached

    @property
    def nothing_yet(self) -> str:
        return NOTHING_YET[self.stage]


@dataclass(frozen=True)
class Chain:
    """The efforts of one organisation along the chain, as far as a reader may see them."""

    n_efforts: int
    stages: tuple[StageCount, ...]

    @property
    def furthest(self) -> StageCount | None:
        return next((stage for stage in reversed(self.stages) if stage.reached), None)

    @property
    def first_missing(self) -> StageCount | None:
        reached = self.stages.index(self.furthest) if self.furthest else -1
        return next(iter(self.stages[reached + 1 :]), None)


@dataclass(frozen=True)
class OfferedExample:
    """An effort that its organisation offers to others, at one stage of the chain."""

    effort_id: int
    organisation: str
    title: str
    text: str
    year: int
    public: bool = False


@dataclass(frozen=True)
class ChainShare:
    """The number of participants of one kind with a shared effort that has reached a stage.

    Where the reader may not be shown it the numbers are None, and the words say no more than the named examples do.
    """

    stage: Stage
    n_reached: int | None
    n_participants: int | None
    share_in_words: str
    examples: tuple[OfferedExample, ...]

    @property
    def label(self) -> str:
        return str(self.stage.label)

    @property
    def without_numbers(self) -> ChainShare:
        words = "minst en deltagare" if self.examples else "visas inte"
        return ChainShare(self.stage, None, None, words, self.examples)


def chain_of(efforts: Iterable[Effort]) -> Chain:
    efforts = list(efforts)
    return _chain(len(efforts), ((step.stage, step.state) for effort in efforts for step in effort.steps.all()))


def work_of(participation: Participation, roles: Roles) -> Chain:
    """Return an organisation's chain of the efforts that this reader may see, in one query."""
    efforts = participation.efforts.visible_to(roles).order_by()
    rows = list(efforts.values_list("pk", "steps__stage", "steps__state"))
    return _chain(len({pk for pk, _, _ in rows}), ((stage, state) for _, stage, state in rows))


def _chain(n_efforts: int, steps: Iterable[tuple[str, str]]) -> Chain:
    counted = Counter(steps)
    return Chain(
        n_efforts,
        tuple(
            StageCount(
                stage,
                sum(counted[stage, state] for state in GOT) or None,
                counted[stage, StepState.UNDER_WAY] or None,
                counted[stage, StepState.PARTLY] or None,
            )
            for stage in Stage
        ),
    )


def chain_of_cohort(cohort: Cohort, rights: Rights = ANYONE) -> dict[str, tuple[ChainShare, ...]]:
    """Return the five stages by kind (kommun, region) as a reader may see them; ANYONE reads the joint report.

    Only shared efforts count, of participants that have not left the omgång, or left it but reported. Kinds are never
    pooled, and only offered examples name their organisation.
    """
    return {kind: _shares(members, seen) for kind, (members, seen) in _chains(cohort, rights).items() if members}


def chain_panels(cohort: Cohort) -> dict[str, Sight]:
    """Return what the joint report shows of each kind's chain, for the memory of those who read it."""
    return {kind: seen for kind, (_, seen) in _chains(cohort, ANYONE).items()}


def _chains(cohort: Cohort, rights: Rights) -> dict[str, tuple[list[Participation], Sight]]:
    stayed = ~Q(status=Status.WITHDRAWN) | Q(reported=True)
    counted = cohort.participations.participants().filter(stayed).select_related("organisation")
    members = list(counted.prefetch_related(_shared_efforts()))
    published = published_at(PublishedAnswers.objects.filter(participation__cohort=cohort, meeting=None))
    printed = list(cohort.releases.order_by("pk"))
    by_kind = {kind: [member for member in members if member.kind == kind] for kind in kinds_of(cohort)}
    return {
        kind: (of_kind, _sight(of_kind, rights, published, [row for row in printed if row.kind == kind]))
        for kind, of_kind in by_kind.items()
    }


def _sight(members: list[Participation], rights: Rights, published: View, printed: list[Release]) -> Sight:
    live = {member.pk: _as_answers({stage for stage in Stage if _reached(stage, member)}) for member in members}
    # An offered example is named where the count stands, so anyone knows that its organisation has reached the stage.
    offered = {
        (member.pk, str(stage), Decimal(1))
        for member in members
        for stage in Stage
        if any(step.effort.example for step in _reached(stage, member))
    }
    disclosed = frozenset(offered | entries_of(published))
    return sight_of(rights, live, published, disclosed, [*past_panels(printed), PastPanel(live, disclosed)])


def _as_answers(reached: set[Stage] | set[str]) -> dict[str, Decimal]:
    return {str(stage): Decimal(stage in reached) for stage in Stage}


def _shared_efforts() -> Prefetch:
    shared = Effort.objects.filter(shared=True).prefetch_related("steps")
    return Prefetch("efforts", shared, to_attr="shared_efforts")


def _shares(members: list[Participation], seen: Sight) -> tuple[ChainShare, ...]:
    return tuple(_share(stage, members, seen) for stage in Stage)


def _share(stage: Stage, members: list[Participation], seen: Sight) -> ChainShare:
    reached = [steps for steps in (_reached(stage, member) for member in members) if steps]
    examples = tuple(_example(step) for steps in reached for step in steps if step.effort.example)
    n, of = len(reached), len(members)
    share = ChainShare(stage, n, of, _in_words(n, of), examples)
    return share.without_numbers if seen.shown == Shown.OWN or str(stage) in seen.hidden else share


def _reached(stage: Stage, member: Participation) -> list[EffortStep]:
    efforts: list[Effort] = member.shared_efforts  # type: ignore[attr-defined]
    steps = [step for effort in efforts for step in effort.steps.all()]
    return [step for step in steps if step.stage == stage and step.is_got]


def _example(step: EffortStep) -> OfferedExample:
    effort = step.effort
    organisation = effort.participation.organisation.name
    return OfferedExample(effort.pk, organisation, effort.title, step.text, step.year, effort.public)


def _in_words(n: int, of: int) -> str:
    if n == 0:
        return "ingen registrerad än"
    if n == of:
        return "alla deltagare"
    if n == 1:
        return "en deltagare"
    if 2 * n == of:
        return "hälften av deltagarna"
    return "mer än hälften av deltagarna" if 2 * n > of else "några deltagare"
