"""What a person is in the programme right now, read once a request; every permission follows from it."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.contrib.auth.models import AnonymousUser
from django.db.models import Value
from django.utils import timezone

from accounts.enums import SkrRole
from accounts.models import User
from cohorts.enums import Role
from cohorts.models import Delegate, Evaluator, GroupMentor


@dataclass(frozen=True)
class Seat:
    """One current seat: a function for an organisation in an omgång."""

    participation_id: int
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

    @property
    def is_mentoring(self) -> bool:
        return self.role != Role.PARTICIPANT


@dataclass(frozen=True)
class Mentored:
    """A group that one's organisation mentors, often for one theme."""

    group_id: int
    theme: str


@dataclass(frozen=True)
class Roles:
    user_id: int | None = None
    skr_role: str = ""
    seats: tuple[Seat, ...] = ()
    mentored: frozenset[Mentored] = field(default_factory=frozenset)
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
        """The seat a page belongs to: the one in that omgång, else the one whose omgång lasts longest."""
        here = [seat for seat in self.seats if seat.cohort_slug == cohort_slug]
        return max(here or self.seats, key=lambda seat: seat.cohort_ends_on, default=None)

    @cached_property
    def organisation_ids(self) -> frozenset[int]:
        return frozenset(seat.organisation_id for seat in self.seats)

    @cached_property
    def cohort_ids(self) -> frozenset[int]:
        """The omgångar one takes part in, as participant or mentor."""
        return frozenset(seat.cohort_id for seat in self.seats)

    @cached_property
    def mentored_group_ids(self) -> frozenset[int]:
        return frozenset(one.group_id for one in self.mentored)

    @cached_property
    def group_ids(self) -> frozenset[int]:
        """The groups one's organisations are members of."""
        return frozenset(
            seat.group_id for seat in self.seats if seat.group_id is not None and seat.role == Role.PARTICIPANT
        )

    def functions_in(self, organisation_id: int) -> frozenset[str]:
        """What one does for that organisation, in any omgång."""
        return frozenset(seat.function for seat in self.seats if seat.organisation_id == organisation_id)


NOBODY = Roles()


def roles_of(user: User | AnonymousUser) -> Roles:
    """The person's roles today; kept on the user object, so that a request asks the database once."""
    # Looked for first: a page may ask a thousand times, and a request's lazy user answers each question slowly.
    known: Roles | None = getattr(user, "_roles", None)
    if known is not None:
        return known
    if not isinstance(user, User):
        return NOBODY
    user._roles = _read(user)  # type: ignore[attr-defined]
    return user._roles  # type: ignore[attr-defined]


def _seat(delegate: Delegate, today: date) -> Seat:
    """One whose organisation has left keeps its own and the omgång's to read, and is no longer in the group."""
    participation = delegate.participation
    has_left = participation.has_left_by(today)
    return Seat(
        participation_id=participation.pk,
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
    )


def _read(user: User) -> Roles:
    if user.skr_role:
        return Roles(user_id=user.pk, skr_role=user.skr_role)
    today = timezone.localdate()
    related = ("participation__cohort", "participation__organisation")
    delegates = Delegate.objects.filter(user=user).current(today).select_related(*related)
    seats = tuple(_seat(delegate, today) for delegate in delegates)
    mentoring = [seat.participation_id for seat in seats if seat.is_mentoring and not seat.has_left]
    mentored = GroupMentor.objects.filter(participation__in=mentoring).annotate(of=Value("group")).order_by()
    evaluated = Evaluator.objects.filter(user=user, until__gte=today).annotate(of=Value("cohort")).order_by()
    # Every page asks this, so both are asked in one query.
    evaluated = evaluated.annotate(theme=Value(""))
    rows = mentored.values_list("of", "group_id", "theme").union(evaluated.values_list("of", "cohort_id", "theme"))
    found = [(str(of), int(pk), str(theme)) for of, pk, theme in rows]
    return Roles(
        user_id=user.pk,
        seats=seats,
        mentored=frozenset(Mentored(pk, theme) for of, pk, theme in found if of == "group"),
        evaluated_cohort_ids=frozenset(pk for of, pk, _ in found if of == "cohort"),
    )
