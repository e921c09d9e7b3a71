from __future__ import annotations

from django.db import models
from django.db.models import Q

from cohorts.models import Cohort, Participation
from cohorts.roles import Roles

# The lists of work that show how far one has come, as `improvements.models.judged` has them.
EVIDENCE = ("efforts", "indicators", "decisions")


class WorkQuerySet(models.QuerySet):
    """Improvements or efforts."""

    def visible_to(self, roles: Roles) -> WorkQuerySet:
        own = Q(participation__organisation__in=roles.organisation_ids)
        read = Participation.objects.whose_work_is_read_by(roles)
        return self.filter(own | Q(shared=True, participation__in=read))

    def of_organisation(self, organisation_id: int) -> WorkQuerySet:
        return self.filter(participation__organisation=organisation_id)


class EffortQuerySet(WorkQuerySet):
    def visible_to(self, roles: Roles) -> EffortQuerySet:
        """Return what `WorkQuerySet` does, and every example: it is offered to all, in a rehearsal to those in it."""
        own = Q(participation__organisation__in=roles.organisation_ids)
        read = Participation.objects.whose_work_is_read_by(roles)
        offered = Q(example=True) & ~Q(participation__cohort__in=Cohort.objects.hidden_from(roles))
        return self.filter(own | offered | Q(shared=True, participation__in=read))

    def examples(self) -> EffortQuerySet:
        return self.filter(example=True)

    def public_examples(self) -> EffortQuerySet:
        """Return those that may leave the omgång with its joint report."""
        return self.examples().filter(public=True)

    def counted(self) -> EffortQuerySet:
        return self.filter(participation__cohort__in=Cohort.objects.counted())


class ImprovementQuerySet(WorkQuerySet):
    def lent_by(self, roles: Roles) -> ImprovementQuerySet:
        return self.filter(public=True, borrowed_from__in=roles.organisation_ids)

    def waiting_for_naming(self) -> ImprovementQuerySet:
        """Return those that may be published and whose lender has not answered whether it may be named."""
        return self.filter(public=True, borrowed_from__isnull=False, lender_agrees=None)


class WorkEvidenceQuerySet(models.QuerySet):
    def visible_to(self, roles: Roles) -> WorkEvidenceQuerySet:
        return self.filter(_of_own(roles) | _of_shared(roles))


class CommentQuerySet(models.QuerySet):
    def visible_to(self, roles: Roles) -> CommentQuerySet:
        """Return all to an organisation's own improvements, and to others' what was said while they were shared."""
        return self.filter(_of_own(roles) | (_of_shared(roles) & Q(shared=True)))


class JudgedQuerySet(models.QuerySet):
    def as_read_by(self, roles: Roles) -> JudgedQuerySet:
        """Return the rows with what shows them, as far as the person may read that itself."""
        lists = {name: self.model._meta.get_field(name).related_model._default_manager for name in EVIDENCE}
        return self.prefetch_related(
            *(models.Prefetch(name, rows.visible_to(roles).order_by("pk")) for name, rows in lists.items())
        )

    def with_public_efforts(self) -> JudgedQuerySet:
        efforts = self.model._meta.get_field("efforts").related_model._default_manager
        return self.prefetch_related(models.Prefetch("efforts", efforts.filter(public=True).order_by("pk")))


def _of_own(roles: Roles) -> Q:
    return Q(improvement__participation__organisation__in=roles.organisation_ids)


def _of_shared(roles: Roles) -> Q:
    read = Participation.objects.whose_work_is_read_by(roles)
    return Q(improvement__shared=True, improvement__participation__in=read)
