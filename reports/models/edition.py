from django.db import models
from django.db.models import Q

from cohorts.enums import Function
from cohorts.models import Cohort
from kit.constraints import known_choice
from reports.models.report import JointReport, Report
from reports.naming import joint_name
from reports.querysets import ReportEditionQuerySet

# A meeting's name is no longer.
LONGEST_MEETING = 120


class ReportEdition(models.Model):
    """Utgåva: a report as it stood when it was handed in or, the joint report, when it was published.

    Pages and files print `content` and read nothing else, so what is approved is what is published. It is None only in
    rows from before there were editions, until the sweep has frozen them. `adopted` rows were not handed in here: their
    report came in a package without editions, or was there before.

    A joint report's editions are numbered in a row, its interim reports (delrapporter) first.
    """

    report = models.ForeignKey(
        Report, models.CASCADE, related_name="editions", null=True, blank=True, verbose_name="resultatrapport"
    )
    joint = models.ForeignKey(
        JointReport, models.CASCADE, related_name="editions", null=True, blank=True, verbose_name="gemensam rapport"
    )
    number = models.PositiveSmallIntegerField("nummer")
    frozen_on = models.DateField("fryst")
    content = models.JSONField("innehåll", null=True, blank=True)
    checksum = models.CharField("kontrollsumma", max_length=64, blank=True)
    reason = models.TextField("varför den är rättad", blank=True)
    approved_on = models.DateField("godkänd", null=True, blank=True)
    approved_as = models.CharField("godkänd som", max_length=20, choices=Function, blank=True)
    # A name in words and no key, since an imported package carries the day but no person.
    approved_by = models.CharField("godkänd av", max_length=160, blank=True)
    published_on = models.DateField("publicerad", null=True, blank=True)
    # The name of the meeting that an interim report is after; empty in every other edition.
    interim_after = models.CharField("delrapport efter", max_length=LONGEST_MEETING, blank=True)
    adopted = models.BooleanField("tagen ur uppgifter utan utgåva", default=False)

    objects = ReportEditionQuerySet.as_manager()

    class Meta:
        verbose_name = "utgåva"
        verbose_name_plural = "utgåvor"
        ordering = ("number",)
        constraints = (
            models.CheckConstraint(
                name="edition_of_one_report",
                condition=Q(report__isnull=False, joint__isnull=True) | Q(report__isnull=True, joint__isnull=False),
                violation_error_message="En utgåva hör till en rapport.",
            ),
            models.UniqueConstraint(
                fields=("report", "number"), condition=Q(report__isnull=False), name="report_edition_once"
            ),
            models.UniqueConstraint(
                fields=("joint", "number"), condition=Q(joint__isnull=False), name="joint_edition_once"
            ),
            models.CheckConstraint(
                name="edition_published_is_approved",
                condition=Q(published_on=None) | Q(approved_on__isnull=False) | Q(joint__isnull=False),
                violation_error_message="En rapport publiceras först när den är godkänd.",
            ),
            models.CheckConstraint(
                name="edition_interim_is_joint",
                condition=Q(interim_after="") | Q(joint__isnull=False),
                violation_error_message="Bara den gemensamma rapporten har delrapporter.",
            ),
            known_choice("approved_as", Function, blank=True),
        )

    def __str__(self) -> str:
        return f"{self.report or self.joint}, utgåva {self.number}"

    @property
    def cohort(self) -> Cohort:
        if self.report:
            return self.report.participation.cohort
        assert self.joint is not None
        return self.joint.cohort

    @property
    def is_interim(self) -> bool:
        return bool(self.interim_after)

    @property
    def name(self) -> str:
        return joint_name(self.interim_after) if self.joint_id else "Resultatrapport"

    @property
    def is_approved(self) -> bool:
        return self.approved_on is not None

    @property
    def is_published(self) -> bool:
        return self.published_on is not None
