from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from cohorts.enums import Function
from cohorts.models import Cohort, GroupMentor
from cohorts.roles import Roles, Seat
from meetings.kinds import MeetingKind

if TYPE_CHECKING:
    from meetings.models import Meeting


class MeetingQuerySet(models.QuerySet):
    def visible_to(self, roles: Roles) -> "MeetingQuerySet":
        # Everyone in an omgång sees all its meetings, also those of other groups.
        return self.filter(cohort__in=Cohort.objects.visible_to(roles))

    def read_by(self, roles: Roles) -> "MeetingQuerySet":
        """Return the meetings at which the person may read what was said: READ_AT_MEETING, for the database."""
        return self if roles.is_skr else self.filter(_reads(roles))

    def beside(self, meeting: "Meeting") -> "MeetingQuerySet":
        """Return the others that one may copy from: never between a rehearsal and another omgång."""
        return self.filter(cohort__in=Cohort.objects.beside(meeting.cohort)).exclude(pk=meeting.pk)

    def taking_place(self) -> "MeetingQuerySet":
        """Return the meetings that are not called off: `is_cancelled`, for the database."""
        return self.filter(cancelled_on=None)

    def assessed(self) -> "MeetingQuerySet":
        return self.filter(kind__in=[kind for kind in MeetingKind if kind.facts.is_assessed])

    def learning(self) -> "MeetingQuerySet":
        return self.taking_place().filter(kind__in=[kind for kind in MeetingKind if kind.facts.is_mentored])

    def coming(self, today: date) -> "MeetingQuerySet":
        return self.taking_place().filter(ends_on__gte=today).order_by("starts_on", "number")

    def begun(self, today: date) -> "MeetingQuerySet":
        return self.filter(starts_on__lte=today)


class CalendarFeedQuerySet(models.QuerySet):
    def visible_to(self, roles: Roles) -> "CalendarFeedQuerySet":
        return self.filter(user=roles.user_id)

    def published(self) -> "CalendarFeedQuerySet":
        # A calendar has only the key, so a closed account must be refused here.
        return self.filter(user__is_active=True).select_related("user")


class SharedQuerySet(models.QuerySet):
    """Rows that everyone at a meeting may read."""

    def visible_to(self, roles: Roles) -> "SharedQuerySet":
        return self if roles.is_skr else self.filter(_reads(roles, "meeting__"))


class OutcomeQuerySet(models.QuerySet):
    """Rows of what was said and agreed at a meeting."""

    def visible_to(self, roles: Roles) -> "OutcomeQuerySet":
        """Return the rows of one's own organisation, group and mentors, and those of no organisation."""
        if roles.is_skr:
            return self
        near = _near(roles) | Q(participation=None)
        return self.filter(_reads(roles, "meeting__") & near | _evaluated(roles, "meeting__"))


class IdeaQuerySet(models.QuerySet):
    """Ideas that organisations take home."""

    def visible_to(self, roles: Roles) -> "IdeaQuerySet":
        """Return ideas as `OutcomeQuerySet` does, and those that others have taken from one's own organisation."""
        if roles.is_skr:
            return self
        given = Q(source__organisation__in=roles.organisation_ids)
        return self.filter(_reads(roles, "meeting__") & _near(roles) | given | _evaluated(roles, "meeting__"))


def _reads(roles: Roles, to: str = "") -> Q:
    """Match the meetings at which the person reads; `to` is the way to the meeting. The same as `whom.seats_at`."""
    led = [seat for seat in roles.seats if seat.function == Function.STRATEGIST and not seat.has_left]
    reads = _evaluated(roles, to) | Q(**{f"{to}host__in": [seat.participation_id for seat in led]})
    for seat in roles.seats:
        reads |= _reads_in(seat, roles, to)
    return reads


def _reads_in(seat: Seat, roles: Roles, to: str) -> Q:
    groups = roles.mentored_group_ids if seat.is_mentoring else {seat.group_id} - {None}
    within = Q(**{f"{to}cohort": seat.cohort_id}) & (Q(**{f"{to}group": None}) | Q(**{f"{to}group__in": groups}))
    if seat.participation.is_withdrawn:
        within &= Q(**{f"{to}starts_on__lte": seat.participation.withdrawn_on or date.min})
    if not seat.is_mentoring:
        within &= ~Q(**{f"{to}kind__in": [kind for kind in MeetingKind if kind.facts.is_for_mentors_only]})
    return within


def _evaluated(roles: Roles, to: str) -> Q:
    return Q(**{f"{to}cohort__in": roles.evaluated_cohort_ids})


def _near(roles: Roles) -> Q:
    """Match one's own organisation, group and mentors; in an omgång without groups, all its participants."""
    groups = roles.group_ids | roles.mentored_group_ids
    ungrouped = {seat.cohort_id for seat in roles.seats if seat.group_id is None and not seat.is_mentoring}
    mentors = GroupMentor.objects.filter(group__in=groups).order_by().values("participation")
    return (
        Q(participation__organisation__in=roles.organisation_ids)
        | Q(participation__group__in=groups)
        | Q(participation__in=mentors)
        | Q(participation__group=None, participation__cohort__in=ungrouped)
    )
