from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from checklist.models import Item
from cohorts.models import Participation
from improvements.models.improvement import Improvement, public_is_shared
from improvements.querysets import EffortQuerySet
from policy.labels import Labelled

if TYPE_CHECKING:
    from improvements.models.step import EffortStep


class Effort(Labelled):
    """Insats: a piece of work that moves along the result chain. Efforts are classified, never organisations."""

    participation = models.ForeignKey(
        Participation, models.CASCADE, related_name="efforts", verbose_name="organisation"
    )
    title = models.CharField("rubrik", max_length=160)
    item = models.ForeignKey(Item, models.PROTECT, related_name="efforts", null=True, blank=True, verbose_name="moment")
    # The improvement that was adopted and so became a step on the chain.
    improvement = models.OneToOneField(
        Improvement, models.SET_NULL, related_name="effort", null=True, blank=True, verbose_name="förbättringsarbete"
    )
    shared = models.BooleanField("delas med gruppen", default=False)
    public = models.BooleanField("får publiceras", default=False)
    example = models.BooleanField("erbjuds som lärande exempel", default=False)
    position = models.PositiveSmallIntegerField("ordning", default=0)

    objects = EffortQuerySet.as_manager()

    class Meta:
        verbose_name = "insats"
        verbose_name_plural = "insatser"
        ordering = ("participation__position", "position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("participation", "title"),
                name="effort_title_once",
                violation_error_message="Ni har redan en insats med den rubriken.",
            ),
            models.CheckConstraint(
                name="example_is_shared",
                condition=Q(example=False) | Q(shared=True),
                violation_error_message="Ett exempel som erbjuds andra delas också med gruppen.",
            ),
            public_is_shared("effort"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def furthest(self) -> "EffortStep | None":
        """Return the furthest step that it has reached; fetch efforts with `steps`."""
        return max((step for step in self.steps.all() if step.is_got), key=lambda step: step.order, default=None)


class WithdrawnExample(models.Model):
    """The number of an effort that was offered as an example and is not any longer, so that its address can say so."""

    effort_number = models.PositiveBigIntegerField("insatsens nummer", unique=True)
    withdrawn_on = models.DateField("återtaget")

    class Meta:
        verbose_name = "återtaget exempel"
        verbose_name_plural = "återtagna exempel"

    def __str__(self) -> str:
        return f"Återtaget exempel {self.effort_number}"
