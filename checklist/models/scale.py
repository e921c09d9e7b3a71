from decimal import Decimal
from functools import cached_property

from django.db import models

from checklist.models.version import Checklist, Item, Step, scale_values


class OnScale(models.Model):
    """Base of models that are rated on one version of the checklist, in whole or half steps."""

    checklist = models.ForeignKey(Checklist, models.PROTECT, related_name="%(class)ss", verbose_name="checklista")
    half_steps = models.BooleanField("halva steg används", default=False)

    class Meta:
        abstract = True

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
