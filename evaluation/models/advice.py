from django.db import models

from cohorts.models import Cohort, Participation
from evaluation.enums import AdviceTag
from evaluation.querysets import AdviceQuerySet
from kit.constraints import known_choice


class Advice(models.Model):
    """Advice to SKR from an organisation, about one thing."""

    participation = models.ForeignKey(Participation, models.CASCADE, related_name="advice", verbose_name="organisation")
    tag = models.CharField("handlar om", max_length=20, choices=AdviceTag)
    text = models.TextField("råd")
    position = models.PositiveSmallIntegerField("ordning")

    objects = AdviceQuerySet.as_manager()

    class Meta:
        verbose_name = "råd till SKR"
        verbose_name_plural = "råd till SKR"
        ordering = ("position", "pk")
        constraints = (known_choice("tag", AdviceTag),)

    def __str__(self) -> str:
        return self.text[:80]


class AdviceAnswer(models.Model):
    """SKR's answer to all advice of an omgång that is about the same thing."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="advice_answers", verbose_name="omgång")
    tag = models.CharField("handlar om", max_length=20, choices=AdviceTag)
    text = models.TextField("svar")
    changes = models.BooleanField("det här ändrar vi", default=False)

    class Meta:
        verbose_name = "SKR:s svar på råd"
        verbose_name_plural = "SKR:s svar på råd"
        constraints = (
            known_choice("tag", AdviceTag),
            models.UniqueConstraint(fields=("cohort", "tag"), name="advice_answered_once"),
        )

    def __str__(self) -> str:
        return f"{self.get_tag_display()}: {self.cohort}"
