from __future__ import annotations

from django.db import models
from django.db.models import Q

from cohorts.models import Participation
from cohorts.roles import Roles


class WorkQuerySet(models.QuerySet):
    """Improvements and efforts: one's own organisation's, and of others what they share."""

    def visible_to(self, roles: Roles) -> WorkQuerySet:
        own = Q(participation__organisation__in=roles.organisation_ids)
        read = Participation.objects.whose_work_is_read_by(roles)
        return self.filter(own | Q(shared=True, participation__in=read))


class EffortQuerySet(WorkQuerySet):
    def visible_to(self, roles: Roles) -> EffortQuerySet:
        """As `WorkQuerySet`, and in one's omgångar the efforts offered as examples."""
        own = Q(participation__organisation__in=roles.organisation_ids)
        read = Participation.objects.whose_work_is_read_by(roles)
        offered = Q(example=True, participation__cohort__in=roles.cohort_ids)
        return self.filter(own | offered | Q(shared=True, participation__in=read))

    def examples(self) -> EffortQuerySet:
        return self.filter(example=True)
