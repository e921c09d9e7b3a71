"""The steps of the programme as an organisation follows them: what each gives, what to prepare, how far it has come."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Prefetch, Q

from assessments.models import Assessment
from cohorts.enums import Function
from cohorts.models import Participation
from cohorts.roles import Roles
from improvements.models import ReachedGoal
from kit.templatetags.swedish import in_words, sentence
from meetings.goals import goals_of
from meetings.models import Meeting, Period, Preparation
from meetings.whom import is_to_prepare, meetings_for


@dataclass(frozen=True)
class ToPrepare:
    """A preparation with its last day; `done` is None to a reader who has none of the seats it is for."""

    preparation: Preparation
    due_on: date
    done: bool | None

    @property
    def whom(self) -> str:
        function = self.preparation.function
        return str(Function(function).label) if function else "Alla"


@dataclass(frozen=True)
class Goal:
    """A goal of the work at home, and the day on which it was ticked, or None."""

    text: str
    reached_on: date | None


@dataclass(frozen=True)
class ProgrammeStep:
    """A meeting, or the work at home between two; the other kind's fields are empty."""

    name: str
    starts_on: date
    ends_on: date
    today: date
    meeting: Meeting | None = None
    period: Period | None = None
    gives: tuple[str, ...] = ()
    prepare: tuple[ToPrepare, ...] = ()
    goals: tuple[Goal, ...] = ()
    rated: bool | None = None

    @property
    def is_past(self) -> bool:
        return self.ends_on < self.today

    @property
    def is_now(self) -> bool:
        return self.starts_on <= self.today <= self.ends_on

    @property
    def progress(self) -> str:
        """Return how far the organisation or the reader has come, in a sentence; empty where nothing is counted."""
        if self.goals:
            return _reached([goal.reached_on is not None for goal in self.goals])
        if self.is_past:
            return ""
        return _ready([to_prepare.done for to_prepare in self.prepare if to_prepare.done is not None])


def _reached(marks: list[bool]) -> str:
    n, of = sum(marks), len(marks)
    if n == of:
        return "Målet är nått." if of == 1 else "Alla mål är nådda."
    if of == 1:
        return "Målet är inte nått än."
    if n <= 1:
        return f"{'Ett' if n else 'Inget'} av {in_words(of)} mål är nått."
    return sentence(f"{in_words(n)} av {in_words(of)} mål är nådda.")


def _ready(marks: list[bool]) -> str:
    n, of = sum(marks), len(marks)
    if n == of:
        return ("Din förberedelse är klar." if of == 1 else "Alla dina förberedelser är klara.") if of else ""
    if of == 1:
        return "Din förberedelse är inte klar än."
    if n <= 1:
        return f"{'En' if n else 'Ingen'} av dina {in_words(of)} förberedelser är klar."
    return sentence(f"{in_words(n)} av dina {in_words(of)} förberedelser är klara.")


def steps_of(participation: Participation, roles: Roles, today: date) -> list[ProgrammeStep]:
    """Return the steps in the order in which they begin; the meetings that are called off are no steps."""
    own = roles.functions_in(participation.organisation_id)
    meetings = Meeting.objects.visible_to(roles).taking_place().filter(cohort=participation.cohort_id)
    functions = own or tuple(Function)
    among = meetings.select_related("cohort").prefetch_related(_preparations(participation, roles))
    asked = meetings_for(participation, among, functions)
    rated = _rated(participation)
    steps = [_of_meeting(meeting, participation, own, rated, today) for meeting in asked]
    if participation.is_participant:
        steps += _of_periods(participation, today)
    return sorted(steps, key=lambda step: (step.starts_on, step.ends_on))


def _preparations(participation: Participation, roles: Roles) -> Prefetch:
    mine = Q(ticks__delegate__user=roles.user_id, ticks__delegate__participation=participation)
    return Prefetch("preparations", Preparation.objects.annotate(n_ticks=Count("ticks", filter=mine)))


def _rated(participation: Participation) -> set[int | None]:
    handed_in = Assessment.objects.submitted().whole().filter(participation=participation)
    return set(handed_in.values_list("meeting", flat=True))


def _of_meeting(
    meeting: Meeting, participation: Participation, own: Collection[str], rated: set[int | None], today: date
) -> ProgrammeStep:
    asked = meeting.is_assessed and participation.is_participant
    return ProgrammeStep(
        meeting.name,
        meeting.starts_on,
        meeting.ends_on,
        today,
        meeting=meeting,
        gives=goals_of(meeting),
        prepare=_to_prepare(meeting, own) if is_to_prepare(participation, meeting) else (),
        rated=(meeting.pk in rated) if asked else None,
    )


def _to_prepare(meeting: Meeting, own: Collection[str]) -> tuple[ToPrepare, ...]:
    rows = [
        ToPrepare(row, meeting.starts_on - timedelta(days=row.days_before), _done(row, own))
        for row in meeting.preparations.all()
    ]
    return tuple(sorted(rows, key=lambda row: row.due_on))


def _done(row: Preparation, own: Collection[str]) -> bool | None:
    if not own or row.function not in ("", *own):
        return None
    return bool(vars(row)["n_ticks"])


def _of_periods(participation: Participation, today: date) -> Iterable[ProgrammeStep]:
    reached: dict[tuple[int, str], date] = {
        (row.period_id, row.goal): row.reached_on for row in ReachedGoal.objects.filter(participation=participation)
    }
    for period in participation.cohort.periods.select_related("after", "before", "cohort"):
        if not participation.is_active_on(period.ends_on):
            continue
        goals = tuple(Goal(text, reached.get((period.pk, text))) for text in goals_of(period))
        yield ProgrammeStep(period.name, period.starts_on, period.ends_on, today, period=period, goals=goals)
