from django.conf import settings
from django.db import models

from cohorts.models.participation import Participation


class GroupMove(models.Model):
    """An organisation's change of group, and the reason. The names are copies, which no later change rewrites."""

    participation = models.ForeignKey(Participation, models.CASCADE, related_name="moves", verbose_name="organisation")
    from_name = models.CharField("från grupp", max_length=120, blank=True)
    to_name = models.CharField("till grupp", max_length=120, blank=True)
    moved_on = models.DateField("flyttad")
    reason = models.TextField("skäl", blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="av"
    )

    class Meta:
        verbose_name = "gruppbyte"
        verbose_name_plural = "gruppbyten"
        ordering = ("moved_on", "pk")

    def __str__(self) -> str:
        return f"{self.participation}: {self.from_name or '–'} till {self.to_name or '–'}"
