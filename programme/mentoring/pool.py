"""Who could be mentor in an omgång: those who have been through one, with what they say and what they already carry."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from checklist.comparing.glad import glad_moments
from cohorts.enums import Function, MentorAnswer, Status
from cohorts.mentoring import Load, load_of
from cohorts.models import Cohort, Delegate, GroupMentor, MentorAgreement, MentorOffer, MentorQuestion, Participation
from meetings.models import Meeting
from modell.templatetags.swedish import day, in_words

NO_ANSWER = "none"
# In the order SKR asks.
ANSWERS = (
    (MentorAnswer.YES.value, "Ja"),
    (MentorAnswer.MAYBE.value, "Kanske"),
    (MentorAnswer.LATER.value, "Inte förrän om ett år"),
    (NO_ANSWER, "Har inte svarat"),
    (MentorAnswer.NO.value, "Nej"),
)


@dataclass(frozen=True)
class Answer:
    """The newest that an organisation has said; `said_on` is None where it stands in a report or a package."""

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
    """One organisation of the pool. `participation` is where it answers: the newest with a strateg in place."""

    participation: Participation
    rounds: tuple[Participation, ...]
    answer: Answer
    moments: tuple[str, ...]
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
        told = " ".join((self.answer.tells_about, *self.moments, *_themes(self.loads))).casefold()
        return words.strip().casefold() in told


@dataclass(frozen=True)
class Mentor:
    """One in this omgång already; `elsewhere` is what it carries in others that run."""

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
    """`mentors` are those in this omgång already."""

    mentors: tuple[Mentor, ...]
    candidates: tuple[Candidate, ...]
    today: date

    def narrowed(self, answer: str, words: str) -> tuple[Candidate, ...]:
        return tuple(
            each for each in self.candidates if (not answer or each.answer.value == answer) and each.tells_of(words)
        )

    @property
    def counts(self) -> list[tuple[str, str, int]]:
        """How many have each answer: value, words, number."""
        given = [candidate.answer.value for candidate in self.candidates]
        return [(value, words, given.count(value)) for value, words in ANSWERS]


def pool_of(cohort: Cohort, today: date) -> Pool:
    """Invented organisations are asked in invented omgångar only, and real ones in real."""
    inside = list(_inside(cohort))
    rounds = _rounds(cohort, today)
    running = [row for rows in rounds.values() for row in rows if _mentors_now(row, today)]
    here = [row for row in inside if not row.is_participant and row.status != Status.WITHDRAWN]
    loads = loads_of([*running, *here])
    known = {row.organisation_id for row in inside}
    mentors = [
        Mentor(loads[row.pk], tuple(loads[each.pk] for each in rounds.get(row.organisation_id, ()) if each.pk in loads))
        for row in here
    ]
    rounds = {organisation: rows for organisation, rows in rounds.items() if organisation not in known}
    candidates = _candidates(cohort, rounds, loads, today)
    return Pool(tuple(mentors), tuple(candidates), today)


def _candidates(
    cohort: Cohort, rounds: dict[int, list[Participation]], loads: dict[int, Load], today: date
) -> list[Candidate]:
    theirs = [row for rows in rounds.values() for row in rows]
    glad = glad_moments(rounds)
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
                moments=tuple(item.short for item in glad.get(organisation, ())),
                loads=tuple(loads[row.pk] for row in rows if row.pk in loads),
                asked_on=max((asked[row.pk] for row in rows if row.pk in asked), default=None),
                has_strategist=home.pk in seated,
            )
        )
    order = [value for value, _ in ANSWERS]
    return sorted(candidates, key=lambda each: (order.index(each.answer.value), each.name))


def newest_answer(rows: Iterable[Participation], today: date) -> Answer:
    """What was said on the answer page goes before what the same omgång's report says; of two, the later."""
    said = [(found[0], -place, found[1]) for place, row in enumerate(rows) if (found := _answer_in(row, today))]
    return max(said, key=lambda each: each[:2])[2] if said else Answer()


def _answer_in(row: Participation, today: date) -> tuple[date, Answer] | None:
    """With the day it is from; what a report says is from its omgång's end."""
    offer: MentorOffer | None = getattr(row, "mentor_offer", None)
    if offer:
        return offer.said_on, Answer(offer.answer, offer.said_on, offer.not_before, offer.tells_about, row.cohort.name)
    if row.mentor_next:
        return min(row.cohort.ends_on, today), Answer(row.mentor_next, cohort=row.cohort.name)
    return None


def loads_of(participations: Iterable[Participation]) -> dict[int, Load]:
    """What mentoring organisations support, read in two queries however many they are."""
    rows = list(participations)
    tasks: dict[int, list[GroupMentor]] = defaultdict(list)
    for mentorship in GroupMentor.objects.filter(participation__in=[row.pk for row in rows]).select_related("group"):
        tasks[mentorship.participation_id].append(mentorship)
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
    """By organisation, the other omgångar that it has been through or is in, the newest first."""
    begun = Q(cohort__starts_on__lte=today) & ~Q(cohort=cohort)
    rows = (
        Participation.objects.filter(begun, cohort__constructed=cohort.constructed)
        .exclude(status=Status.WITHDRAWN)
        .with_organisation()
        .select_related("cohort", "mentor_offer", "mentor_agreement")
        .order_by("-cohort__starts_on", "-cohort__ends_on", "pk")
    )
    found: dict[int, list[Participation]] = defaultdict(list)
    for row in rows:
        found[row.organisation_id].append(row)
    return dict(found)


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
    return [assignment.mentorship.theme for load in loads for assignment in load.assignments]
