from datetime import date

from django.db import models
from django.db.models import Q

from cohorts.models import Cohort, GroupMentor, Participation
from cohorts.roles import Roles
from meetings.enums import ASSESSED, MeetingKind


class MeetingQuerySet(models.QuerySet):
    def visible_to(self, roles: Roles) -> "MeetingQuerySet":
        """Everyone in an omgång sees its meetings: they are no secret between the groups."""
        return self.filter(cohort__in=Cohort.objects.visible_to(roles))

    def assessed(self) -> "MeetingQuerySet":
        """The meetings before which organisations rate themselves."""
        return self.filter(kind__in=ASSESSED)

    def learning(self) -> "MeetingQuerySet":
        """The lärandeträffar that are held: what mentors support."""
        return self.filter(kind=MeetingKind.LEARNING_MEETING, cancelled_on=None)

    def concerning(self, participation: Participation) -> "MeetingQuerySet":
        """Those of the whole omgång and of the organisation's own group, or of the groups it mentors.

        A mentorträff is the mentors' own.
        """
        groups = [participation.group_id] if participation.group_id else []
        mentored = participation.mentorships.values("group")
        own = Q(group=None) | Q(group__in=groups) | Q(group__in=mentored)
        found = self.filter(own, cohort=participation.cohort_id)
        return found.exclude(kind=MeetingKind.MENTOR_MEETING) if participation.is_participant else found

    def coming(self, today: date) -> "MeetingQuerySet":
        """Those still to be held: one that is called off is none to wait for."""
        return self.filter(ends_on__gte=today, cancelled_on=None).order_by("starts_on", "number")

    def begun(self, today: date) -> "MeetingQuerySet":
        return self.filter(starts_on__lte=today)


class CalendarFeedQuerySet(models.QuerySet):
    def visible_to(self, roles: Roles) -> "CalendarFeedQuerySet":
        """One's own, and nobody else's."""
        return self.filter(user=roles.user_id)

    def published(self) -> "CalendarFeedQuerySet":
        """What a calendar may fetch with its key alone: not of someone whose account is closed."""
        return self.filter(user__is_active=True).select_related("user")


class SharedQuerySet(models.QuerySet):
    """What lies at a meeting."""

    def visible_to(self, roles: Roles) -> "SharedQuerySet":
        """At the whole omgång's for all in it; at a group's own for the group, its mentors, SKR and evaluators."""
        return self if roles.is_skr else self.filter(_at_meeting(roles) | _evaluated(roles))


class OutcomeQuerySet(models.QuerySet):
    """What was said and agreed at a meeting."""

    def visible_to(self, roles: Roles) -> "OutcomeQuerySet":
        """One's own, one's group's and its mentors', and what is nobody's in particular."""
        if roles.is_skr:
            return self
        near = _near(roles) | Q(participation=None)
        return self.filter(_at_meeting(roles) & near | _evaluated(roles))


class IdeaQuerySet(models.QuerySet):
    """Ideas taken home."""

    def visible_to(self, roles: Roles) -> "IdeaQuerySet":
        """As what is said at a meeting; and whose idea it was sees that it was taken."""
        if roles.is_skr:
            return self
        given = Q(source__organisation__in=roles.organisation_ids)
        return self.filter(_at_meeting(roles) & _near(roles) | given | _evaluated(roles))


def _at_meeting(roles: Roles) -> Q:
    whole = Q(meeting__group=None, meeting__cohort__in=roles.cohort_ids)
    return whole | Q(meeting__group__in=roles.group_ids | roles.mentored_group_ids)


def _evaluated(roles: Roles) -> Q:
    return Q(meeting__cohort__in=roles.evaluated_cohort_ids)


def _near(roles: Roles) -> Q:
    """Own organisation, own group and its mentors; where an omgång has no groups, all that take part in it."""
    groups = roles.group_ids | roles.mentored_group_ids
    ungrouped = {seat.cohort_id for seat in roles.seats if seat.group_id is None and not seat.is_mentoring}
    mentors = GroupMentor.objects.filter(group__in=groups).order_by().values("participation")
    return (
        Q(participation__organisation__in=roles.organisation_ids)
        | Q(participation__group__in=groups)
        | Q(participation__in=mentors)
        | Q(participation__group=None, participation__cohort__in=ungrouped)
    )
