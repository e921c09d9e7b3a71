"""A person's roles in the programme today, read once for each request; every permission follows from them."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.enums import SkrRole
from accounts.models import User
from cohorts.enums import Function, Role
from cohorts.models import Delegate, GroupMentor, Participation


@dataclass(frozen=True)
class Seat:
    """A current seat: a function for an organisation in an omgång."""

    participation: Participation
    organisation_id: int
    organisation: str
    code: str
    cohort_id: int
    cohort_slug: str
    cohort_ends_on: date
    constructed: bool
    group_id: int | None
    role: str
    function: str
    has_left: bool = False
    starts_on: date | None = None

    @property
    def participation_id(self) -> int:
        return self.participation.pk

    @property
    def is_mentoring(self) -> bool:
        return self.role != Role.PARTICIPANT


@dataclass(frozen=True)
class Roles:
    user_id: int | None = None
    skr_role: str = ""
    seats: tuple[Seat, ...] = ()
    mentorships: tuple[GroupMentor, ...] = ()
    evaluated_cohort_ids: frozenset[int] = field(default_factory=frozenset)

    @property
    def is_process_leader(self) -> bool:
        return self.skr_role == SkrRole.PROCESS_LEADER

    @property
    def is_administrator(self) -> bool:
        return self.skr_role == SkrRole.ADMINISTRATOR

    @property
    def is_skr(self) -> bool:
        return bool(self.skr_role)

    def seat_for(self, cohort_slug: str | None) -> Seat | None:
        here = [seat for seat in self.seats if seat.cohort_slug == cohort_slug]
        return max(here or self.seats, key=lambda seat: seat.cohort_ends_on, default=None)

    @cached_property
    def organisation_ids(self) -> frozenset[int]:
        return frozenset(seat.organisation_id for seat in self.seats)

    @cached_property
    def cohort_ids(self) -> frozenset[int]:
        return frozenset(seat.cohort_id for seat in self.seats)

    @cached_property
    def mentored_group_ids(self) -> frozenset[int]:
        return frozenset(mentorship.group_id for mentorship in self.mentorships)

    @cached_property
    def group_ids(self) -> frozenset[int]:
        return frozenset(
            seat.group_id for seat in self.seats if seat.group_id is not None and seat.role == Role.PARTICIPANT
        )

    def functions_in(self, organisation_id: int) -> frozenset[str]:
        return frozenset(seat.function for seat in self.seats if seat.organisation_id == organisation_id)


NOBODY = Roles()


def roles_of(user: User | AnonymousUser) -> Roles:
    """Return the person's roles today; they are kept on the user object, so that a request reads them once."""
    # Asked first: a page may ask a thousand times, and each look-up on a request's lazy user is slow.
    known: Roles | None = getattr(user, "_roles", None)
    if known is not None:
        return known
    if not isinstance(user, User):
        return NOBODY
    user._roles = _read(user)  # type: ignore[attr-defined]
    return user._roles  # type: ignore[attr-defined]


def roles_of_organisation(participation: Participation) -> Roles:
    """Return what a strategist of the organisation reads in this omgång, whoever that is."""
    delegate = Delegate(participation=participation, function=Function.STRATEGIST)
    return Roles(seats=(_seat(delegate, timezone.localdate()),))


def _seat(delegate: Delegate, today: date) -> Seat:
    participation = delegate.participation
    # When its organisation has left, a person still reads its own and the omgång's rows, but not the group's.
    has_left = participation.has_left_by(today)
    return Seat(
        participation=participation,
        organisation_id=participation.organisation_id,
        organisation=participation.organisation.name,
        code=participation.code,
        cohort_id=participation.cohort_id,
        cohort_slug=participation.cohort.slug,
        cohort_ends_on=participation.cohort.ends_on,
        constructed=participation.cohort.constructed,
        group_id=None if has_left else participation.group_id,
        role=participation.role,
        function=delegate.function,
        has_left=has_left,
        starts_on=delegate.starts_on,
    )


def _read(user: User) -> Roles:
    if user.skr_role:
        return Roles(user_id=user.pk, skr_role=user.skr_role)
    today = timezone.localdate()
    related = ("participation__cohort__contact", "participation__organisation")
    delegates = Delegate.objects.filter(user=user).current(today).select_related(*related)
    seats = tuple(_seat(delegate, today) for delegate in delegates)
    mentoring = [seat.participation_id for seat in seats if seat.is_mentoring and not seat.has_left]
    return Roles(
        user_id=user.pk,
        seats=seats,
        mentorships=tuple(GroupMentor.objects.filter(participation__in=mentoring)),
        evaluated_cohort_ids=user.evaluated_cohort_ids,
    )
