from datetime import date

from django.db import models
from django.db.models import Q

from cohorts.models import Cohort, Participation
from cohorts.roles import Roles
from meetings.enums import ASSESSED


class MeetingQuerySet(models.QuerySet):
    def visible_to(self, roles: Roles) -> "MeetingQuerySet":
        """Everyone in an omgång sees its meetings: they are no secret between the groups."""
        return self.filter(cohort__in=Cohort.objects.visible_to(roles))

    def assessed(self) -> "MeetingQuerySet":
        """The meetings before which organisations rate themselves."""
        return self.filter(kind__in=ASSESSED)

    def concerning(self, participation: Participation) -> "MeetingQuerySet":
        """Those of the whole omgång and of the organisation's own group, or of the groups it mentors."""
        groups = [participation.group_id] if participation.group_id else []
        mentored = participation.mentorships.values("group")
        own = Q(group=None) | Q(group__in=groups) | Q(group__in=mentored)
        return self.filter(own, cohort=participation.cohort_id)

    def coming(self, today: date) -> "MeetingQuerySet":
        return self.filter(ends_on__gte=today).order_by("starts_on", "number")

    def begun(self, today: date) -> "MeetingQuerySet":
        return self.filter(starts_on__lte=today)
