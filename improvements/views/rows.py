"""Values that lists and pages print about efforts and improvements. Nothing here reads the database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from improvements.borrowing import Try
from improvements.enums import Stage
from improvements.models import Effort, EffortStep, PastStep
from improvements.stages import meanings
from improvements.statistics import Chain
from kit.templatetags.swedish import in_words, sentence

READERS = {(False, False): "Bara vi", (True, False): "Delas med gruppen", (True, True): "Erbjuds som exempel"}


@dataclass(frozen=True)
class EffortRow:
    """An effort with the furthest stage it has reached, and the stages it is on its way to."""

    effort: Effort
    # Where the reader can try it, if it is another's example.
    tries: tuple[Try, ...] = ()

    @property
    def steps(self) -> list[EffortStep]:
        return sorted(self.effort.steps.all(), key=lambda step: step.order)

    @property
    def got(self) -> list[EffortStep]:
        return [step for step in self.steps if step.is_got]

    @property
    def reached(self) -> EffortStep | None:
        return self.effort.furthest

    @property
    def under_way(self) -> list[EffortStep]:
        return [step for step in self.steps if not step.is_got]

    @property
    def readers(self) -> str:
        return READERS[self.effort.shared, self.effort.example]


@dataclass(frozen=True)
class ChainLink:
    """A stage on an effort's page, with its step if there is one."""

    stage: Stage
    step: EffortStep | None
    past: tuple[PastStep, ...] = ()

    @property
    def means(self) -> str:
        return meanings()[self.stage].means

    @property
    def is_reached(self) -> bool:
        return self.step is not None and self.step.is_got


def links_of(effort: Effort, past: Iterable[PastStep] = ()) -> list[ChainLink]:
    steps = {step.stage: step for step in effort.steps.all()}
    past = list(past)
    return [ChainLink(stage, steps.get(stage), tuple(row for row in past if row.stage == stage)) for stage in Stage]


def headline(chain: Chain, organisation: str, *, own: bool) -> str:
    n = chain.n_efforts
    count = "en insats" if n == 1 else f"{in_words(n)} insatser"
    if own:
        return sentence(f"{count} är på väg längs resultatkedjan.") if n else "Ingen insats är registrerad än."
    return f"{organisation} delar {count} längs resultatkedjan." if n else f"{organisation} delar ingen insats än."


def furthest_first(efforts: Iterable[Effort], tries: Mapping[int, tuple[Try, ...]]) -> list[EffortRow]:
    rows = [EffortRow(effort, tries.get(effort.pk, ())) for effort in efforts]
    return sorted(rows, key=lambda row: -row.reached.order if row.reached else 1)
