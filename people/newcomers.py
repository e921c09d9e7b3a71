"""Whom a name and an address mean: a new person, one of the organisation's own, or one who must be asked first."""

from dataclasses import dataclass

from django.utils import timezone

from accounts.models import User
from cohorts.models import Participation
from kit.canonical import canonical_address


@dataclass(frozen=True)
class Newcomer:
    """Describes a person who is to get a seat, as a form or a list names them."""

    name: str
    email: str
    function: str
    deputy: bool

    def __post_init__(self) -> None:
        object.__setattr__(self, "email", canonical_address(self.email))


def is_known_here(user: User, participation: Participation) -> bool:
    """True if the person has a seat for the organisation, or has had one and nothing anywhere else."""
    here = user.seats.filter(participation__organisation=participation.organisation_id)
    if here.current_or_coming(timezone.localdate()).exists():
        return True
    elsewhere = user.seats.exclude(participation__organisation=participation.organisation_id)
    return here.exists() and not (elsewhere.exists() or user.evaluations.exists())


def is_in_use(user: User) -> bool:
    """True if the account is somebody's: they have signed in, or have been given something to do."""
    is_somebodys = bool(user.skr_role) or not user.is_active or user.last_login is not None
    return is_somebodys or user.seats.exists() or user.evaluations.exists()


def must_be_asked(user: User, participation: Participation, by: User | None) -> bool:
    """True if the person is known elsewhere: nobody there may learn who they are, or give them work, without a yes.

    SKR knows who works there and whose account is closed, and is refused with that reason instead.
    """
    if user.skr_role or not user.is_active:
        return by is not None and not by.skr_role
    return is_in_use(user) and not is_known_here(user, participation)
