from django.conf import settings
from django.db import models
from django.db.models import Q

from cohorts.models import Cohort, Participation
from modell.constraints import both_or_neither, known_choice
from reports.enums import JointState, ReportState
from reports.querysets import JointReportQuerySet, ReportQuerySet


class Section(models.Model):
    """A heading of the result report: data of the omgång, since SKR's template changes."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="sections", verbose_name="omgång")
    key = models.CharField("nyckel", max_length=60)
    heading = models.CharField("rubrik", max_length=160)
    position = models.PositiveSmallIntegerField("ordning")

    class Meta:
        verbose_name = "avsnitt"
        verbose_name_plural = "avsnitt"
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=("cohort", "key"), name="section_key_once"),)

    def __str__(self) -> str:
        return self.heading


class Report(models.Model):
    """Resultatrapport: what an organisation tells of its omgång."""

    participation = models.OneToOneField(
        Participation, models.CASCADE, related_name="report", verbose_name="organisation"
    )
    state = models.CharField("läge", max_length=20, choices=ReportState, default=ReportState.DRAFT)
    submitted_on = models.DateField("inlämnad", null=True, blank=True)
    approved_on = models.DateField("godkänd", null=True, blank=True)
    # Who approved, in words: an imported package carries the day but no person.
    approved_by = models.CharField("godkänd av", max_length=160, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "resultatrapport"
        verbose_name_plural = "resultatrapporter"
        ordering = ("participation__position",)
        constraints = (
            models.CheckConstraint(
                name="published_is_approved",
                condition=~Q(state="published") | Q(approved_on__isnull=False),
                violation_error_message="En rapport publiceras först när den är godkänd.",
            ),
            known_choice("state", ReportState),
        )

    def __str__(self) -> str:
        return f"Resultatrapport – {self.participation}"

    @property
    def is_draft(self) -> bool:
        return self.state == ReportState.DRAFT


class ReportSection(models.Model):
    """The text under one heading; `shared` says that the joint report may use it. `revision` counts saves."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="texts", verbose_name="resultatrapport")
    key = models.CharField("avsnitt", max_length=60)
    text = models.TextField("text", blank=True)
    shared = models.BooleanField("får användas i den gemensamma rapporten", default=False)
    revision = models.PositiveIntegerField("version", default=0)

    class Meta:
        verbose_name = "rapporttext"
        verbose_name_plural = "rapporttexter"
        constraints = (models.UniqueConstraint(fields=("report", "key"), name="report_section_once"),)

    def __str__(self) -> str:
        return f"{self.report}: {self.key}"


class JointReport(models.Model):
    """Den gemensamma slutrapporten of an omgång: SKR's words around what the organisations share."""

    cohort = models.OneToOneField(Cohort, models.CASCADE, related_name="joint_report", verbose_name="omgång")
    introduction = models.TextField("inledning", blank=True)
    conclusions = models.TextField("slutsatser", blank=True)
    state = models.CharField("läge", max_length=20, choices=JointState, default=JointState.DRAFT)
    published_on = models.DateField("publicerad", null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="publicerad av"
    )
    revision = models.PositiveIntegerField("version", default=0)

    objects = JointReportQuerySet.as_manager()

    class Meta:
        verbose_name = "gemensam rapport"
        verbose_name_plural = "gemensamma rapporter"
        constraints = (both_or_neither("published_on", "published_by"), known_choice("state", JointState))

    def __str__(self) -> str:
        return f"Gemensam rapport – {self.cohort}"
