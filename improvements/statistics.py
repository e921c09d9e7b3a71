"""Counts along the result chain: one organisation's, and the omgång's. The only place that counts efforts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Prefetch, Q

from checklist.panels import kinds_of
from cohorts.enums import Status
from cohorts.models import Cohort, Participation
from cohorts.roles import Roles
from improvements.enums import Stage, StepState
from improvements.models import Effort, EffortStep

# What the page says of a stage where nothing is entered: never that there is none.
NOTHING_YET = {
    Stage.ACTIVITY: "Ingen aktivitet är registrerad än.",
    Stage.PRODUCT: "Ingen ny eller ändrad produkt är registrerad än.",
    Stage.PRACTICE: "Inget nytt eller ändrat arbetssätt är registrerat än.",
    Stage.OUTCOME: "Inget nytt eller ändrat utfall är registrerat än.",
    Stage.SOCIETAL_EFFECT: "Ingen samhällseffekt är registrerad än.",
}


@dataclass(frozen=True)
class StageCount:
    """How many efforts have reached a stage, and how many are on their way to it; None where none is entered."""

    stage: Stage
    reached: int | None
    under_way: int | None

    @property
    def label(self) -> str:
        return str(self.stage.label)

    @property
    def count(self) -> int | None:
        """What the chevron shows."""
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
        """The last stage any effort has reached."""
        return next((stage for stage in reversed(self.stages) if stage.reached), None)

    @property
    def first_missing(self) -> StageCount | None:
        """The first stage after the furthest that no effort has reached: what to look for next."""
        reached = self.stages.index(self.furthest) if self.furthest else -1
        return next(iter(self.stages[reached + 1 :]), None)


@dataclass(frozen=True)
class OfferedExample:
    """An effort that its organisation offers others, at one stage of the chain."""

    effort_id: int
    organisation: str
    title: str
    text: str
    year: int


@dataclass(frozen=True)
class ChainShare:
    """How many of the participants of one kind have a shared effort that has reached a stage.

    Below `MODELL_MIN_GROUP` participants the numbers are None and the words alone are told.
    """

    stage: Stage
    n_reached: int | None
    n_participants: int | None
    share_in_words: str
    examples: tuple[OfferedExample, ...]

    @property
    def label(self) -> str:
        return str(self.stage.label)


def chain_of(efforts: Iterable[Effort]) -> Chain:
    """Counts of efforts with their `steps` at hand."""
    efforts = list(efforts)
    return _chain(len(efforts), ((step.stage, step.state) for effort in efforts for step in effort.steps.all()))


def work_of(participation: Participation, roles: Roles) -> Chain:
    """One organisation's chain, of the efforts that this reader may see. One query."""
    efforts = participation.efforts.visible_to(roles).order_by()
    rows = list(efforts.values_list("pk", "steps__stage", "steps__state"))
    return _chain(len({pk for pk, _, _ in rows}), ((stage, state) for _, stage, state in rows))


def _chain(n_efforts: int, steps: Iterable[tuple[str, str]]) -> Chain:
    counted = Counter(steps)
    return Chain(
        n_efforts,
        tuple(
            StageCount(stage, counted[stage, StepState.REACHED] or None, counted[stage, StepState.UNDER_WAY] or None)
            for stage in Stage
        ),
    )


def chain_of_cohort(cohort: Cohort) -> dict[str, tuple[ChainShare, ...]]:
    """By kind (kommun, region; never pooled), the five stages with how many participants have reached each.

    Counted are the participants that have not left the omgång, or left it but reported, and of their efforts those
    that are shared. No organisation's own counts stand in it; only offered examples name their organisation, since
    it has offered them. Three queries.
    """
    stayed = ~Q(status=Status.WITHDRAWN) | Q(reported=True)
    counted = cohort.participations.participants().filter(stayed).select_related("organisation")
    members = list(counted.prefetch_related(_shared_efforts()))
    return {kind: _shares([member for member in members if member.kind == kind]) for kind in kinds_of(cohort)}


def _shared_efforts() -> Prefetch:
    shared = Effort.objects.filter(shared=True).prefetch_related("steps")
    return Prefetch("efforts", shared, to_attr="shared_efforts")


def _shares(members: list[Participation]) -> tuple[ChainShare, ...]:
    return tuple(_share(stage, members) for stage in Stage)


def _share(stage: Stage, members: list[Participation]) -> ChainShare:
    reached = [steps for steps in (_reached(stage, member) for member in members) if steps]
    examples = tuple(_example(step) for steps in reached for step in steps if step.effort.example)
    n, of = len(reached), len(members)
    if of < settings.MIN_GROUP:
        return ChainShare(stage, None, None, "minst en deltagare" if n else "ingen registrerad än", examples)
    return ChainShare(stage, n, of, _in_words(n, of), examples)


def _reached(stage: Stage, member: Participation) -> list[EffortStep]:
    efforts: list[Effort] = member.shared_efforts  # type: ignore[attr-defined]
    steps = [step for effort in efforts for step in effort.steps.all()]
    return [step for step in steps if step.stage == stage and step.state == StepState.REACHED]


def _example(step: EffortStep) -> OfferedExample:
    effort = step.effort
    return OfferedExample(effort.pk, effort.participation.organisation.name, effort.title, step.text, step.year)


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
