from __future__ import annotations

from django.db import models
from django.db.models import Count, F, Prefetch, Q
from django.db.models.functions import Coalesce

from assessments.enums import AssessmentState
from cohorts.models import Cohort, Participation
from cohorts.roles import Roles


class AssessmentQuerySet(models.QuerySet):
    def visible_to(self, roles: Roles) -> AssessmentQuerySet:
        """Keep all of one's own organisations' assessments, and others' that are submitted and theirs to read."""
        own = Q(participation__organisation__in=roles.organisation_ids)
        read = Participation.objects.whose_work_is_read_by(roles)
        return self.filter(own | Q(state=AssessmentState.SUBMITTED, participation__in=read))

    def submitted(self) -> AssessmentQuerySet:
        return self.filter(state=AssessmentState.SUBMITTED)

    def whole(self) -> AssessmentQuerySet:
        # Parts stand beside their organisation and are never averaged in.
        return self.filter(part=None)

    def at_meetings(self) -> AssessmentQuerySet:
        """Keep whole organisations' assessments before meetings, which an omgång's figures rest on."""
        return self.whole().filter(meeting__isnull=False)

    def newest_of_each(self) -> AssessmentQuerySet:
        """Keep each participation's newest at a meeting; asks the database which they are."""
        # They come oldest first, so the newest of each stays.
        rows = self.at_meetings().order_by("meeting__starts_on", "pk").values_list("participation", "pk")
        return self.filter(pk__in=dict(rows).values())

    def by_plan_of(self, cohort: Cohort) -> AssessmentQuerySet:
        """Keep what a cohort package carries: whole organisations', outside meetings only on the omgång's checklist."""
        of_plan = Q(meeting__isnull=False) | Q(checklist=F("participation__cohort__plan__checklist"))
        return self.whole().filter(of_plan, participation__cohort=cohort)

    def in_time(self) -> AssessmentQuerySet:
        """Order as `Assessment.when` does."""
        on = Coalesce("meeting__starts_on", "submitted_on")
        number = F("meeting__number").asc(nulls_first=True)
        return self.annotate(on=on).order_by(F("on").asc(nulls_last=True), number, "pk")

    def with_scores(self) -> AssessmentQuerySet:
        return self.prefetch_related(scores_at_hand())

    def with_progress(self) -> AssessmentQuerySet:
        """Add `rated`, the number of moment with a value. It is all that SKR may know of a draft."""
        return self.annotate(rated=Count("scores", filter=Q(scores__value__isnull=False)))


def scores_at_hand() -> Prefetch:
    from assessments.models import Score  # the models import this module

    return Prefetch("scores", Score.objects.select_related("item", "saved_by"))


class EvidenceQuerySet(models.QuerySet):
    def visible_to(self, roles: Roles) -> EvidenceQuerySet:
        """Keep one's own organisations' evidence, and others' that is shared, submitted and theirs to read."""
        own = Q(assessment__participation__organisation__in=roles.organisation_ids)
        read = Participation.objects.whose_work_is_read_by(roles)
        handed_in = Q(assessment__state=AssessmentState.SUBMITTED, assessment__participation__in=read)
        return self.filter(own | Q(handed_in, shared=True))


class DialogueQuerySet(models.QuerySet):
    def visible_to(self, roles: Roles) -> DialogueQuerySet:
        # Only SKR and the organisation read what they say to each other, and SKR nothing about a draft.
        if roles.is_process_leader:
            return self.filter(assessment__state=AssessmentState.SUBMITTED)
        return self.filter(assessment__participation__organisation__in=roles.organisation_ids)
