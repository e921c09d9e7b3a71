"""What an organisation judges about itself: the results that its omgång expects, and its own goals.

`improvements.models` brings both.
"""

from django.db import models
from django.utils import timezone

from cohorts.models import ExpectedResult, Participation
from decisions.models import PoliticalDecision
from improvements.enums import GoalOrigin, HowFar
from improvements.querysets import JudgedQuerySet
from indicators.models import Indicator
from kit.constraints import known_choice

LONGEST_GOAL = 300


class Judged(models.Model):
    """Words about how far one has come, and the organisation's own work that shows it."""

    text = models.TextField("vad bygger ni det på", blank=True)
    efforts = models.ManyToManyField("improvements.Effort", related_name="+", blank=True, verbose_name="insatser")
    indicators = models.ManyToManyField(Indicator, related_name="+", blank=True, verbose_name="nyckeltal")
    decisions = models.ManyToManyField(PoliticalDecision, related_name="+", blank=True, verbose_name="beslut")

    objects = JudgedQuerySet.as_manager()

    class Meta:
        abstract = True


class ResultAnswer(Judged):
    """What an organisation says about one of the results that its omgång expects or wishes."""

    participation = models.ForeignKey(
        Participation, models.CASCADE, related_name="result_answers", verbose_name="organisation"
    )
    result = models.ForeignKey(ExpectedResult, models.CASCADE, related_name="answers", verbose_name="resultat")
    judgement = models.CharField("bedömning", max_length=20, choices=HowFar)

    class Meta:
        verbose_name = "svar om ett förväntat resultat"
        verbose_name_plural = "svar om förväntade resultat"
        constraints = (
            models.UniqueConstraint(fields=("participation", "result"), name="result_answered_once"),
            known_choice("judgement", HowFar),
        )

    def __str__(self) -> str:
        return f"{self.result}: {self.get_judgement_display()}"


class OwnGoal(Judged):
    """Something that an organisation wants to reach in the omgång; the judgement is empty until it judges it."""

    participation = models.ForeignKey(
        Participation, models.CASCADE, related_name="own_goals", verbose_name="organisation"
    )
    goal = models.CharField("mål", max_length=LONGEST_GOAL)
    judgement = models.CharField("bedömning", max_length=20, choices=HowFar, blank=True)
    origin = models.CharField("var det sattes", max_length=20, choices=GoalOrigin)
    set_on = models.DateField("när det sattes", default=timezone.localdate)
    position = models.PositiveSmallIntegerField("ordning", default=0)

    class Meta:
        verbose_name = "eget mål"
        verbose_name_plural = "egna mål"
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("participation", "goal"),
                name="own_goal_once",
                violation_error_message="Ni har redan det målet.",
            ),
            known_choice("judgement", HowFar, blank=True),
            known_choice("origin", GoalOrigin),
        )

    def __str__(self) -> str:
        return self.goal
