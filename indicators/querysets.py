from __future__ import annotations

from django.db import models
from django.db.models import Q

from cohorts.models import Participation
from cohorts.roles import Roles


class SharedQuerySet(models.QuerySet):
    """Indicators or analyses: the organisation's own, and those it shares with the readers of its work."""

    def visible_to(self, roles: Roles) -> SharedQuerySet:
        own = Q(participation__organisation__in=roles.organisation_ids)
        read = Participation.objects.whose_work_is_read_by(roles)
        return self.filter(own | Q(shared=True, participation__in=read))
