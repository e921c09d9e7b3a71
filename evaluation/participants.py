"""What the participants of an omgång say of its expected results, as far as anyone may be shown it (ADR 18)."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from cohorts.kinds import DEFINITE
from cohorts.models import Cohort
from evaluation.enums import Attained
from improvements.enums import HowFar
from improvements.expected import counted_in_words, result_counts


@dataclass(frozen=True)
class SaidByKind:
    """What most participants of one kind say; `who` is in the definite form, such as kommunerna."""

    who: str
    judgement: Attained


@dataclass(frozen=True)
class SaidOfResult:
    """The counts in words and what most say, for each kind; both are empty where too few have answered."""

    figure: tuple[str, ...]
    judgements: tuple[SaidByKind, ...]


def said_by_participants(cohort: Cohort) -> dict[str, SaidOfResult]:
    """Return by result what the joint report may print, whoever reads it."""
    figures: dict[str, list[str]] = defaultdict(list)
    judgements: dict[str, list[SaidByKind]] = defaultdict(list)
    for of_kind in result_counts(cohort):
        who = DEFINITE[of_kind.kind] if cohort.is_mixed else "deltagarna"
        for row in of_kind.results:
            if row.judgements and row.judgements.n_said:
                figures[row.key].append(counted_in_words(of_kind.kind, row.judgements))
                judgements[row.key].append(SaidByKind(who, most_say(Counter(dict(row.judgements.said)))))
    return {key: SaidOfResult(tuple(figures[key]), tuple(judgements[key])) for key in figures}


def most_say(said: Counter[HowFar]) -> Attained:
    """Return what more than half say; partly where no answer has that many."""
    if 2 * said[HowFar.UNKNOWN] > said.total():
        return Attained.TOO_EARLY
    judging = said.total() - said[HowFar.UNKNOWN]
    if 2 * said[HowFar.REACHED] > judging:
        return Attained.REACHED
    return Attained.NOT_REACHED if 2 * said[HowFar.NOT_YET] > judging else Attained.PARTLY
