"""The results that an omgång expects: what one organisation says of each, and how many have come how far.

The counts are figures behind which lie several organisations' answers, so the rule of three decides who sees them.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from assessments.figures.disclosure import PastPanel, Shown, Sight, View, sight_of
from assessments.figures.panels import kinds_of, participants_of
from assessments.figures.sights import ANYONE, Rights
from cohorts.kinds import SEVERAL
from cohorts.models import Cohort, ExpectedResult, Participation
from improvements.enums import HowFar
from improvements.models import ResultAnswer
from kit.figures import MOST_NAMED
from kit.templatetags.swedish import in_words, some

SAID = {
    HowFar.REACHED: "uppnått",
    HowFar.PARTLY: "delvis",
    HowFar.NOT_YET: "inte än",
    HowFar.UNKNOWN: "kan inte bedöma det",
}


@dataclass(frozen=True)
class ResultRow:
    """An expected result with one organisation's answer, and for each kind what the others say, if it may be told."""

    result: ExpectedResult
    answer: ResultAnswer | None
    others: tuple[str, ...] = ()


def answers_by(participation: Participation) -> list[ResultRow]:
    """Return every result of the omgång with the organisation's own answer."""
    answers = {answer.result_id: answer for answer in participation.result_answers.all()}
    results = participation.cohort.expected_results.all()
    return [ResultRow(result, answers.get(result.pk)) for result in results]


def expected_in(participation: Participation, rights: Rights) -> list[ResultRow]:
    """Return what `answers_by` does with what the others say, as far as this reader may be shown it."""
    rows = answers_by(participation)
    if not rows:
        return []
    members = [member for member in participants_of(participation.cohort_id) if not member.is_withdrawn]
    names = {member.pk: member.organisation.short_name for member in members if member.pk != participation.pk}
    seen = _sights(participation.cohort, members, rights)
    return [ResultRow(row.result, row.answer, _others(row.result, seen, names)) for row in rows]


@dataclass(frozen=True)
class CountedResult:
    """How many of one kind say how far they have come with a result; None where it may not be told."""

    result: ExpectedResult
    counted: Mapping[HowFar, int] | None


def counted_for_anyone(cohort: Cohort) -> dict[str, tuple[CountedResult, ...]]:
    """Return the counts by kind that the joint report may print: those that somebody without a seat may see."""
    results = list(cohort.expected_results.all())
    members = [member for member in participants_of(cohort.pk) if not member.is_withdrawn]
    seen = _sights(cohort, members, ANYONE) if results else {}
    return {kind: tuple(_counted(result, sight) for result in results) for kind, sight in seen.items()}


def _counted(result: ExpectedResult, sight: Sight) -> CountedResult:
    if sight.shown == Shown.OWN or result.key in sight.hidden:
        return CountedResult(result, None)
    said = Counter(theirs[result.key] for theirs in sight.answers.values() if result.key in theirs)
    return CountedResult(result, {judgement: said[_as_number(judgement)] for judgement in HowFar})


def _sights(cohort: Cohort, members: list[Participation], rights: Rights) -> dict[str, Sight]:
    kinds = {member.pk: member.kind for member in members}
    answers: dict[int, dict[str, Decimal]] = {}
    for row in ResultAnswer.objects.filter(participation__in=list(kinds)).select_related("result"):
        answers.setdefault(row.participation_id, {})[row.result.key] = _as_number(row.judgement)
    return {
        kind: _sight({pk: theirs for pk, theirs in answers.items() if kinds[pk] == kind}, rights)
        for kind in kinds_of(cohort)
    }


def _sight(live: View, rights: Rights) -> Sight:
    return sight_of(rights, live, {}, frozenset(), [PastPanel(live)])


def _as_number(judgement: str) -> Decimal:
    return Decimal(HowFar.values.index(judgement))


def _others(result: ExpectedResult, seen: Mapping[str, Sight], names: Mapping[int, str]) -> tuple[str, ...]:
    sentences = (_of_kind(kind, result, sight, names) for kind, sight in seen.items())
    return tuple(words for words in sentences if words)


def _of_kind(kind: str, result: ExpectedResult, sight: Sight, names: Mapping[int, str]) -> str:
    if sight.shown == Shown.OWN or result.key in sight.hidden:
        return ""
    said = {pk: theirs[result.key] for pk, theirs in sight.answers.items() if result.key in theirs}
    if sight.shown == Shown.ALL and len(said) <= MOST_NAMED:
        return " ".join(f"{names[pk]}: {_label(number)}." for pk, number in said.items() if pk in names)
    return _in_words(kind, Counter(said.values()))


def _label(number: Decimal) -> str:
    return str(list(HowFar)[int(number)].label).lower()


def _in_words(kind: str, counted: Counter[Decimal]) -> str:
    if not counted:
        return ""
    parts = [(counted[_as_number(judgement)], words) for judgement, words in SAID.items()]
    said = ", ".join(f"{some(number)} {words}" for number, words in parts if number)
    return f"Av {in_words(counted.total())} {SEVERAL[kind]} som har svarat: {said}."
