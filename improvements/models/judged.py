"""What an organisation judges about itself: results, goals, and where on the result chain it is."""

from django.db import models
from django.utils import timezone

from cohorts.models import ExpectedResult, Participation
from decisions.models import PoliticalDecision
from improvements.enums import GoalOrigin, HowFar, PlacingTime, Stage
from improvements.querysets import JudgedQuerySet
from indicators.models import Indicator
from kit.constraints import known_choice
from meetings.models import Period

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


class ReachedGoal(models.Model):
    """A goal of the work at home that an organisation has ticked. It is named by its text, as SKR wrote it then."""

    participation = models.ForeignKey(
        Participation, models.CASCADE, related_name="reached_goals", verbose_name="organisation"
    )
    period = models.ForeignKey(Period, models.CASCADE, related_name="reached_goals", verbose_name="period")
    goal = models.TextField("mål")
    reached_on = models.DateField("nått")

    class Meta:
        verbose_name = "nått mål"
        verbose_name_plural = "nådda mål"
        constraints = (models.UniqueConstraint(fields=("participation", "period", "goal"), name="goal_reached_once"),)

    def __str__(self) -> str:
        return self.goal


class Placement(models.Model):
    """Where on the chain an organisation finds that it is, with its reason; it stands beside the count of efforts."""

    participation = models.ForeignKey(
        Participation, models.CASCADE, related_name="placements", verbose_name="organisation"
    )
    occasion = models.CharField("tillfälle", max_length=10, choices=PlacingTime)
    stage = models.CharField("steg", max_length=20, choices=Stage)
    reason = models.TextField("varför")
    placed_on = models.DateField("angivet")

    class Meta:
        verbose_name = "egen placering"
        verbose_name_plural = "egna placeringar"
        constraints = (
            models.UniqueConstraint(fields=("participation", "occasion"), name="placed_once_an_occasion"),
            known_choice("occasion", PlacingTime),
            known_choice("stage", Stage),
        )

    def __str__(self) -> str:
        return f"{self.get_occasion_display()}: {self.get_stage_display()}"
