"""The results that an omgång expects: what one organisation says of each, and how many have come how far.

The counts are figures behind which lie several organisations' answers, so the rule of three decides who sees them. An
organisation's own goals are its own: of others' goals only the sums are counted.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from assessments.figures.disclosure import PastPanel, Shown, Sight, sight_of
from assessments.figures.panels import entries_of, kinds_of, participants_of, past_panels, published_at
from assessments.figures.sights import ANYONE, Rights
from assessments.models import PublishedAnswers
from cohorts.kinds import SEVERAL
from cohorts.models import Cohort, ExpectedResult, Participation
from cohorts.roles import Roles
from improvements.enums import HowFar
from improvements.models import OwnGoal, ResultAnswer
from improvements.querysets import JudgedQuerySet
from kit.figures import MOST_NAMED
from kit.templatetags.swedish import in_words, some

SAID = {
    HowFar.REACHED: "uppnått",
    HowFar.PARTLY: "delvis",
    HowFar.NOT_YET: "inte än",
    HowFar.UNKNOWN: "kan inte bedöma det",
}
# The judgement of an own goal that nobody has judged yet.
UNJUDGED = ""


@dataclass(frozen=True)
class ResultRow:
    """An expected result with one organisation's answer, and for each kind what the others say, if it may be told."""

    result: ExpectedResult
    answer: ResultAnswer | None
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Judgements:
    """How many have come how far, and how many say nothing of it."""

    reached: int
    partly: int
    not_yet: int
    unknown: int
    without: int

    @property
    def said(self) -> tuple[tuple[HowFar, int], ...]:
        return tuple((judgement, getattr(self, judgement.value)) for judgement in HowFar)

    @property
    def n_said(self) -> int:
        return sum(number for _, number in self.said)


@dataclass(frozen=True)
class ResultCount:
    """An expected result with the number of organisations by their answers; None where it may not be shown."""

    key: str
    text: str
    kind: str
    judgements: Judgements | None


@dataclass(frozen=True)
class KindResults:
    """What the participants of one kind say; `goals` counts their own goals, None where it may not be shown."""

    kind: str
    n_participants: int
    results: tuple[ResultCount, ...]
    goals: Judgements | None


def answers_by(participation: Participation, answers: JudgedQuerySet | None = None) -> list[ResultRow]:
    """Return every result of the omgång with the organisation's own answer, fetched with what the caller needs."""
    rows = participation.result_answers.all() if answers is None else answers
    by_result = {answer.result_id: answer for answer in rows}
    results = participation.cohort.expected_results.all()
    return [ResultRow(result, by_result.get(result.pk)) for result in results]


def expected_in(participation: Participation, rights: Rights, reader: Roles | None = None) -> list[ResultRow]:
    """Return what `answers_by` does with what the others say, as far as this reader may be shown it.

    Given a `reader`, the answers come with the work that shows them, as far as that person may read it.
    """
    rows = answers_by(participation, participation.result_answers.as_read_by(reader) if reader else None)
    if not rows:
        return []
    members = _members(participation.cohort)
    names = {member.pk: member.organisation.short_name for member in members if member.pk != participation.pk}
    seen = _sights(participation.cohort, members, rights)
    return [ResultRow(row.result, row.answer, _others(row.result, seen, names)) for row in rows]


def result_counts(cohort: Cohort, rights: Rights = ANYONE) -> tuple[KindResults, ...]:
    """Return the counts of each kind that has participants; ANYONE reads the joint report. Kinds are never pooled."""
    members, results = _members(cohort), list(cohort.expected_results.all())
    numbers = Counter(member.kind for member in members)
    return tuple(
        KindResults(
            kind,
            numbers[kind],
            tuple(
                ResultCount(row.key, row.text, row.kind, _count(sight, _key(row.key), numbers[kind])) for row in results
            ),
            _count_goals(sight),
        )
        for kind, sight in _sights(cohort, members, rights).items()
        if numbers[kind]
    )


def result_panels(cohort: Cohort) -> dict[str, Sight]:
    """Return what `result_counts` rests on in the joint report, for the memory of those who read it."""
    return _sights(cohort, _members(cohort), ANYONE)


