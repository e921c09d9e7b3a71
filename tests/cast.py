"""The same few people wherever a test needs an omgång with someone in every seat.

Anna owns what is tested, as her organisation's strategist; Eva is her colleague. Gun's organisation is in their group
and Bo's is its mentor. Dag is a strategist in another omgång. Cia leads the process at SKR.
"""

from dataclasses import dataclass
from typing import Any

from accounts.enums import SkrRole
from accounts.models import User
from cohorts.enums import Function
from cohorts.models import Cohort, Group, Participation
from tests.factories import (
    CohortFactory,
    DelegateFactory,
    GroupFactory,
    GroupMentorFactory,
    ParticipationFactory,
    UserFactory,
)


@dataclass(frozen=True)
class Cast:
    """`own` is Anna's organisation in the omgång, `theirs` Gun's, `mentoring` Bo's and `elsewhere` Dag's in another."""

    cohort: Cohort
    group: Group
    own: Participation
    theirs: Participation
    mentoring: Participation
    elsewhere: Participation
    anna: User
    eva: User
    gun: User
    bo: User
    dag: User
    cia: User


def make_cast(**cohort: Any) -> Cast:
    """`cohort` is what the omgång has beyond a factory's defaults."""
    omgang = CohortFactory(**cohort)
    group = GroupFactory(cohort=omgang)
    own, theirs = (ParticipationFactory(cohort=omgang, group=group) for _ in range(2))
    mentoring, elsewhere = GroupMentorFactory(group=group).participation, ParticipationFactory()
    return Cast(
        cohort=omgang,
        group=group,
        own=own,
        theirs=theirs,
        mentoring=mentoring,
        elsewhere=elsewhere,
        anna=_seat(own, "Anna"),
        eva=_seat(own, "Eva", Function.CONTRIBUTOR),
        gun=_seat(theirs, "Gun"),
        bo=_seat(mentoring, "Bo", Function.POLITICIAN),
        dag=_seat(elsewhere, "Dag"),
        cia=UserFactory(name="Cia", email="cia@skr.invalid", skr_role=SkrRole.PROCESS_LEADER),
    )


def _seat(participation: Participation, name: str, function: Function = Function.STRATEGIST) -> User:
    user = UserFactory(name=name, email=f"{name.lower()}@exempel.invalid")
    return DelegateFactory(participation=participation, user=user, function=function).user
