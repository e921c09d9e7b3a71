from django.db import models

from checklist.enums import TitleRule
from checklist.models.scale import OnScale
from checklist.models.version import Checklist
from cohorts.models import Cohort
from modell.constraints import known_choice


class AssessmentPlan(OnScale):
    """Which checklist an omgång rates itself by, whether half steps are used, and what gives the title.

    `checklist` is for whole organisations; `part_checklist` for their nämnder and förvaltningar, the same
    where none is named.
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
