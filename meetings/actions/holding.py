"""What the actions of a meeting share: its row held, and whose trail an event enters."""

from collections.abc import Iterable

from accounts.models import User
from cohorts.models import Delegate, Participation
from meetings.models import Meeting


def held(meeting: Meeting) -> Meeting:
    """Held until the action is done, so that those who change the same meeting come one after the other."""
    rows = Meeting.objects.select_for_update(of=("self",), no_key=True).select_related("cohort", "host__organisation")
    return rows.get(pk=meeting.pk)


def seats_held(pks: Iterable[int]) -> dict[int, Delegate]:
    """Those of the seats that still are, with their organisations' rows held before the meeting's: none is handed
    over until the action is done."""
    seats = Delegate.objects.filter(pk__in=list(pks))
    members = Participation.objects.filter(pk__in=list(seats.values_list("participation", flat=True)))
    list(members.select_for_update(of=("self",), no_key=True).order_by("pk"))
    return {seat.pk: seat for seat in seats.select_related("participation__organisation").order_by("pk")}


def trail_of(meeting: Meeting, by: User) -> str:
    """SKR's own doings are SKR's; what a host does stands in the host's."""
    return "" if by.skr_role or meeting.host is None else meeting.host.organisation.code


def about(meeting: Meeting) -> dict[str, str]:
    """Where in the programme it was, for the trail."""
    return {"cohort": str(meeting.cohort)}
