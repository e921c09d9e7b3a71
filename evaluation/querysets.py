from __future__ import annotations

from django.db import models
from django.db.models import Q

from cohorts.roles import Roles


class MaterialQuerySet(models.QuerySet):
    def visible_to(self, roles: Roles) -> MaterialQuerySet:
        """Return what the evaluators of each omgång have written, and for SKR what they let it use."""
        if roles.is_process_leader:
            return self.filter(may_be_used=True)
        return self.filter(cohort__in=roles.evaluated_cohort_ids)


class InterviewQuerySet(models.QuerySet):
    def visible_to(self, roles: Roles) -> InterviewQuerySet:
        """Return the interviews of the omgångar that the person evaluates, and for SKR those that may be listed.

        The notes are not among what is read: only the page of one's own interview asks for them.
        """
        if roles.is_process_leader:
            return self.listed()
        return self.filter(cohort__in=roles.evaluated_cohort_ids).defer("notes")

    def listed(self) -> InterviewQuerySet:
        return self.filter(listed=True).defer("notes")


class AdviceQuerySet(models.QuerySet):
    def visible_to(self, roles: Roles) -> AdviceQuerySet:
        """Return the organisation's own advice; SKR and the evaluator read it once the result report is handed in."""
        read = Q(participation__reported=True)
        if roles.is_process_leader:
            return self.filter(read)
        own = Q(participation__organisation__in=roles.organisation_ids)
        return self.filter(own | (read & Q(participation__cohort__in=roles.evaluated_cohort_ids)))

    def handed_in(self) -> AdviceQuerySet:
        return self.filter(participation__reported=True)
