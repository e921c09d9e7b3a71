"""Questions and requests between SKR and an organisation about a submitted assessment."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from assessments.models.assessment import Assessment
from assessments.querysets import DialogueQuerySet
from checklist.models.version import Item
from meetings.models import Meeting


class Query(models.Model):
    """A question that SKR asks beside a moment, and its answer. Only SKR and the organisation read it."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="queries", verbose_name="självskattning")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", verbose_name="moment")
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

    objects = DialogueQuerySet.as_manager()

    class Meta:
        verbose_name = "fråga från SKR"
        verbose_name_plural = "frågor från SKR"
        ordering = ("item__number", "asked_at")

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def is_answered(self) -> bool:
        return self.answered_at is not None


class Reopening(models.Model):
    """A request by SKR to open a locked assessment again. Nothing opens before its owner has said yes.

    `move_to` is the meeting it should have been handed in for, where it was misplaced.
    """

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="reopenings", verbose_name="självskattning")
    reason = models.TextField("skäl")
    move_to = models.ForeignKey(
        Meeting, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="rätt träff"
    )
    asked_at = models.DateTimeField("begärd", auto_now_add=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="begärd av"
    )
    consented = models.BooleanField("medgiven", null=True, blank=True)
    answered_at = models.DateTimeField("besvarad", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="besvarad av"
    )

    objects = DialogueQuerySet.as_manager()

    class Meta:
        verbose_name = "begäran om att öppna igen"
        verbose_name_plural = "begäranden om att öppna igen"
        ordering = ("asked_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("assessment",),
                condition=Q(consented=None),
                name="one_unanswered_reopening",
                violation_error_message="Det finns redan en begäran som väntar på svar.",
            ),
        )

    def __str__(self) -> str:
        return f"Öppna igen: {self.assessment}"
