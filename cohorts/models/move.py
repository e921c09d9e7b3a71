from django.conf import settings
from django.db import models

from cohorts.models.participation import Participation
from cohorts.querysets import GroupMoveQuerySet


class GroupMove(models.Model):
    """That an organisation changed group, and why: names as they were then, so that no later change rewrites it."""

    participation = models.ForeignKey(Participation, models.CASCADE, related_name="moves", verbose_name="organisation")
    from_name = models.CharField("från grupp", max_length=120, blank=True)
    to_name = models.CharField("till grupp", max_length=120, blank=True)
    moved_on = models.DateField("flyttad")
    reason = models.TextField("skäl", blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="av"
    )

    objects = GroupMoveQuerySet.as_manager()

    class Meta:
        verbose_name = "gruppbyte"
        verbose_name_plural = "gruppbyten"
        ordering = ("moved_on", "pk")

    def __str__(self) -> str:
        return f"{self.participation}: {self.from_name or '–'} till {self.to_name or '–'}"
