from decimal import Decimal
from functools import cached_property

from django.db import models

from checklist.models.version import Checklist, Item, Step, scale_values
from cohorts.models import Cohort


class AssessmentPlan(models.Model):
    """Which checklist an omgång rates itself by, and whether half steps are used."""

    cohort = models.OneToOneField(Cohort, models.CASCADE, related_name="plan", verbose_name="omgång")
    checklist = models.ForeignKey(Checklist, models.PROTECT, related_name="plans", verbose_name="checklista")
    half_steps = models.BooleanField("halva steg används", default=False)

    class Meta:
        verbose_name = "plan för självskattning"
        verbose_name_plural = "planer för självskattning"

    def __str__(self) -> str:
        return f"{self.cohort}: {self.checklist}"

    @cached_property
    def items(self) -> list[Item]:
        return list(self.checklist.items.all())

    @cached_property
    def steps(self) -> list[Step]:
        return list(self.checklist.steps.all())

    @property
    def highest_step(self) -> int:
        return max((step.value for step in self.steps), default=0)

    @property
    def values(self) -> list[Decimal]:
        return scale_values(self.steps, half_steps=self.half_steps)