def as_entries(answers: Iterable[tuple[str, str]], goals: Iterable[str]) -> dict[str, Decimal]:
    """Return an organisation's answers by the keys of the results, and how many goals it has by their judgement."""
    entries = {_key(key): _as_number(judgement) for key, judgement in answers}
    judged = Counter(goals)
    if judged:
        entries |= {_goal_key(judgement): Decimal(judged[judgement]) for judgement in (*HowFar.values, UNJUDGED)}
    return entries


def _members(cohort: Cohort) -> list[Participation]:
    return [member for member in participants_of(cohort.pk) if not member.is_withdrawn]


def _sights(cohort: Cohort, members: list[Participation], rights: Rights) -> dict[str, Sight]:
    live = _entries_of_all(members)
    published = published_at(PublishedAnswers.objects.filter(participation__cohort=cohort, meeting=None))
    disclosed, printed = frozenset(entries_of(published)), list(cohort.releases.order_by("pk"))
    sights = {}
    for kind in kinds_of(cohort):
        theirs = {member.pk: live[member.pk] for member in members if member.kind == kind and live[member.pk]}
        past = past_panels(row for row in printed if row.kind == kind)
        sights[kind] = sight_of(rights, theirs, published, disclosed, [*past, PastPanel(theirs, disclosed)])
    return sights


def _entries_of_all(members: list[Participation]) -> dict[int, dict[str, Decimal]]:
    answers: dict[int, list[tuple[str, str]]] = {member.pk: [] for member in members}
    for row in ResultAnswer.objects.filter(participation__in=list(answers)).select_related("result"):
        answers[row.participation_id].append((row.result.key, row.judgement))
    goals: dict[int, list[str]] = {member.pk: [] for member in members}
    for pk, judgement in OwnGoal.objects.filter(participation__in=list(goals)).values_list(
        "participation", "judgement"
    ):
        goals[pk].append(judgement)
    return {pk: as_entries(answers[pk], goals[pk]) for pk in answers}


def _key(result: str) -> str:
    # What is published of an organisation stands in one row with its stages of the result chain.
    return f"result.{result}"


def _goal_key(judgement: str) -> str:
    return f"goal.{judgement}"


def _as_number(judgement: str) -> Decimal:
    return Decimal(HowFar.values.index(judgement))


def _count(sight: Sight, key: str, n_participants: int) -> Judgements | None:
    if sight.shown == Shown.OWN or key in sight.hidden:
        return None
    said = Counter(answers[key] for answers in sight.answers.values() if key in answers)
    numbers = {judgement.value: said[_as_number(judgement)] for judgement in HowFar}
    return Judgements(**numbers | {"without": n_participants - said.total()})


def _count_goals(sight: Sight) -> Judgements | None:
    keys = {judgement.value: _goal_key(judgement) for judgement in HowFar} | {"without": _goal_key(UNJUDGED)}
    if sight.shown == Shown.OWN or not sight.hidden.isdisjoint(keys.values()):
        return None
    answers = sight.answers.values()
    return Judgements(**{name: int(sum(row.get(key, 0) for row in answers)) for name, key in keys.items()})


def _others(result: ExpectedResult, seen: Mapping[str, Sight], names: Mapping[int, str]) -> tuple[str, ...]:
    sentences = (_of_kind(kind, _key(result.key), sight, names) for kind, sight in seen.items())
    return tuple(words for words in sentences if words)


def _of_kind(kind: str, key: str, sight: Sight, names: Mapping[int, str]) -> str:
    counted = _count(sight, key, len(sight.answers))
    if counted is None or not counted.n_said:
        return ""
    if sight.shown == Shown.ALL and counted.n_said <= MOST_NAMED:
        said = {pk: answers[key] for pk, answers in sight.answers.items() if key in answers}
        return " ".join(f"{names[pk]}: {_label(number)}." for pk, number in said.items() if pk in names)
    return counted_in_words(kind, counted)


def counted_in_words(kind: str, counted: Judgements) -> str:
    """Return the counts as a sentence: "Av sju kommuner som har svarat: tre uppnått, fyra delvis."."""
    said = ", ".join(f"{some(number)} {SAID[judgement]}" for judgement, number in counted.said if number)
    return f"Av {in_words(counted.n_said)} {SEVERAL[kind]} som har svarat: {said}."


def _label(number: Decimal) -> str:
    return str(list(HowFar)[int(number)].label).lower()
