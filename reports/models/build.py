from django.conf import settings
from django.db import models
from django.db.models import Q

from meetings.models import Meeting
from modell.constraints import known_choice
from reports.enums import BuildState
from reports.models.report import JointReport, Report
from reports.querysets import BuildQuerySet


class Build(models.Model):
    """One ordered PDF: the truth of its making. Messages may be lost or doubled; this row is not.

    A worker holds the row by a lease it renews while it works. One whose lease has run out is queued again.
    `checksum` is of the content it was built from: the same content is not built twice.
    """

    report = models.ForeignKey(
        Report, models.CASCADE, related_name="builds", null=True, blank=True, verbose_name="resultatrapport"
    )
    joint = models.ForeignKey(
        JointReport, models.CASCADE, related_name="builds", null=True, blank=True, verbose_name="gemensam rapport"
    )
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="+", null=True, blank=True, verbose_name="träff")
    since = models.ForeignKey(
        Meeting, models.CASCADE, related_name="+", null=True, blank=True, verbose_name="jämfört med"
    )
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
        verbose_name = "PDF"
        verbose_name_plural = "PDF:er"
        ordering = ("-ordered_at", "-pk")
        constraints = (
            models.CheckConstraint(
                name="build_of_one_report",
                condition=Q(report__isnull=False, joint__isnull=True) | Q(report__isnull=True, joint__isnull=False),
                violation_error_message="En PDF hör till en rapport.",
            ),
            models.UniqueConstraint(
                fields=("report",),
                condition=Q(state__in=("queued", "working"), report__isnull=False),
                name="one_report_build_at_a_time",
            ),
            models.UniqueConstraint(
                fields=("joint",),
                condition=Q(state__in=("queued", "working"), joint__isnull=False),
                name="one_joint_build_at_a_time",
            ),
            known_choice("state", BuildState),
        )

    def __str__(self) -> str:
        return f"PDF av {self.report or self.joint}"

    @property
    def is_under_way(self) -> bool:
        return self.state in (BuildState.QUEUED, BuildState.WORKING)
