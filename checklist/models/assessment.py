from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from checklist.enums import AssessmentState
from checklist.models.version import Item
from checklist.querysets import AssessmentQuerySet
from cohorts.models import Participation
from meetings.models import Meeting
from modell.constraints import known_choice


class Assessment(models.Model):
    """Självskattning: an organisation's agreed values before a meeting, or outside meetings."""

    participation = models.ForeignKey(
        Participation, models.CASCADE, related_name="assessments", verbose_name="organisation"
    )
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="assessments", null=True, blank=True, verbose_name="träff"
    )
    state = models.CharField("läge", max_length=20, choices=AssessmentState, default=AssessmentState.DRAFT)
    submitted_on = models.DateField("inlämnad", null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="lämnad av"
    )
    assessors = models.PositiveSmallIntegerField("antal bedömare", null=True, blank=True)

    objects = AssessmentQuerySet.as_manager()
    rated: int  # set by `with_progress`

    class Meta:
        verbose_name = "självskattning"
        verbose_name_plural = "självskattningar"
        ordering = ("meeting__starts_on", "submitted_on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("participation", "meeting"),
                name="assessment_once_a_meeting",
                violation_error_message="Organisationen har redan en självskattning till träffen.",
            ),
            models.UniqueConstraint(
                fields=("participation", "submitted_on"),
                condition=Q(meeting=None),
                name="assessment_once_a_day_outside_meetings",
            ),
            models.CheckConstraint(
                name="submitted_has_a_day",
                condition=Q(state="submitted", submitted_on__isnull=False)
                | Q(state="draft", submitted_on__isnull=True),
                violation_error_message="En inlämnad självskattning har en dag, ett utkast har ingen.",
            ),
            known_choice("state", AssessmentState),
        )

    def __str__(self) -> str:
        return f"{self.participation} – {self.meeting or 'utanför träffarna'}"

    def get_absolute_url(self) -> str:
        return reverse("checklist:assessment", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        return self.state == AssessmentState.DRAFT

    @property
    def is_submitted(self) -> bool:
        return self.state == AssessmentState.SUBMITTED

    def may_be_retracted(self, today: date) -> bool:
        """Until its meeting begins; one outside meetings is never locked by a day."""
        return self.is_submitted and not (self.meeting and self.meeting.has_begun(today))


class Score(models.Model):
    """The agreed value of one moment with its comment. `revision` counts saves: a page posts the one it drew."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="scores", verbose_name="självskattning")
    item = models.ForeignKey(Item, models.PROTECT, related_name="scores", verbose_name="moment")
    value = models.DecimalField("värde", max_digits=2, decimal_places=1, null=True, blank=True)
    comment = models.TextField("kommentar", blank=True)
    shared = models.BooleanField("delas med gruppen", default=False)
    glad_to_tell = models.BooleanField("vi berättar gärna hur vi gör", default=False)
    revision = models.PositiveIntegerField("version", default=0)
    saved_at = models.DateTimeField("sparad", auto_now=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="sparad av"
    )

    class Meta:
        verbose_name = "poäng"
        verbose_name_plural = "poäng"
        ordering = ("item__number",)
        constraints = (
            models.UniqueConstraint(fields=("assessment", "item"), name="score_once_a_moment"),
            models.CheckConstraint(
                name="score_not_below_one",
                condition=Q(value__isnull=True) | Q(value__gte=1),
                violation_error_message="Värdet ligger utanför skalan.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.item}: {self.value}"
