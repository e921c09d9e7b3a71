"""Individual ratings before the common judgement. They are named opinions: kept only until a value is agreed."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from checklist.models.assessment import Assessment
from checklist.models.version import Item
from cohorts.enums import Function
from modell.constraints import known_choice


class RatingRound(models.Model):
    """Invited delegates rate each moment alone. Open until all are in or the strategist closes it."""

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
    """One invited person. `function` as it was when invited; `done_at` when they said that they are ready.

    Closing the round sets it for who has given something without saying so, and takes away who has left.
    """

    round = models.ForeignKey(RatingRound, models.CASCADE, related_name="raters", verbose_name="enskild skattning")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="person")
    function = models.CharField("funktion", max_length=20, choices=Function)
    done_at = models.DateTimeField("klar", null=True, blank=True)

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


class Rating(models.Model):
    """One person's own value of one moment. Deleted in the moment that the common value is agreed."""

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
