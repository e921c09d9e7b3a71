"""What the participants of an omgång say of its expected results, as far as anyone may be shown it (ADR 18)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from assessments.figures.disclosure import PastPanel, Shown, Sight, View, sight_of
from assessments.figures.panels import kinds_of, participants_of
from assessments.figures.sights import ANYONE
from cohorts.kinds import DEFINITE
from cohorts.models import Cohort
from evaluation.enums import Attained
from improvements.enums import HowFar
from improvements.expected import expected_in
from improvements.models import ResultAnswer


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
    members = [member for member in participants_of(cohort.pk) if not member.is_withdrawn]
    if not members:
        return {}
    kinds = {member.pk: member.kind for member in members}
    answers: dict[str, dict[int, dict[str, Decimal]]] = {kind: {} for kind in kinds_of(cohort)}
    for row in ResultAnswer.objects.filter(participation__in=list(kinds)).select_related("result"):
        theirs = answers[kinds[row.participation_id]].setdefault(row.participation_id, {})
        theirs[row.result.key] = Decimal(HowFar.values.index(row.judgement))
    seen = {kind: _sight(live) for kind, live in answers.items()}
    words = {row.result.key: row.others for row in expected_in(members[0], ANYONE)}
    return {key: SaidOfResult(figure, tuple(_judgements(cohort, key, seen))) for key, figure in words.items()}


def _sight(live: View) -> Sight:
    return sight_of(ANYONE, live, {}, frozenset(), [PastPanel(live)])


def _judgements(cohort: Cohort, key: str, seen: dict[str, Sight]) -> Iterable[SaidByKind]:
    for kind, sight in seen.items():
        if sight.shown != Shown.FIGURES or key in sight.hidden:
            continue
        said = Counter(HowFar.values[int(theirs[key])] for theirs in sight.answers.values() if key in theirs)
        if said:
            yield SaidByKind(DEFINITE[kind] if cohort.is_mixed else "deltagarna", most_say(said))


def most_say(said: Counter[str]) -> Attained:
    """Return what more than half say; partly where no answer has that many."""
    if 2 * said[HowFar.UNKNOWN] > said.total():
        return Attained.TOO_EARLY
    judging = said.total() - said[HowFar.UNKNOWN]
    if 2 * said[HowFar.REACHED] > judging:
        return Attained.REACHED
    return Attained.NOT_REACHED if 2 * said[HowFar.NOT_YET] > judging else Attained.PARTLY
