"""The organisations that could be mentors in an omgång, with their answers and their present load."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from assessments.comparing.glad import glad_items
from cohorts.enums import Function, Status
from cohorts.models import Cohort, Delegate, Participation
from kit.canonical import folded
from kit.ordering import swedish
from kit.templatetags.swedish import day, in_words
from meetings.models import Meeting
from meetings.whom import mentorships_of
from mentoring.enums import MentorAnswer
from mentoring.load import Load, load_of
from mentoring.models import MentorAgreement, MentorOffer, MentorQuestion

NO_ANSWER = "none"
# In the order that SKR asks: the likeliest first.
ANSWERS = (
    (MentorAnswer.YES.value, "Ja"),
    (MentorAnswer.MAYBE.value, "Kanske"),
    (MentorAnswer.LATER.value, "Inte förrän om ett år"),
    (NO_ANSWER, "Har inte svarat"),
    (MentorAnswer.NO.value, "Nej"),
)


@dataclass(frozen=True)
class LatestOffer:
    """An organisation's newest answer; `said_on` is None if it comes from a report or a package."""

    value: str = NO_ANSWER
    said_on: date | None = None
    not_before: date | None = None
    tells_about: str = ""
    cohort: str = ""

    @property
    def words(self) -> str:
        return dict(ANSWERS)[self.value]

    @property
    def source(self) -> str:
        if self.value == NO_ANSWER:
            return ""
        return f"svarade {day(self.said_on)}" if self.said_on else f"i rapporteringen från {self.cohort}"


@dataclass(frozen=True)
class Candidate:
    """An organisation of the pool. `participation` is where it answers: the newest with a strateg in place."""

    participation: Participation
    rounds: tuple[Participation, ...]
    answer: LatestOffer
    items: tuple[str, ...]
    loads: tuple[Load, ...]
    asked_on: date | None
    has_strategist: bool

    @property
    def name(self) -> str:
        return self.participation.organisation.name

    @property
    def hours(self) -> int:
        return sum(load.estimate.hours for load in self.loads)

    @property
    def n_groups(self) -> int:
        return sum(load.n_groups for load in self.loads)

    @property
    def n_meetings(self) -> int:
        return sum(load.estimate.meetings for load in self.loads)

    @property
    def carries(self) -> str:
        groups = "en grupp" if self.n_groups == 1 else f"{in_words(self.n_groups)} grupper"
        meetings = "en lärandeträff" if self.n_meetings == 1 else f"{in_words(self.n_meetings)} lärandeträffar"
        return f"{groups} och {meetings}"

    def tells_of(self, words: str) -> bool:
        topics = folded(" ".join((self.answer.tells_about, *self.items, *_themes(self.loads))))
        return folded(words) in topics


@dataclass(frozen=True)
class Mentor:
    """A mentor in this omgång; `elsewhere` is its load in other omgångar that run."""

    load: Load
    elsewhere: tuple[Load, ...]

    @property
    def participation(self) -> Participation:
        return self.load.participation

    @property
    def agreement(self) -> MentorAgreement | None:
        return _agreement(self.participation)

    @property
    def hours_elsewhere(self) -> int:
        return sum(load.estimate.hours for load in self.elsewhere)


@dataclass(frozen=True)
class Pool:
    """`mentors` are in this omgång already; `candidates` are not."""

    mentors: tuple[Mentor, ...]
    candidates: tuple[Candidate, ...]
    today: date

    def narrowed(self, answer: str, words: str) -> tuple[Candidate, ...]:
        return tuple(
            candidate
            for candidate in self.candidates
            if (not answer or candidate.answer.value == answer) and candidate.tells_of(words)
        )

    @property
    def counts(self) -> list[tuple[str, str, int]]:
        given = [candidate.answer.value for candidate in self.candidates]
        return [(value, words, given.count(value)) for value, words in ANSWERS]


def pool_of(cohort: Cohort, today: date) -> Pool:
    inside = list(_inside(cohort))
    rounds = _rounds(cohort, today)
    running = [row for rows in rounds.values() for row in rows if _mentors_now(row, today)]
    here = [row for row in inside if not row.is_participant and row.status != Status.WITHDRAWN]
    loads = loads_of([*running, *here])
    known = {row.organisation_id for row in inside}
    mentors = [
        Mentor(
            loads[row.pk], tuple(loads[other.pk] for other in rounds.get(row.organisation_id, ()) if other.pk in loads)
        )
        for row in here
    ]
    rounds = {organisation: rows for organisation, rows in rounds.items() if organisation not in known}
    candidates = _candidates(cohort, rounds, loads, today)
    return Pool(tuple(mentors), tuple(candidates), today)


