from __future__ import annotations

from django.db import models
from django.db.models import Count, Prefetch, Q

from checklist.enums import AssessmentState
from cohorts.models import Participation
from cohorts.roles import Roles


class ChecklistQuerySet(models.QuerySet):
    def with_history(self) -> ChecklistQuerySet:
        """With the moment, where each came from and what became of it in later versions."""
        from checklist.models import ItemLink  # the models import this module

        return self.prefetch_related(
            Prefetch("items__origins", ItemLink.objects.select_related("old__checklist")),
            Prefetch("items__heirs", ItemLink.objects.select_related("new__checklist")),
        )


class AssessmentQuerySet(models.QuerySet):
    def visible_to(self, roles: Roles) -> AssessmentQuerySet:
        """One's own organisation's, drafts too; of others what is submitted and theirs to read."""
        own = Q(participation__organisation__in=roles.organisation_ids)
        read = Participation.objects.whose_work_is_read_by(roles)
        return self.filter(own | Q(state=AssessmentState.SUBMITTED, participation__in=read))

    def submitted(self) -> AssessmentQuerySet:
        return self.filter(state=AssessmentState.SUBMITTED)

    def at_meetings(self) -> AssessmentQuerySet:
        return self.filter(meeting__isnull=False)

    def with_scores(self) -> AssessmentQuerySet:
        """With the values at hand, and for each its moment and who saved it: one query more."""
        from checklist.models import Score  # the models import this module

        return self.prefetch_related(Prefetch("scores", Score.objects.select_related("item", "saved_by")))

    def with_progress(self) -> AssessmentQuerySet:
        """Adds `rated`: how many moment have a value. All that SKR may know of a draft."""
        return self.annotate(rated=Count("scores", filter=Q(scores__value__isnull=False)))
