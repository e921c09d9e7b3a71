from django.db import models
from django.db.models import Q

from cohorts.enums import Function
from kit.constraints import known_choice, on_the_web
from meetings.enums import AgendaPart, HostPhase, Whose
from meetings.models.meeting import Meeting


class AgendaItem(models.Model):
    """A part of a meeting. Parts with the same `day` and `position` run at the same time.

    It starts when the one before it ends, unless it has its own `starts_at`, as the first one of a second day has.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda", verbose_name="träff")
    day = models.PositiveSmallIntegerField("dag", default=1, db_default=1)
    position = models.PositiveSmallIntegerField("ordning")
    starts_at = models.TimeField("börjar", null=True, blank=True)
    title = models.CharField("rubrik", max_length=200)
    minutes = models.PositiveSmallIntegerField("minuter")
    part = models.CharField("vilka", max_length=20, choices=AgendaPart, default=AgendaPart.JOINT)
    whose = models.CharField("vems tid", max_length=20, choices=Whose, default=Whose.EXCHANGE)
    text = models.TextField("beskrivning", blank=True)

    class Meta:
        verbose_name = "punkt på dagordningen"
        verbose_name_plural = "punkter på dagordningen"
        ordering = ("day", "position", "pk")
        constraints = (
            known_choice("part", AgendaPart),
            known_choice("whose", Whose),
            models.CheckConstraint(
                name="agenda_minutes_within_a_day",
                condition=Q(minutes__gte=1, minutes__lte=1440),
                violation_error_message="En punkt tar minst en minut och högst ett dygn.",
            ),
        )

    def __str__(self) -> str:
        return self.title


class Preparation(models.Model):
    """A task to do before a meeting, for one function or for all; its date follows from the meeting's."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="preparations", verbose_name="träff")
    function = models.CharField("för", max_length=20, choices=Function, blank=True)
    text = models.CharField("vad", max_length=300)
    url = models.URLField("länk", max_length=500, blank=True)
    days_before = models.PositiveSmallIntegerField("dagar före träffen")
    position = models.PositiveSmallIntegerField("ordning")

    class Meta:
        verbose_name = "förberedelse"
        verbose_name_plural = "förberedelser"
        ordering = ("-days_before", "position", "pk")
        constraints = (known_choice("function", Function, blank=True), on_the_web("url"))

    def __str__(self) -> str:
        return self.text


class HostTask(models.Model):
    """A line of the organiser's checklist."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="host_tasks", verbose_name="träff")
    phase = models.CharField("när", max_length=10, choices=HostPhase)
    text = models.CharField("vad", max_length=300)
    position = models.PositiveSmallIntegerField("ordning")
    done_on = models.DateField("klart", null=True, blank=True)
    done_by = models.CharField("av", max_length=150, blank=True)

    class Meta:
        verbose_name = "arrangörens uppgift"
        verbose_name_plural = "arrangörens uppgifter"
        ordering = ("position", "pk")
        constraints = (known_choice("phase", HostPhase),)

    def __str__(self) -> str:
        return self.text
