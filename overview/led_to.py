"""What the work of an omgång has led to, along the result chain: how many have come where, with examples by name."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

from cohorts.kinds import SEVERAL
from improvements.enums import Stage
from improvements.statistics import ChainShare, OfferedExample
from kit.templatetags.swedish import sentence

# More examples than these stand on the page of the examples.
MOST_EXAMPLES = 2


@dataclass(frozen=True)
class LedToStage:
    """A stage: how many of each kind have come there, in words, and the first examples that have come no further."""

    stage: Stage
    shares: tuple[tuple[str, ChainShare], ...]
    examples: tuple[OfferedExample, ...]
    is_reached: bool


@dataclass(frozen=True)
class LedTo:
    headline: str
    stages: tuple[LedToStage, ...]


def led_to(by_kind: Mapping[str, Sequence[ChainShare]]) -> LedTo:
    stages: list[LedToStage] = []
    shown: set[int] = set()
    for place, stage in reversed(list(enumerate(Stage))):
        # An example that has come further stands there.
        stages.insert(0, _stage(stage, place, by_kind, shown))
        shown |= {example.effort_id for share in by_kind.values() for example in share[place].examples}
    furthest = next((stage for stage in reversed(stages) if stage.is_reached), None)
    if furthest is None:
        return LedTo("Inget resultat är delat i omgången än.", ())
    return LedTo(f"Längst har omgången kommit till steget ”{str(furthest.stage.label).lower()}”.", tuple(stages))


def _stage(stage: Stage, place: int, by_kind: Mapping[str, Sequence[ChainShare]], shown: Container[int]) -> LedToStage:
    shares = tuple((sentence(SEVERAL[kind]), of_kind[place]) for kind, of_kind in by_kind.items())
    examples = [example for _, share in shares for example in share.examples if example.effort_id not in shown]
    is_reached = any(share.examples or share.n_reached for _, share in shares)
    return LedToStage(stage, shares, tuple(examples[:MOST_EXAMPLES]), is_reached)
