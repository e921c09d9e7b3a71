from django.conf import settings
from django.db import models

from cohorts.models import Delegate
from kit.constraints import known_choice
from meetings.enums import Rsvp
from meetings.models.agenda import Preparation
from meetings.models.meeting import Meeting
from meetings.querysets import CalendarFeedQuerySet


class Attendance(models.Model):
    """A representative's answer to a meeting, and whether they came. Health needs are never stored."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances", verbose_name="träff")
    delegate = models.ForeignKey(Delegate, models.CASCADE, related_name="attendances", verbose_name="representant")
    answer = models.CharField("svar", max_length=10, choices=Rsvp, blank=True)
    answered_at = models.DateTimeField("svarat", null=True, blank=True)
    # The meeting's `sequence` when the answer was given: an answer to a day that has been moved is asked for again.
    answered_to = models.PositiveSmallIntegerField("svar på ändring", default=0)
    attended = models.BooleanField("deltog", null=True, blank=True)

    class Meta:
        verbose_name = "närvaro"
        verbose_name_plural = "närvaro"
        constraints = (
            models.UniqueConstraint(fields=("meeting", "delegate"), name="attendance_once"),
            known_choice("answer", Rsvp, blank=True),
        )

    def __str__(self) -> str:
        return f"{self.delegate} på {self.meeting}"


class PreparationTick(models.Model):
    """A representative's mark that a preparation is done."""

    preparation = models.ForeignKey(Preparation, models.CASCADE, related_name="ticks", verbose_name="förberedelse")
    delegate = models.ForeignKey(Delegate, models.CASCADE, related_name="ticks", verbose_name="representant")
    ticked_on = models.DateField("klart", auto_now_add=True)

    class Meta:
        verbose_name = "avbockad förberedelse"
        verbose_name_plural = "avbockade förberedelser"
        constraints = (models.UniqueConstraint(fields=("preparation", "delegate"), name="tick_once"),)

    def __str__(self) -> str:
        return f"{self.preparation}: {self.delegate}"


class CalendarFeed(models.Model):
    """A person's private address for their meetings. A new key makes the old address invalid."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_feed", verbose_name="person"
    )
    key = models.CharField("nyckel", max_length=60, unique=True)
    made_at = models.DateTimeField("skapad", auto_now=True)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        verbose_name = "kalenderprenumeration"
        verbose_name_plural = "kalenderprenumerationer"

    def __str__(self) -> str:
        return f"kalender för {self.user}"