def _candidates(
    cohort: Cohort, rounds: dict[int, list[Participation]], loads: dict[int, Load], today: date
) -> list[Candidate]:
    theirs = [row for rows in rounds.values() for row in rows]
    glad = glad_items(rounds)
    asked = {question.participation_id: question.asked_on for question in MentorQuestion.objects.filter(cohort=cohort)}
    seated = _with_strategist(theirs, today)
    candidates = []
    for organisation, rows in rounds.items():
        home = next((row for row in rows if row.pk in seated), rows[0])
        candidates.append(
            Candidate(
                participation=home,
                rounds=tuple(rows),
                answer=newest_answer(rows, today),
                items=tuple(item.short for item in glad.get(organisation, ())),
                loads=tuple(loads[row.pk] for row in rows if row.pk in loads),
                asked_on=max((asked[row.pk] for row in rows if row.pk in asked), default=None),
                has_strategist=home.pk in seated,
            )
        )
    order = [value for value, _ in ANSWERS]
    return sorted(candidates, key=lambda candidate: (order.index(candidate.answer.value), swedish(candidate.name)))


def newest_answer(rows: Iterable[Participation], today: date) -> LatestOffer:
    """Return the later of the answers; in one omgång the answer page goes before the report."""
    dated = [(*answer, place) for place, row in enumerate(rows) if (answer := _answer_in(row, today))]
    # Of two from the same day, the answer of the omgång that comes first in `rows` (the newest) counts.
    return max(dated, key=lambda answer: (answer[0], -answer[2]))[1] if dated else LatestOffer()


def _answer_in(row: Participation, today: date) -> tuple[date, LatestOffer] | None:
    """Return the answer with its day; an answer in a report is dated by its omgång's end."""
    offer: MentorOffer | None = getattr(row, "mentor_offer", None)
    if offer:
        return offer.said_on, LatestOffer(
            offer.answer, offer.said_on, offer.not_before, offer.tells_about, row.cohort.name
        )
    if row.mentor_next:
        return min(row.cohort.ends_on, today), LatestOffer(row.mentor_next, cohort=row.cohort.name)
    return None


def loads_of(participations: Iterable[Participation]) -> dict[int, Load]:
    """Return the load by participation, read in three queries however many they are."""
    rows = list(participations)
    tasks = mentorships_of([row.pk for row in rows])
    meetings: dict[int, list[Meeting]] = defaultdict(list)
    for meeting in Meeting.objects.learning().filter(cohort__in={row.cohort_id for row in rows}):
        meetings[meeting.cohort_id].append(meeting)
    return {row.pk: load_of(row, tasks[row.pk], meetings[row.cohort_id], _own_hours(row)) for row in rows}


def _own_hours(row: Participation) -> int | None:
    agreement = _agreement(row)
    return agreement.hours if agreement else None


def _agreement(row: Participation) -> MentorAgreement | None:
    return getattr(row, "mentor_agreement", None)


def _rounds(cohort: Cohort, today: date) -> dict[int, list[Participation]]:
    # Invented organisations are asked in invented omgångar only, and real ones in real ones.
    begun = Q(cohort__starts_on__lte=today, cohort__in=Cohort.objects.beside(cohort)) & ~Q(cohort=cohort)
    rows = (
        Participation.objects.filter(begun, cohort__constructed=cohort.constructed)
        .exclude(status=Status.WITHDRAWN)
        .with_organisation()
        .select_related("cohort", "mentor_offer", "mentor_agreement")
        .order_by("-cohort__starts_on", "-cohort__ends_on", "pk")
    )
    rounds: dict[int, list[Participation]] = defaultdict(list)
    for row in rows:
        rounds[row.organisation_id].append(row)
    return dict(rounds)


def _inside(cohort: Cohort) -> Iterable[Participation]:
    return cohort.participations.with_organisation().select_related("cohort", "mentor_agreement")


def _mentors_now(row: Participation, today: date) -> bool:
    return not row.is_participant and row.cohort.is_open(today)


def _with_strategist(rows: Iterable[Participation], today: date) -> frozenset[int]:
    seats = Delegate.objects.current_or_coming(today).filter(
        function=Function.STRATEGIST, user__is_active=True, participation__in=[row.pk for row in rows]
    )
    return frozenset(seats.values_list("participation", flat=True))


def _themes(loads: Iterable[Load]) -> list[str]:
    return [assignment.theme for load in loads for assignment in load.assignments]
