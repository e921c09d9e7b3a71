"""The results that an omgång expects: what one organisation says of each, and how many have come how far.

The counts are figures behind which lie several organisations' answers, so the rule of three decides who sees them.
"""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from assessments.figures.disclosure import PastPanel, Shown, Sight, View, sight_of
from assessments.figures.panels import kinds_of, participants_of
from assessments.figures.sights import Rights
from cohorts.kinds import SEVERAL
from cohorts.models import Cohort, ExpectedResult, Participation
from improvements.enums import Judgement
from improvements.models import ResultAnswer
from kit.templatetags.swedish import in_words, sentence


@dataclass(frozen=True)
class ResultRow:
    """An expected result with one organisation's answer, and a sentence for each kind whose counts may be shown."""

    result: ExpectedResult
    answer: ResultAnswer | None
    counts: tuple[str, ...] = ()


def answers_by(participation: Participation) -> list[ResultRow]:
    """Return every result of the omgång with the organisation's own answer."""
    answers = {answer.result_id: answer for answer in participation.result_answers.all()}
    results = participation.cohort.expected_results.all()
    return [ResultRow(result, answers.get(result.pk)) for result in results]


def expected_in(participation: Participation, rights: Rights) -> list[ResultRow]:
    """Return what `answers_by` does with the counts of the omgång, as far as this reader may be shown them."""
    rows = answers_by(participation)
    seen = _sights(participation.cohort, rights) if rows else {}
    return [ResultRow(row.result, row.answer, _counts(row.result, seen)) for row in rows]


def _sights(cohort: Cohort, rights: Rights) -> dict[str, Sight]:
    members = {member.pk: member.kind for member in participants_of(cohort.pk) if not member.is_withdrawn}
    answers: dict[int, dict[str, Decimal]] = {}
    for row in ResultAnswer.objects.filter(participation__in=list(members)).select_related("result"):
        answers.setdefault(row.participation_id, {})[row.result.key] = _as_number(row.judgement)
    return {
        kind: _sight({pk: answers[pk] for pk in answers if members[pk] == kind}, rights) for kind in kinds_of(cohort)
    }


def _sight(live: View, rights: Rights) -> Sight:
    return sight_of(rights, live, {}, frozenset(), [PastPanel(live)])


def _as_number(judgement: str) -> Decimal:
    return Decimal(Judgement.values.index(judgement))


def _counts(result: ExpectedResult, seen: dict[str, Sight]) -> tuple[str, ...]:
    sentences = (_in_words(kind, result, sight) for kind, sight in seen.items())
    return tuple(words for words in sentences if words)


def _in_words(kind: str, result: ExpectedResult, sight: Sight) -> str:
    if sight.shown == Shown.OWN or result.key in sight.hidden:
        return ""
    counted = Counter(answers[result.key] for answers in sight.answers.values() if result.key in answers)
    if not counted:
        return ""
    n = counted.total()
    parts = [(counted[_as_number(judgement)], words) for judgement, words in _SAID.items()]
    said = ", ".join(f"{'en' if number == 1 else in_words(number)} {words}" for number, words in parts if number)
    return sentence(
        f"av {'en' if n == 1 else in_words(n)} {kind if n == 1 else SEVERAL[kind]} som har svarat har {said}."
    )


_SAID = {
    Judgement.REACHED: "uppnått det",
    Judgement.PARTLY: "delvis uppnått det",
    Judgement.NOT_YET: "inte uppnått det än",
    Judgement.UNKNOWN: "inte kunnat bedöma det",
}
