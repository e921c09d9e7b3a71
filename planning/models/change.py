from django.db import models
from django.db.models import Q

from cohorts.models import Cohort
from evaluation.models import AdviceAnswer
from planning.models.edition import Edition


class EditionChange(models.Model):
    """A line of a concept's log: what has been changed in it and when, and the omgång whose advice led to it."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="changes", verbose_name="utgåva")
    changed_on = models.DateField("dag")
    text = models.TextField("ändring")
    cohort = models.ForeignKey(
        Cohort, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="från omgången"
    )
    # The answer that was carried here, once.
    answer = models.ForeignKey(
        AdviceAnswer, models.SET_NULL, related_name="changes_made", null=True, blank=True, verbose_name="svar på råd"
    )

    class Meta:
        verbose_name = "ändring i konceptet"
        verbose_name_plural = "ändringar i konceptet"
        ordering = ("-changed_on", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("answer",),
                condition=Q(answer__isnull=False),
                name="answer_carried_once",
                violation_error_message="Svaret är redan infört i ett koncept.",
            ),
        )

    def __str__(self) -> str:
        return self.text[:80]
