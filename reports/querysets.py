from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef, Q

from cohorts.models import Cohort, Participation
from cohorts.roles import Roles
from kit.building import BuiltQuerySet
from reports.enums import ReportState

HANDED_IN = (ReportState.SUBMITTED, ReportState.PUBLISHED)
TO_BE_QUOTED = Q(consented_on__isnull=False, withdrawn_on=None)


def read_by(roles: Roles) -> models.QuerySet[Participation]:
    """Return the organisations whose report the person reads when it is handed in.

    The group reads efforts and values, but not a report until it is published.
    """
    read = Participation.objects.whose_work_is_read_by(roles)
    if roles.is_process_leader:
        return read
    return read.filter(Q(group__in=roles.mentored_group_ids) | Q(cohort__in=roles.evaluated_cohort_ids))


class ReportQuerySet(models.QuerySet):
    def visible_to(self, roles: Roles) -> ReportQuerySet:
        """Return published reports, the person's own organisation's, and those handed in that are theirs to read."""
        own = Q(participation__organisation__in=roles.organisation_ids)
        handed_in = Q(state__in=HANDED_IN, participation__in=read_by(roles))
        public = Q(is_published("report")) & ~Q(participation__cohort__in=Cohort.objects.hidden_from(roles))
        return self.filter(own | handed_in | public)

    def handed_in(self) -> ReportQuerySet:
        return self.exclude(state=ReportState.DRAFT)


class JointReportQuerySet(models.QuerySet):
    def visible_to(self, roles: Roles) -> JointReportQuerySet:
        if roles.is_process_leader:
            return self
        published = Q(is_published("joint"), cohort__in=Cohort.objects.visible_to(roles))
        return self.filter(published | Q(cohort__in=roles.evaluated_cohort_ids))


class ReportEditionQuerySet(models.QuerySet):
    def visible_to(self, roles: Roles) -> ReportEditionQuerySet:
        """Return published editions, all of one's own, and the newest of reports handed in that are theirs to read."""
        own = Q(report__participation__organisation__in=roles.organisation_ids)
        read = Q(report__participation__in=read_by(roles), report__state__in=HANDED_IN) & is_newest()
        skr = Q(joint__isnull=False) if roles.is_process_leader else Q(pk=None)
        public = Q(published_on__isnull=False) & _is_open_to(roles)
        return self.filter(public | own | read | skr, content__isnull=False)

    def published(self) -> ReportEditionQuerySet:
        return self.filter(published_on__isnull=False, content__isnull=False)

    def final(self) -> ReportEditionQuerySet:
        """Leave out interim reports, which are published while the joint report is still written."""
        return self.filter(interim_after="")

    def open_to(self, roles: Roles) -> ReportEditionQuerySet:
        """Leave out what is published in a rehearsal, but for those who are in it."""
        return self.filter(_is_open_to(roles))

    def newest_published(self) -> ReportEditionQuerySet:
        """Return each report's newest published edition, which its address leads to."""
        of = Q(report=OuterRef("report")) | Q(joint=OuterRef("joint"))
        later = self.model.objects.published().filter(of, number__gt=OuterRef("number")).order_by()
        return self.published().filter(~Exists(later))

    def approved_in(self, cohort: Cohort) -> ReportEditionQuerySet:
        """Return, by number, the approved editions in the omgång whose report is handed in or that are published."""
        current = Q(report__state__in=HANDED_IN) & is_newest()
        of_cohort = self.filter(report__participation__cohort=cohort, content__isnull=False)
        return of_cohort.filter(current | Q(published_on__isnull=False), approved_on__isnull=False).order_by("number")


class BuildQuerySet(BuiltQuerySet):
    def visible_to(self, roles: Roles) -> BuildQuerySet:
        """Return the files of editions that the person reads, and of drafts that are theirs to write."""
        from reports.models import ReportEdition  # the models import these querysets

        draft = Q(edition=None, report__participation__organisation__in=roles.organisation_ids)
        skr = Q(edition=None, joint__isnull=False) if roles.is_process_leader else Q(pk=None)
        return self.filter(Q(edition__in=ReportEdition.objects.visible_to(roles)) | draft | skr)

    def published(self) -> BuildQuerySet:
        return self.filter(edition__published_on__isnull=False)


class ReportDialogueQuerySet(models.QuerySet):
    def visible_to(self, roles: Roles) -> ReportDialogueQuerySet:
        # Only SKR and the organisation read what they say to each other.
        if roles.is_process_leader:
            return self
        return self.filter(report__participation__organisation__in=roles.organisation_ids)


class ReportCommentQuerySet(models.QuerySet):
    def visible_to(self, roles: Roles) -> ReportCommentQuerySet:
        """Return those on drafts that the person reads: the own organisation's, and those of joint reports."""
        own = Q(section__report__participation__organisation__in=roles.organisation_ids)
        joint = Q(chapter__isnull=False) if roles.is_process_leader else Q(pk=None)
        return self.filter(own | joint | Q(chapter__joint__cohort__in=roles.evaluated_cohort_ids))

    def open(self) -> ReportCommentQuerySet:
        return self.filter(resolved_at=None)


class QuoteQuerySet(models.QuerySet):
    def visible_to(self, roles: Roles) -> QuoteQuerySet:
        """Return one's own, and what may be quoted from reports handed in that are the person's to read."""
        own = Q(section__report__participation__organisation__in=roles.organisation_ids)
        handed_in = Q(section__report__state__in=HANDED_IN, section__report__participation__in=read_by(roles))
        return self.filter(own | handed_in & TO_BE_QUOTED)

    def to_be_quoted(self) -> QuoteQuerySet:
        return self.filter(TO_BE_QUOTED).select_related("section__report__participation__organisation")


def is_published(owner: str) -> Exists:
    """Return the condition that a report or joint report (`owner`) has a published edition."""
    from reports.models import ReportEdition

    return Exists(ReportEdition.objects.published().filter(**{owner: OuterRef("pk")}).order_by())


def _is_open_to(roles: Roles) -> Q:
    hidden = Cohort.objects.hidden_from(roles)
    return ~Q(report__participation__cohort__in=hidden) & ~Q(joint__cohort__in=hidden)


def is_newest() -> Q:
    from reports.models import ReportEdition

    later = ReportEdition.objects.filter(report=OuterRef("report"), number__gt=OuterRef("number")).order_by()
    return Q(~Exists(later))
