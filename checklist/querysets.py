from __future__ import annotations

from django.db import models
from django.db.models import Count, Q

from checklist.enums import AssessmentState
from cohorts.models import Participation
from cohorts.roles import Roles


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

    def with_progress(self) -> AssessmentQuerySet:
        """Adds `rated`: how many moment have a value. All that SKR may know of a draft."""
        return self.annotate(rated=Count("scores", filter=Q(scores__value__isnull=False)))
