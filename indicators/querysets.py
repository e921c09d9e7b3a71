from __future__ import annotations

from django.db import models
from django.db.models import Q

from cohorts.models import Participation
from cohorts.roles import Roles
from kit.ordering import by_name


class SharedWorkQuerySet(models.QuerySet):
    """Indicators or analyses: the organisation's own, and those it shares with the readers of its work."""

    def visible_to(self, roles: Roles) -> SharedWorkQuerySet:
        own = Q(participation__organisation__in=roles.organisation_ids)
        read = Participation.objects.whose_work_is_read_by(roles)
        return self.filter(own | Q(shared=True, participation__in=read))

    def of_organisation(self, organisation_id: int) -> SharedWorkQuerySet:
        return self.filter(participation__organisation=organisation_id)


class StatisticsQuerySet(models.QuerySet):
    def in_order(self) -> StatisticsQuerySet:
        """Return the rows by nämnd or förvaltning, then by name; what is the whole organisation's comes first."""
        by_part = by_name("part__name").asc(nulls_first=True)
        return self.select_related("part").order_by(by_part, by_name("name"), "pk")
