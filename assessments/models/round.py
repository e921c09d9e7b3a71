"""Individual ratings before the common judgement. They are named opinions, kept only until a value is agreed."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from assessments.models.assessment import Assessment
from checklist.models.version import Item
from cohorts.enums import Function
from kit.constraints import known_choice


class RatingRound(models.Model):
    """A round where invited delegates rate each moment alone, until all are ready or the strategist closes it."""

    assessment = models.OneToOneField(Assessment, models.CASCADE, related_name="round", verbose_name="självskattning")
    opened_at = models.DateTimeField("öppnad", auto_now_add=True)
    closed_at = models.DateTimeField("stängd", null=True, blank=True)

    class Meta:
        verbose_name = "enskild skattning"
        verbose_name_plural = "enskilda skattningar"

    def __str__(self) -> str:
        return f"Enskild skattning: {self.assessment}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class Rater(models.Model):
    """One invited person, with the function they had when invited. `done_at` is when they said that they are ready.

    Closing the round sets it for those who have rated without saying so, and deletes those who have left.
    """

    round = models.ForeignKey(RatingRound, models.CASCADE, related_name="raters", verbose_name="enskild skattning")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="person")
    function = models.CharField("funktion", max_length=20, choices=Function)
    done_at = models.DateTimeField("klar", null=True, blank=True)
    # After a change of address: whoever has the new one does not see what was rated before until this day.
    withheld_until = models.DateField("visas från", null=True, blank=True)

    class Meta:
        verbose_name = "bedömare"
        verbose_name_plural = "bedömare"
        ordering = ("function", "pk")
        constraints = (
            models.UniqueConstraint(fields=("round", "user"), name="rater_once_a_round"),
            known_choice("function", Function),
        )

    def __str__(self) -> str:
        return self.get_function_display()

    def is_withheld(self, today: date) -> bool:
        return self.withheld_until is not None and today < self.withheld_until


class Rating(models.Model):
    """One person's own value of one moment, deleted when the common value is agreed."""

    rater = models.ForeignKey(Rater, models.CASCADE, related_name="ratings", verbose_name="bedömare")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", verbose_name="moment")
    value = models.DecimalField("värde", max_digits=2, decimal_places=1)

    class Meta:
        verbose_name = "enskilt värde"
        verbose_name_plural = "enskilda värden"
        ordering = ("item__number", "value")
        constraints = (
            models.UniqueConstraint(fields=("rater", "item"), name="rating_once_a_moment"),
            models.CheckConstraint(
                name="rating_not_below_one",
                condition=Q(value__gte=1),
                violation_error_message="Värdet ligger utanför skalan.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.item}: {self.value}"
