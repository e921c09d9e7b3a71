"""How an omgång's participants moved along the chain, and its mentors' outcomes, as far as a reader may see them.

Both go through the door of the figures (ADR 18). A reader who does not read everything sees only the days of the
omgång's own meetings, and today: days of one's own choice could be subtracted from each other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch, Q

from assessments.figures.disclosure import Entry, PastPanel, Shown, Sight, View, sight_of
from assessments.figures.panels import entries_of, kinds_of, past_panels, published_at
from assessments.figures.sights import Rights, rights_of
from assessments.models import PublishedAnswers
from cohorts.enums import Role, Status
from cohorts.models import Cohort, Participation
from cohorts.roles import Roles
from improvements.enums import Stage
from improvements.models import Effort
from improvements.movement import ChainMovement, got_on, movement_of

OUTCOME = "outcome"
LATE = frozenset({Stage.OUTCOME, Stage.SOCIETAL_EFFECT})


@dataclass(frozen=True)
class StageMovement:
    """How many participants had a shared effort that reached the stage, then and now; None where it is not shown."""

    stage: Stage
    before: int | None
    after: int | None

    @property
    def label(self) -> str:
        return str(self.stage.label)

    @property
    def count(self) -> int | None:
        """Return the number that the chevron shows."""
        return self.after


@dataclass(frozen=True)
class CohortMovement:
    """One kind's movement between two days; `efforts` is None unless the reader reads every effort behind it."""

    kind: str
    start: date
    end: date
    n: int
    stages: tuple[StageMovement, ...]
    efforts: ChainMovement | None

    @property
    def is_hidden(self) -> bool:
        return all(stage.before is None and stage.after is None for stage in self.stages)


@dataclass(frozen=True)
class MentorOutcomes:
    """How many of one kind's mentors have a shared effort that has reached an outcome; None where it is not shown."""

    kind: str
    n: int
    n_reached: int | None


def days_of(cohort: Cohort, today: date) -> list[date]:
    """Return the first day, the days of the assessed meetings that have begun, and today, in order."""
    meetings = cohort.meetings.assessed().taking_place().filter(starts_on__lt=today)
    return sorted({*meetings.values_list("starts_on", flat=True), min(cohort.starts_on, today), today})


def movement_in(cohort: Cohort, roles: Roles, start: date, end: date, today: date) -> tuple[CohortMovement, ...]:
    """Return the movement by kind (kommun, region), which are never pooled."""
    stayed = ~Q(status=Status.WITHDRAWN) | Q(reported=True)
    members = _with_efforts(cohort.participations.participants().filter(stayed))
    rights, days = rights_of(roles, cohort), days_of(cohort, today)
    published = published_at(PublishedAnswers.objects.filter(participation__cohort=cohort, meeting=None))
    disclosed = frozenset(entries_of(published))
    releases = list(cohort.releases.order_by("pk"))
    movements = []
    for kind in kinds_of(cohort):
        of_kind = [member for member in members if member.kind == kind]
        if of_kind:
            printed = list(past_panels([row for row in releases if row.kind == kind]))
            panels = _Panels(of_kind, rights, disclosed, printed, days, today)
            movements.append(panels.movement(kind, start, end))
    return tuple(movements)


def mentor_outcomes(cohort: Cohort, roles: Roles, today: date) -> tuple[MentorOutcomes, ...]:
    """Return the mentors' outcomes by kind: the reports of the programme find outcomes mostly among mentors."""
    mentors = _with_efforts(cohort.participations.filter(role=Role.MENTOR).exclude(status=Status.WITHDRAWN))
    read = Participation.objects.whose_work_is_read_by(roles).filter(cohort=cohort, role=Role.MENTOR)
    rights = frozenset(read.values_list("pk", flat=True))
    by_kind = ((kind, [mentor for mentor in mentors if mentor.kind == kind]) for kind in kinds_of(cohort))
    return tuple(_outcomes(kind, of_kind, rights, today) for kind, of_kind in by_kind if of_kind)


