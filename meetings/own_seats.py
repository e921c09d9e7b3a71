"""The seats and organisations that a person writes for at a meeting. One that has left the omgång writes nothing."""

from django.db.models import QuerySet
from django.utils import timezone

from cohorts.enums import Function
from cohorts.models import Delegate, Participation
from cohorts.roles import Roles
from meetings.models import Meeting
from meetings.whom import organisations_at, seats_asked_to, seats_at


def own_delegates(roles: Roles, meeting: Meeting) -> list[Delegate]:
    active = organisations_at(meeting).order_by().values("pk")
    own = [seat.participation_id for seat in seats_asked_to(roles, meeting)]
    rows = Delegate.objects.filter(user=roles.user_id, participation__in=own).filter(participation__in=active)
    return list(rows.current(timezone.localdate()).select_related("participation__organisation"))


def own_organisations(roles: Roles, meeting: Meeting, *functions: Function) -> QuerySet[Participation]:
    own = [seat.participation_id for seat in seats_at(roles, meeting) if not functions or seat.function in functions]
    return organisations_at(meeting).filter(pk__in=own)
