from django.db import models
from django.db.models import Q

from kit.building import Built
from kit.constraints import known_choice
from kit.enums import BuildState
from meetings.models import Meeting
from reports.enums import BuildFormat
from reports.models.edition import ReportEdition
from reports.models.report import JointReport, Report
from reports.querysets import BuildQuerySet


class Build(Built):
    """An ordered file of a report.

    `checksum` is of the content the file was built from: the same content is not built twice in the same format.
    """

    report = models.ForeignKey(
        Report, models.CASCADE, related_name="builds", null=True, blank=True, verbose_name="resultatrapport"
    )
    joint = models.ForeignKey(
        JointReport, models.CASCADE, related_name="builds", null=True, blank=True, verbose_name="gemensam rapport"
    )
    # None where the file is of a draft, which is read as it stands when the file is built.
    edition = models.ForeignKey(
        ReportEdition, models.CASCADE, related_name="builds", null=True, blank=True, verbose_name="utgåva"
    )
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="+", null=True, blank=True, verbose_name="träff")
    since = models.ForeignKey(
        Meeting, models.CASCADE, related_name="+", null=True, blank=True, verbose_name="jämfört med"
    )
    # True if the file is of an interim report (delrapport), which is of the draft as of `meeting`.
    interim = models.BooleanField("delrapport", default=False)
    format = models.CharField("format", max_length=10, choices=BuildFormat, default=BuildFormat.PDF)
    checksum = models.CharField("kontrollsumma", max_length=64, blank=True)
    file = models.FileField("fil", upload_to="reports/", blank=True)

    objects = BuildQuerySet.as_manager()

    class Meta:
        verbose_name = "rapportfil"
        verbose_name_plural = "rapportfiler"
        ordering = ("-ordered_at", "-pk")
        constraints = (
            models.CheckConstraint(
                name="build_of_one_report",
                condition=Q(report__isnull=False, joint__isnull=True) | Q(report__isnull=True, joint__isnull=False),
                violation_error_message="En rapportfil hör till en rapport.",
            ),
            models.UniqueConstraint(
                fields=("report", "format"),
                condition=Q(
                    state__in=(BuildState.QUEUED, BuildState.WORKING), report__isnull=False, edition__isnull=True
                ),
                name="one_report_build_at_a_time",
            ),
            models.UniqueConstraint(
                fields=("joint", "format"),
                condition=Q(
                    state__in=(BuildState.QUEUED, BuildState.WORKING), joint__isnull=False, edition__isnull=True
                ),
                name="one_joint_build_at_a_time",
            ),
            models.UniqueConstraint(
                fields=("edition", "format"),
                condition=Q(state__in=(BuildState.QUEUED, BuildState.WORKING), edition__isnull=False),
                name="one_edition_build_at_a_time",
            ),
            known_choice("state", BuildState),
            known_choice("format", BuildFormat),
        )

    @property
    def definite(self) -> str:
        return BuildFormat(self.format).definite

    @property
    def label(self) -> str:
        return BuildFormat(self.format).label

    @property
    def in_a_sentence(self) -> str:
        return BuildFormat(self.format).in_a_sentence

    def __str__(self) -> str:
        return f"{BuildFormat(self.format).label} av {self.report or self.joint}"
