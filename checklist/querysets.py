from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, F, Prefetch, Q
from django.db.models.functions import Coalesce

from checklist.enums import AssessmentState
from cohorts.models import Cohort, Participation
from cohorts.roles import Roles

if TYPE_CHECKING:
    from checklist.models import Assessment


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

    def whole(self) -> AssessmentQuerySet:
        """Of whole organisations: those of their parts stand beside them and are never averaged in."""
        return self.filter(part=None)

    def at_meetings(self) -> AssessmentQuerySet:
        """Whole organisations' own, before meetings: what an omgång's figures rest on."""
        return self.whole().filter(meeting__isnull=False)

    def by_plan_of(self, cohort: Cohort) -> AssessmentQuerySet:
        """What a cohort package tells of: whole organisations' own, outside meetings those on the same checklist."""
        of_plan = Q(meeting__isnull=False) | Q(checklist=F("participation__cohort__plan__checklist"))
        return self.whole().filter(of_plan, participation__cohort=cohort)

    def in_time(self) -> AssessmentQuerySet:
        """By the day each is about, `on`: its meeting's first, or the day it was handed in; drafts outside last."""
        on = Coalesce("meeting__starts_on", "submitted_on")
        return self.annotate(on=on).order_by(F("on").asc(nulls_last=True), "meeting__number", "pk")

    def before(self, assessment: Assessment) -> AssessmentQuerySet:
        """Handed in earlier by the same organisation or part on the same checklist, in any omgång; in time's order."""
        same = self.submitted().filter(
            participation__organisation=assessment.participation.organisation_id,
            part=assessment.part_id,
            checklist=assessment.checklist_id,
        )
        earlier = same.exclude(pk=assessment.pk).in_time()
        return earlier.filter(on__lt=assessment.day) if assessment.day else earlier

    def with_scores(self) -> AssessmentQuerySet:
        """With the values at hand, and for each its moment and who saved it: one query more."""
        from checklist.models import Score  # the models import this module

        return self.prefetch_related(Prefetch("scores", Score.objects.select_related("item", "saved_by")))

    def with_progress(self) -> AssessmentQuerySet:
        """Adds `rated`: how many moment have a value. All that SKR may know of a draft."""
        return self.annotate(rated=Count("scores", filter=Q(scores__value__isnull=False)))


class EvidenceQuerySet(models.QuerySet):
    def visible_to(self, roles: Roles) -> EvidenceQuerySet:
        """One's own organisation's; of others what is shared, when its assessment is handed in and theirs to read."""
        own = Q(assessment__participation__organisation__in=roles.organisation_ids)
        read = Participation.objects.whose_work_is_read_by(roles)
        handed_in = Q(assessment__state=AssessmentState.SUBMITTED, assessment__participation__in=read)
        return self.filter(own | Q(handed_in, shared=True))


class DialogueQuerySet(models.QuerySet):
    def visible_to(self, roles: Roles) -> DialogueQuerySet:
        """What SKR and an organisation say to each other is read by those two alone, SKR not while it is a draft."""
        if roles.is_process_leader:
            return self.filter(assessment__state=AssessmentState.SUBMITTED)
        return self.filter(assessment__participation__organisation__in=roles.organisation_ids)
