"""Individual rating as pages show it: how many are ready and, once it is closed, who has rated.

While it is open no page says who is ready, nor how many where fewer than three are invited: the number would say it.
Single values appear only as dots by function, in the working meeting, after the round is closed.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Exists, F, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from assessments.enums import AssessmentState
from assessments.models import Assessment, Rater, RatingRound
from assessments.perms import EDIT_ASSESSMENT, LEAD_ROUND, READ_OWN_ASSESSMENT
from cohorts.enums import Function, Status
from cohorts.models import Delegate
from cohorts.roles import Roles
from kit.ordering import swedish
from kit.permissions import may

# Of two, whoever leads the round is often one, and then the number says what the other has done.
COUNTED_FROM = 3


@dataclass(frozen=True)
class Way:
    """A link to something that can be done with an assessment now."""

    url: str
    label: str


@dataclass(frozen=True)
class Invited:
    """A person who was asked to rate alone; `seated` is True if they still act for the organisation."""

    user_id: int
    name: str
    function: str
    done: bool
    seated: bool

    @property
    def called(self) -> str:
        return f"{self.name}, {Function(self.function).label.lower()}"


@dataclass(frozen=True)
class RoundProgress:
    """Progress of an individual rating; while it is open, people who have left the organisation do not count."""

    is_open: bool
    invited: tuple[Invited, ...]

    @cached_property
    def counted(self) -> list[Invited]:
        return [person for person in self.invited if person.seated or not self.is_open]

    @property
    def number(self) -> int:
        return len(self.counted)

    @property
    def ready(self) -> int:
        return sum(person.done for person in self.counted)

    @property
    def is_counted(self) -> bool:
        return is_counted(self.number, is_open=self.is_open)

    @property
    def have_rated(self) -> list[Invited]:
        return [] if self.is_open else [person for person in self.counted if person.done]

    @property
    def have_not_rated(self) -> list[Invited]:
        return [] if self.is_open else [person for person in self.counted if not person.done]

    @property
    def functions(self) -> dict[str, int]:
        """Return how many of each function have rated; empty while the round is open."""
        functions = [person.function for person in self.have_rated]
        return {function: functions.count(function) for function in Function.values if function in functions}

    def asks(self, user: User) -> bool:
        return self.is_open and any(person.user_id == user.pk for person in self.invited)


def is_counted(number: int, *, is_open: bool) -> bool:
    """True if how many are ready does not say who is, where so many are invited."""
    return not is_open or number >= COUNTED_FROM


def standing_of(assessment: Assessment) -> RoundProgress | None:
    """Return the progress of the assessment's individual rating in one query, or None if there is no such rating."""
    query = (
        RatingRound.objects.filter(assessment=assessment)
        .annotate(rater=F("raters__user"), seated=is_seated("raters__user", "assessment"))
        .values_list(
            "closed_at", "rater", "raters__user__name", "raters__function", "raters__done_at", "seated", named=True
        )
    )
    rows = list(query)
    if not rows:
        return None
    people = [
        Invited(row.rater, row.raters__user__name, row.raters__function, row.raters__done_at is not None, row.seated)
        # A round without raters is one row of nulls.
        for row in rows
        if row.rater is not None
    ]
    invited = sorted(people, key=lambda person: _order(person.function, person.name))
    return RoundProgress(rows[0].closed_at is None, tuple(invited))


def _order(function: str, name: str) -> tuple[int, tuple[str, ...]]:
    # The order must not show who is ready.
    return Function.values.index(function), swedish(name)


def seated_raters(assessment: Assessment) -> QuerySet[Rater]:
    return Rater.objects.filter(is_seated("user", "round__assessment"), round__assessment=assessment)


def is_seated(user: str, assessment: str) -> Exists:
    """Return a condition: the person acts today for the assessed organisation. Both arguments are field names."""
    organisation = OuterRef(f"{assessment}__participation__organisation")
    current = Delegate.objects.current(timezone.localdate())
    return Exists(current.filter(user=OuterRef(user), participation__organisation=organisation).order_by())


def who_may_be_invited(assessment: Assessment, today: date) -> list[Delegate]:
    """Return each person of the organisation once, by their seat in this omgång if they have one here."""
    participation = assessment.participation
    current = Delegate.objects.current(today).filter(participation__organisation=participation.organisation_id)
    by_user: dict[int, Delegate] = {}
    for delegate in current.select_related("user", "participation"):
        if delegate.user_id not in by_user or delegate.participation_id == participation.pk:
            by_user[delegate.user_id] = delegate
    return sorted(by_user.values(), key=lambda delegate: _order(delegate.function, delegate.user.name))


def rater_of(assessment: Assessment, user: User) -> Rater | None:
    invited = Rater.objects.filter(round__assessment=assessment, user=user)
    return invited.select_related("round").prefetch_related("ratings").first()


def is_alone_in_function(rater: Rater) -> bool:
    """True if the person is the only rater with that function: showing the dot would identify them."""
    return Rater.objects.filter(round=rater.round_id, function=rater.function).count() == 1


def own_ratings_waiting(user: User, roles: Roles) -> list[Assessment]:
    if not roles.organisation_ids:
        return []
    invited = Rater.objects.filter(user=user, done_at=None, round__closed_at=None)
    waiting = (
        Assessment.objects.visible_to(roles)
        .filter(
            state=AssessmentState.DRAFT,
            participation__organisation__in=roles.organisation_ids,
            round__in=invited.values("round"),
        )
        .exclude(participation__status=Status.WITHDRAWN)
    )
    return list(waiting.select_related("participation__organisation", "meeting", "part"))


def ways_for(assessment: Assessment, user: User) -> list[Way]:
    """Return the person's links in working order, in at most one query."""
    if not may(user, READ_OWN_ASSESSMENT, assessment):
        return []
    pk, ways = assessment.pk, []
    if assessment.is_draft:
        standing = standing_of(assessment)
        is_open = standing is not None and standing.is_open
        if standing and standing.asks(user):
            ways.append(Way(reverse("assessments:rate_alone", args=[pk]), "Din enskilda skattning"))
        if may(user, LEAD_ROUND, assessment):
            ways.append(Way(reverse("assessments:round", args=[pk]), _round_label(standing)))
        if may(user, EDIT_ASSESSMENT, assessment) and not is_open:
            ways.append(Way(reverse("assessments:meet", args=[pk]), "Gå igenom tillsammans"))
    return [*ways, Way(reverse("assessments:minutes", args=[pk]), "Minnesanteckningar")]


def _round_label(standing: RoundProgress | None) -> str:
    if standing is None:
        return "Skatta enskilt först"
    if not standing.is_counted:
        return "Enskild skattning pågår"
    done = "klara" if standing.is_open else "har skattat"
    return f"Enskild skattning: {standing.ready} av {standing.number} {done}"
