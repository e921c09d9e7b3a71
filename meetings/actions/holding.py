"""Helpers for the actions of a meeting: row locks, and the trail that an event belongs to."""

from collections.abc import Iterable

from django.db.models import QuerySet

from accounts.models import User
from cohorts.models import Cohort, Delegate, Participation
from meetings.models import Meeting


def hold_days(cohort: Cohort) -> Cohort:
    """Lock an omgång's dates and the links between its meetings; must come before `locked`, to avoid a deadlock."""
    return Cohort.objects.select_for_update(of=("self",)).select_related("contact").get(pk=cohort.pk)


def locked(meeting: Meeting) -> Meeting:
    rows = Meeting.objects.select_for_update(of=("self",), no_key=True).select_related("cohort", "host__organisation")
    return rows.get(pk=meeting.pk)


def hold_in_order(meetings: QuerySet[Meeting]) -> None:
    """Lock several meetings by key, always in that order so that no two actions wait for each other."""
    list(meetings.select_for_update(of=("self",), no_key=True).order_by("pk"))


def locked_seats(pks: Iterable[int]) -> dict[int, Delegate]:
    """Lock the seats' organisations and return the seats that still exist; must come before `locked`."""
    seats = Delegate.objects.filter(pk__in=list(pks))
    members = Participation.objects.filter(pk__in=list(seats.values_list("participation", flat=True)))
    list(members.select_for_update(of=("self",), no_key=True).order_by("pk"))
    return {seat.pk: seat for seat in seats.select_related("participation__organisation").order_by("pk")}


def trail_of(meeting: Meeting, by: User) -> str:
    """Return the code of the organisation whose trail gets the event: the host's, or none if SKR acts."""
    return "" if by.skr_role or meeting.host is None else meeting.host.organisation.code


def about(meeting: Meeting) -> dict[str, str]:
    return {"cohort": str(meeting.cohort)}
