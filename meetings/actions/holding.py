"""What the actions of a meeting share: its row held, and whose trail an event enters."""

from accounts.models import User
from meetings.models import Meeting


def held(meeting: Meeting) -> Meeting:
    """Held until the action is done, so that those who change the same meeting come one after the other."""
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("cohort", "host__organisation")
    return rows.get(pk=meeting.pk)


def trail_of(meeting: Meeting, by: User) -> str:
    """SKR's own doings are SKR's; what a host does stands in the host's."""
    return "" if by.skr_role or meeting.host is None else meeting.host.organisation.code


def about(meeting: Meeting) -> dict[str, str]:
    """Where in the programme it was, for the trail."""
    return {"cohort": str(meeting.cohort)}
