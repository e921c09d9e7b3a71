"""Agreements from a meeting and from those before it, with what the reader may do about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from accounts.models import User
from cohorts.enums import Function
from cohorts.roles import Roles, roles_of
from kit.permissions import may
from meetings.models import Agreement, Meeting
from meetings.perms import CHANGE_AGREEMENT, TICK_AGREEMENT


@dataclass(frozen=True)
class Agreed:
    """An agreement with what the reader may do about it."""

    agreement: Agreement
    may_tick: bool
    may_change: bool
    late: bool

    @property
    def whose(self) -> str:
        row = self.agreement
        organisation = row.participation.organisation.name if row.participation else "Alla på träffen"
        function = str(Function(row.function).label).lower() if row.function else ""
        return f"{organisation}, {function}" if function else organisation


def agreements_at(meeting: Meeting, roles: Roles) -> QuerySet[Agreement]:
    """Return the meeting's agreements, and those from earlier meetings of the same organisations."""
    rows = Agreement.objects.visible_to(roles).filter(
        Q(meeting=meeting) | Q(meeting__cohort=meeting.cohort_id, meeting__starts_on__lt=meeting.starts_on)
    )
    if meeting.group_id is not None:
        rows = rows.filter(Q(meeting__group=None) | Q(meeting__group=meeting.group_id))
    return rows.select_related("meeting", "participation__organisation", "owner__user").order_by(
        "-meeting__starts_on", "meeting", "participation__position", "position", "pk"
    )


def agreed_of(meeting: Meeting, user: User, today: date) -> list[Agreed]:
    rows = agreements_at(meeting, roles_of(user))
    return [
        Agreed(
            row,
            may_tick=may(user, TICK_AGREEMENT, row),
            may_change=may(user, CHANGE_AGREEMENT, row),
            late=row.done_on is None and row.due_on is not None and row.due_on < today,
        )
        for row in rows
    ]


def earlier_of(agreed: list[Agreed], meeting: Meeting) -> tuple[Agreed, ...]:
    """Return all agreements from the latest meeting before this that has any, and the open ones from the rest."""
    before = [row for row in agreed if row.agreement.meeting_id != meeting.pk]
    last = before[0].agreement.meeting_id if before else None
    return tuple(row for row in before if row.agreement.meeting_id == last or row.agreement.done_on is None)
