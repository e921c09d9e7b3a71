from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from cohorts.models import Cohort, Participation
from cohorts.roles import Roles
from reports.enums import BuildState, JointState, ReportState


class ReportQuerySet(models.QuerySet):
    def visible_to(self, roles: Roles) -> ReportQuerySet:
        """One's own organisation's; of others the submitted ones that are theirs to read, and published ones."""
        own = Q(participation__organisation__in=roles.organisation_ids)
        read = Participation.objects.whose_work_is_read_by(roles)
        if not roles.is_process_leader:
            # The group itself reads efforts and values, but a report first when it is published.
            read = read.filter(Q(group__in=roles.mentored_group_ids) | Q(cohort__in=roles.evaluated_cohort_ids))
        submitted = Q(state__in=(ReportState.SUBMITTED, ReportState.PUBLISHED), participation__in=read)
        return self.filter(own | submitted | Q(state=ReportState.PUBLISHED))

    def handed_in(self) -> ReportQuerySet:
        return self.exclude(state=ReportState.DRAFT)

    def published(self) -> ReportQuerySet:
        return self.filter(state=ReportState.PUBLISHED)


class JointReportQuerySet(models.QuerySet):
    def visible_to(self, roles: Roles) -> JointReportQuerySet:
        if roles.is_process_leader:
            return self
        return self.filter(state=JointState.PUBLISHED, cohort__in=Cohort.objects.visible_to(roles))

    def published(self) -> JointReportQuerySet:
        return self.filter(state=JointState.PUBLISHED)


class BuildQuerySet(models.QuerySet):
    def visible_to(self, roles: Roles) -> BuildQuerySet:
        """A PDF is read by those who may read its report."""
        from reports.models import JointReport, Report  # the models rest on these querysets

        readable = Q(report__in=Report.objects.visible_to(roles)) | Q(joint__in=JointReport.objects.visible_to(roles))
        return self.filter(readable)

    def published(self) -> BuildQuerySet:
        return self.filter(Q(report__state=ReportState.PUBLISHED) | Q(joint__state=JointState.PUBLISHED))

    def lost(self, now: datetime) -> BuildQuerySet:
        """Those whose worker is taken for dead, and those still queued whose message may have been lost."""
        return self.filter(state__in=(BuildState.QUEUED, BuildState.WORKING), lease_until__lt=now)
