"""Individual rating as the pages tell of it: how many are ready, and when it is closed who has rated.

While it is open no page says who is ready. Nobody's values are told to anyone else but as dots by function, in the
working meeting, when it is closed.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Exists, F, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from checklist.enums import AssessmentState
from checklist.models import Assessment, Rater, RatingRound
from cohorts.enums import Function, Status
from cohorts.models import Delegate
from cohorts.roles import Roles
from modell.permissions import Perm, may


@dataclass(frozen=True)
class Way:
    """A link to something that can be done with an assessment now."""

    url: str
    label: str


@dataclass(frozen=True)
class Invited:
    """One who was asked to rate alone; `seated` says that they still act for the organisation."""

    user_id: int
    name: str
    function: str
    done: bool
    seated: bool

    @property
    def called(self) -> str:
        return f"{self.name}, {Function(self.function).label.lower()}"


@dataclass(frozen=True)
class Standing:
    """How far an individual rating has come. Who has left the organisation is not counted while it is open."""

    is_open: bool
    invited: tuple[Invited, ...]

    @cached_property
    def counted(self) -> list[Invited]:
        return [one for one in self.invited if one.seated or not self.is_open]

    @property
    def number(self) -> int:
        return len(self.counted)

    @property
    def ready(self) -> int:
        return sum(one.done for one in self.counted)

    @property
    def have_rated(self) -> list[Invited]:
        """Only for a closed one: who has given anything."""
        return [] if self.is_open else [one for one in self.counted if one.done]

    @property
    def have_not_rated(self) -> list[Invited]:
        return [] if self.is_open else [one for one in self.counted if not one.done]

    @property
    def functions(self) -> dict[str, int]:
        """How many of each function have rated, once that may be told."""
        functions = [one.function for one in self.have_rated]
        return {function: functions.count(function) for function in Function.values if function in functions}

    def waits_for(self, user: User) -> bool:
        return self.is_open and any(one.user_id == user.pk and not one.done for one in self.invited)

    def asks(self, user: User) -> bool:
        return self.is_open and any(one.user_id == user.pk for one in self.invited)


def standing_of(assessment: Assessment) -> Standing | None:
    """Its individual rating, if there is one: one query, however many are invited."""
    rows = (
        RatingRound.objects.filter(assessment=assessment)
        .annotate(rater=F("raters__user"), seated=is_seated("raters__user", "assessment"))
        .values_list(
            "closed_at", "rater", "raters__user__name", "raters__function", "raters__done_at", "seated", named=True
        )
    )
    found = list(rows)
    if not found:
        return None
    people = [
        Invited(row.rater, row.raters__user__name, row.raters__function, row.raters__done_at is not None, row.seated)
        for row in found
        if row.rater is not None
    ]
    return Standing(found[0].closed_at is None, tuple(sorted(people, key=lambda one: _order(one.function, one.name))))


def _order(function: str, name: str) -> tuple[int, str]:
    """Politicians first, and within a function by name: never by who is ready."""
    return Function.values.index(function), name.casefold()


def seated_raters(assessment: Assessment) -> QuerySet[Rater]:
    """Those invited who still act for the organisation."""
    return Rater.objects.filter(is_seated("user", "round__assessment"), round__assessment=assessment)


def is_seated(user: str, assessment: str) -> Exists:
    """Whether the person has a seat today for the organisation whose assessment it is; both are names of fields."""
    organisation = OuterRef(f"{assessment}__participation__organisation")
    current = Delegate.objects.current(timezone.localdate())
    return Exists(current.filter(user=OuterRef(user), participation__organisation=organisation).order_by())


def who_may_be_invited(assessment: Assessment, today: date) -> list[Delegate]:
    """The organisation's people now, each once: by the seat in the omgång it is about, else by another."""
    participation = assessment.participation
    current = Delegate.objects.current(today).filter(participation__organisation=participation.organisation_id)
    found: dict[int, Delegate] = {}
    for delegate in current.select_related("user", "participation"):
        if delegate.user_id not in found or delegate.participation_id == participation.pk:
            found[delegate.user_id] = delegate
    return sorted(found.values(), key=lambda delegate: _order(delegate.function, delegate.user.name))


def rater_of(assessment: Assessment, user: User) -> Rater | None:
    """The person as one who rates alone, with what they have chosen."""
    invited = Rater.objects.filter(round__assessment=assessment, user=user)
    return invited.select_related("round").prefetch_related("ratings").first()


def is_alone_in_function(rater: Rater) -> bool:
    """Then a dot by function is a dot by name to who knows the others."""
    return Rater.objects.filter(round=rater.round_id, function=rater.function).count() == 1


def own_ratings_waiting(user: User, roles: Roles) -> list[Assessment]:
    """The assessments whose individual rating waits for this person."""
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
    """What this person can do now beside the rating page, in the order it is done; one query at most."""
    if not may(user, Perm.READ_OWN_ASSESSMENT, assessment):
        return []
    pk, ways = assessment.pk, []
    if assessment.is_draft:
        standing = standing_of(assessment)
        is_open = standing is not None and standing.is_open
        if standing and standing.asks(user):
            ways.append(Way(reverse("checklist:rate_alone", args=[pk]), "Din enskilda skattning"))
        if may(user, Perm.LEAD_ROUND, assessment):
            ways.append(Way(reverse("checklist:round", args=[pk]), _told(standing)))
        if may(user, Perm.EDIT_ASSESSMENT, assessment) and not is_open:
            ways.append(Way(reverse("checklist:meet", args=[pk]), "Gå igenom tillsammans"))
    return [*ways, Way(reverse("checklist:minutes", args=[pk]), "Minnesanteckningar")]


def _told(standing: Standing | None) -> str:
    if standing is None:
        return "Skatta enskilt först"
    done = "klara" if standing.is_open else "har skattat"
    return f"Enskild skattning: {standing.ready} av {standing.number} {done}"
