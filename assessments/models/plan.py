from django.db import models

from assessments.enums import TitleRule
from checklist.models.scale import OnScale
from checklist.models.version import Checklist
from cohorts.models import Cohort
from kit.constraints import known_choice


class AssessmentPlan(OnScale):
    """The plan of an omgång: its checklist, whether half steps are used, and the rule for the title.

    `checklist` is for whole organisations; `part_checklist` is for their nämnder and förvaltningar, the same where it
    is empty.
    """

    cohort = models.OneToOneField(Cohort, models.CASCADE, related_name="plan", verbose_name="omgång")
    part_checklist = models.ForeignKey(
        Checklist,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="checklista för nämnd och förvaltning",
    )
    title_rule = models.CharField("regel för titeln", max_length=30, choices=TitleRule, default=TitleRule.NONE)

    class Meta:
        verbose_name = "plan för självskattning"
        verbose_name_plural = "planer för självskattning"
        constraints = (known_choice("title_rule", TitleRule),)

    def __str__(self) -> str:
        return f"{self.cohort}: {self.checklist}"
