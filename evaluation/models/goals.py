from django.conf import settings
from django.db import models
from django.db.models import Q

from cohorts.models import Cohort, ExpectedResult
from evaluation.enums import Attained, JudgedBy
from kit.constraints import known_choice


class ProgrammeGoal(models.Model):
    """A goal of the programme that the omgång's expected results do not name, to be judged beside them."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="programme_goals", verbose_name="omgång")
    # Not longer, so that the constraint has room in its index.
    text = models.CharField("mål", max_length=500)
    position = models.PositiveSmallIntegerField("ordning")

    class Meta:
        verbose_name = "mål för programmet"
        verbose_name_plural = "mål för programmet"
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("cohort", "text"),
                name="programme_goal_once",
                violation_error_message="Målet står redan i listan.",
            ),
        )

    def __str__(self) -> str:
        return self.text


class GoalJudgement(models.Model):
    """How far SKR, or the evaluator, finds that an expected result or a goal has been reached, and why."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="goal_judgements", verbose_name="omgång")
    result = models.ForeignKey(
        ExpectedResult, models.CASCADE, related_name="judgements", null=True, blank=True, verbose_name="resultat"
    )
    goal = models.ForeignKey(
        ProgrammeGoal, models.CASCADE, related_name="judgements", null=True, blank=True, verbose_name="mål"
    )
    judged_by = models.CharField("bedömt av", max_length=20, choices=JudgedBy)
    assessment = models.CharField("bedömning", max_length=20, choices=Attained)
    basis = models.TextField("underlag")
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="skriven av"
    )

    class Meta:
        verbose_name = "bedömning av ett mål"
        verbose_name_plural = "bedömningar av mål"
        ordering = ("judged_by",)
        constraints = (
            known_choice("judged_by", JudgedBy),
            known_choice("assessment", Attained),
            models.CheckConstraint(
                name="judgement_of_one_goal",
                condition=Q(result__isnull=True, goal__isnull=False) | Q(result__isnull=False, goal__isnull=True),
                violation_error_message="Bedömningen gäller ett resultat eller ett mål.",
            ),
            models.UniqueConstraint(fields=("result", "judged_by"), name="result_judged_once_by_each"),
            models.UniqueConstraint(fields=("goal", "judged_by"), name="goal_judged_once_by_each"),
        )

    def __str__(self) -> str:
        return f"{self.result or self.goal}: {self.get_assessment_display()}"
