"""Questions and requests between SKR and an organisation about a result report that is handed in."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from reports.models.report import LONGEST_KEY, Report
from reports.querysets import ReportDialogueQuerySet


class SectionQuery(models.Model):
    """A question that SKR asks at a section, and its answer. Only SKR and the organisation read it."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="queries", verbose_name="resultatrapport")
    key = models.CharField("avsnitt", max_length=LONGEST_KEY)
    text = models.TextField("fråga")
    asked_at = models.DateTimeField("ställd", auto_now_add=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="ställd av"
    )
    answer = models.TextField("svar", blank=True)
    answered_at = models.DateTimeField("besvarad", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="besvarad av"
    )

    objects = ReportDialogueQuerySet.as_manager()

    class Meta:
        verbose_name = "fråga från SKR om resultatrapporten"
        verbose_name_plural = "frågor från SKR om resultatrapporten"
        ordering = ("asked_at", "pk")

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def is_answered(self) -> bool:
        return self.answered_at is not None


class ReportReopening(models.Model):
    """A request by SKR to open a report again. Nothing opens before its owner has said yes."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="reopenings", verbose_name="resultatrapport")
    reason = models.TextField("skäl")
    asked_at = models.DateTimeField("begärd", auto_now_add=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="begärd av"
    )
    consented = models.BooleanField("medgiven", null=True, blank=True)
    answered_at = models.DateTimeField("besvarad", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="besvarad av"
    )

    objects = ReportDialogueQuerySet.as_manager()

    class Meta:
        verbose_name = "begäran om att öppna resultatrapporten igen"
        verbose_name_plural = "begäranden om att öppna resultatrapporten igen"
        ordering = ("asked_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("report",),
                condition=Q(consented=None),
                name="one_unanswered_report_reopening",
                violation_error_message="Det finns redan en begäran som väntar på svar.",
            ),
        )

    def __str__(self) -> str:
        return f"Öppna igen: {self.report}"
