from django.conf import settings
from django.db import models
from django.db.models import Q

from kit.constraints import known_choice
from meetings.models import Meeting
from reports.enums import BuildFormat, BuildState
from reports.models.edition import ReportEdition
from reports.models.report import JointReport, Report
from reports.querysets import BuildQuerySet


class Build(models.Model):
    """An ordered file of a report. Messages may be lost or doubled; this row is the truth.

    A worker holds the row by a lease that it renews while it works. A row whose lease has run out is queued again.
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
    format = models.CharField("format", max_length=10, choices=BuildFormat, default=BuildFormat.PDF)
    state = models.CharField("läge", max_length=20, choices=BuildState, default=BuildState.QUEUED)
    step = models.PositiveSmallIntegerField("steg", default=0)
    steps = models.PositiveSmallIntegerField("antal steg", default=0)
    attempts = models.PositiveSmallIntegerField("försök", default=0)
    error = models.TextField("varför inte", blank=True)
    lease_until = models.DateTimeField("lånad till")
    checksum = models.CharField("kontrollsumma", max_length=64, blank=True)
    file = models.FileField("fil", upload_to="reports/", blank=True)
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="beställd av"
    )
    ordered_at = models.DateTimeField("beställd", auto_now_add=True)
    ready_at = models.DateTimeField("klar", null=True, blank=True)

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

    def __str__(self) -> str:
        return f"{BuildFormat(self.format).label} av {self.report or self.joint}"

    @property
    def is_queued(self) -> bool:
        return self.state == BuildState.QUEUED

    @property
    def is_working(self) -> bool:
        return self.state == BuildState.WORKING

    @property
    def is_ready(self) -> bool:
        return self.state == BuildState.READY

    @property
    def is_under_way(self) -> bool:
        return self.is_queued or self.is_working

    @property
    def is_begun_again(self) -> bool:
        """True if it is under way and has been left halfway by a worker that died."""
        return self.is_under_way and self.attempts > int(self.is_working)
