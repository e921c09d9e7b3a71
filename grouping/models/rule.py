from django.db import models
from django.db.models import F, Q

from cohorts.models import Cohort, Participation
from grouping.enums import RuleKind
from kit.constraints import known_choice


class GroupingRule(models.Model):
    """A rule set before groups are proposed: an organisation stays, or two are kept together or apart."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="grouping_rules", verbose_name="omgång")
    kind = models.CharField("regel", max_length=20, choices=RuleKind)
    participation = models.ForeignKey(Participation, models.CASCADE, related_name="+", verbose_name="organisation")
    other = models.ForeignKey(
        Participation, models.CASCADE, related_name="+", null=True, blank=True, verbose_name="den andra organisationen"
    )

    class Meta:
        verbose_name = "regel för gruppindelning"
        verbose_name_plural = "regler för gruppindelning"
        ordering = ("pk",)
        constraints = (
            known_choice("kind", RuleKind),
            models.UniqueConstraint(
                fields=("participation", "other"),
                name="grouping_rule_once_a_pair",
                violation_error_message="De två har redan en regel.",
            ),
            models.UniqueConstraint(
                fields=("participation",),
                condition=Q(other=None),
                name="grouping_rule_once_alone",
                violation_error_message="Organisationen stannar redan i sin grupp.",
            ),
            # A pair is stored with the lower key first, so that it cannot be stored twice.
            models.CheckConstraint(
                name="grouping_rule_of_one_or_two",
                condition=Q(kind="stay", other=None) | (~Q(kind="stay") & Q(other__gt=F("participation"))),
                violation_error_message="Välj två olika organisationer.",
            ),
        )

    def __str__(self) -> str:
        if self.kind == RuleKind.STAY:
            return f"{self.participation} stannar i sin grupp"
        tie = "hålls ihop" if self.kind == RuleKind.TOGETHER else "hålls isär"
        return f"{self.participation} och {self.other} {tie}"