def has_outcome(efforts: Iterable[Effort], on: date, today: date) -> bool:
    return any(LATE & got_on(effort, on, today) for effort in efforts)


def _outcomes(kind: str, mentors: list[Participation], rights: Rights, today: date) -> MentorOutcomes:
    live = {pk.pk: {OUTCOME: Decimal(has_outcome(_efforts(pk), today, today))} for pk in mentors}
    offered = {(row.pk, OUTCOME, Decimal(1)) for row in mentors if has_outcome(_offered(row), today, today)}
    seen = sight_of(rights, live, {}, frozenset(offered), [PastPanel(live, frozenset(offered))])
    shown = seen.shown != Shown.OWN and OUTCOME not in seen.hidden
    reached = sum(int(answers[OUTCOME]) for answers in live.values())
    return MentorOutcomes(kind, len(mentors), reached if shown else None)


@dataclass(frozen=True)
class _Panels:
    """The participants of one kind on each of the days that may be chosen."""

    members: list[Participation]
    rights: Rights
    disclosed: frozenset[Entry]
    printed: list[PastPanel]
    days: Sequence[date]
    today: date

    def movement(self, kind: str, start: date, end: date) -> CohortMovement:
        reads_all = self._sight(self.today).shown == Shown.ALL
        before, after = self._counts(start, reads_all=reads_all), self._counts(end, reads_all=reads_all)
        stages = tuple(StageMovement(stage, before.get(stage), after.get(stage)) for stage in Stage)
        efforts = [effort for member in self.members for effort in _efforts(member)] if reads_all else None
        moved = movement_of(efforts, start, end, self.today) if efforts is not None else None
        return CohortMovement(kind, start, end, len(self.members), stages, moved)

    def _counts(self, on: date, *, reads_all: bool) -> dict[Stage, int]:
        """Return the number at each stage that the reader may be shown on the day."""
        if not reads_all and on not in self.days:
            return {}
        panel = self._panel(on)
        seen = self._sight(on)
        # An older panel stands in for one that would give an organisation away.
        if not reads_all and (seen.shown != Shown.FIGURES or seen.answers != panel):
            return {}
        hidden = frozenset() if reads_all else seen.hidden
        return {stage: sum(int(answers[stage]) for answers in panel.values()) for stage in Stage if stage not in hidden}

    def _sight(self, on: date) -> Sight:
        """Return what the reader sees on the day, having seen every earlier day that may be chosen."""
        past = [PastPanel(self._panel(day), self._disclosed_on(day)) for day in self.days if day <= on]
        return sight_of(self.rights, self._panel(on), {}, self._disclosed_on(on), [*self.printed, *past])

    def _panel(self, on: date) -> View:
        return {member.pk: _as_answers(_got(_efforts(member), on, self.today)) for member in self.members}

    def _disclosed_on(self, on: date) -> frozenset[Entry]:
        # An offered example names its organisation, so anyone knows that it has reached the stage.
        offered = {
            (member.pk, str(stage), Decimal(1))
            for member in self.members
            for stage in _got(_offered(member), on, self.today)
        }
        return self.disclosed | offered


def _got(efforts: Iterable[Effort], on: date, today: date) -> set[Stage]:
    return {stage for effort in efforts for stage in got_on(effort, on, today)}


def _as_answers(reached: set[Stage]) -> dict[str, Decimal]:
    return {str(stage): Decimal(stage in reached) for stage in Stage}


def _with_efforts(members: "Iterable[Participation]") -> list[Participation]:
    shared = Effort.objects.filter(shared=True).prefetch_related("steps", "past_steps")
    rows = members.select_related("organisation")  # type: ignore[attr-defined]
    return list(rows.prefetch_related(Prefetch("efforts", shared, to_attr="shared_efforts")))


def _efforts(member: Participation) -> list[Effort]:
    efforts: list[Effort] = member.shared_efforts  # type: ignore[attr-defined]
    return efforts


def _offered(member: Participation) -> list[Effort]:
    return [effort for effort in _efforts(member) if effort.example]
