from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from cohorts.enums import Role

if TYPE_CHECKING:
    from cohorts.models import Cohort
    from cohorts.roles import Roles


class CohortQuerySet(models.QuerySet):
    def visible_to(self, roles: Roles) -> CohortQuerySet:
        if roles.is_skr:
            return self
        return self.filter(pk__in=roles.cohort_ids | roles.evaluated_cohort_ids)

    def counted(self) -> CohortQuerySet:
        """Return those that count in what is read over omgångar, which a rehearsal never does."""
        return self.filter(rehearsal=False)

    def beside(self, cohort: Cohort) -> CohortQuerySet:
        """Return the omgångar that one is seen together with; a rehearsal is alone."""
        return self.filter(pk=cohort.pk) if cohort.rehearsal else self.counted()

    def hidden_from(self, roles: Roles) -> CohortQuerySet:
        """Return the rehearsals that the person is not in: nothing in them is published or offered to that person."""
        seen = self.model.objects.visible_to(roles)
        return self.filter(rehearsal=True).exclude(pk__in=seen.values("pk"))


class ParticipationQuerySet(models.QuerySet):
    def visible_to(self, roles: Roles) -> ParticipationQuerySet:
        # Everyone in an omgång knows which organisations take part.
        if roles.is_skr:
            return self
        return self.filter(cohort__in=roles.cohort_ids | roles.evaluated_cohort_ids)

    def whose_work_is_read_by(self, roles: Roles) -> ParticipationQuerySet:
        """Return those whose submitted or shared work the person may read; each kind of work adds its own rule."""
        if roles.is_process_leader:
            return self
        return self.filter(
            Q(organisation__in=roles.organisation_ids)
            | Q(group__in=roles.group_ids | roles.mentored_group_ids)
            | Q(cohort__in=roles.evaluated_cohort_ids)
        )

    def with_organisation(self) -> ParticipationQuerySet:
        # The place on the map is slow to read for hundreds of rows, and few pages need it.
        return self.select_related("organisation").defer("organisation__latitude", "organisation__longitude")

    def participants(self) -> ParticipationQuerySet:
        return self.filter(role=Role.PARTICIPANT)


class DelegateQuerySet(models.QuerySet):
    def current(self, today: date) -> DelegateQuerySet:
        # The same rule as `Delegate.is_current`.
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=today), starts_on__lte=today)

    def current_or_coming(self, today: date) -> DelegateQuerySet:
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=today))

    def visible_to(self, roles: Roles) -> DelegateQuerySet:
        if roles.is_skr:
            return self
        return self.filter(
            Q(participation__organisation__in=roles.organisation_ids)
            | Q(participation__group__in=roles.mentored_group_ids)
        )
