from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q

from cohorts.enums import Function
from cohorts.roles import Roles
from kit.building import UNDER_WAY, BuiltQuerySet

if TYPE_CHECKING:
    from cohorts.models import Cohort, Participation


class BundleQuerySet(BuiltQuerySet):
    def visible_to(self, roles: Roles) -> BundleQuerySet:
        """Return those made for the person's organisations, where they are its strategist, or for SKR."""
        if roles.is_process_leader:
            return self.filter(for_skr=True)
        led = {seat.organisation_id for seat in roles.seats if seat.function == Function.STRATEGIST}
        return self.filter(for_skr=False, participation__organisation__in=led)

    def of(self, cohort: Cohort, participation: Participation | None) -> BundleQuerySet:
        return self.filter(cohort=cohort, participation=participation)

    def kept(self, now: datetime) -> BundleQuerySet:
        """Return those that may be opened: a file is so until two weeks after it was ordered."""
        return self.exclude(_has_expired(now))

    def expired(self, now: datetime) -> BundleQuerySet:
        return self.filter(_has_expired(now))


def _has_expired(now: datetime) -> Q:
    from archive.models import KEPT  # the model imports this module

    return ~Q(state__in=UNDER_WAY) & Q(ordered_at__lt=now - KEPT)
