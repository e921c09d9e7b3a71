from __future__ import annotations

from django.db import models

from cohorts.roles import Roles


class DecisionQuerySet(models.QuerySet):
    def visible_to(self, roles: Roles) -> DecisionQuerySet:
        """Return all to SKR, and to others those of their own organisation, as READ_DECISIONS has it."""
        return self if roles.is_skr else self.filter(participation__organisation__in=roles.organisation_ids)
