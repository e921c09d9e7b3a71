from datetime import date, timedelta

from django.db import models

from cohorts.models import Cohort
from meetings.models.meeting import Meeting


class Period(models.Model):
    """A stretch of the omgång between meetings: work at home, or writing the report.

    It runs from the day after `after` to the day before `before`; without one of them, from the omgång's first day
    or to its last.
    """

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="periods", verbose_name="omgång")
    name = models.CharField("namn", max_length=120)
    goals = models.TextField("mål", blank=True)
    after = models.ForeignKey(
        Meeting, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="börjar efter"
    )
    before = models.ForeignKey(
        Meeting, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="slutar före"
    )
    # The report is written then, and handed in `due_before` days before `before`, or before the omgång's last day.
    is_reporting = models.BooleanField("resultatrapporten skrivs", default=False)
    due_before = models.PositiveSmallIntegerField("lämnas in, dagar före", default=0)
    position = models.PositiveSmallIntegerField("ordning")

    class Meta:
        verbose_name = "period"
        verbose_name_plural = "perioder"
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("cohort",), condition=models.Q(is_reporting=True), name="one_reporting_period"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def starts_on(self) -> date:
        return self.after.ends_on + timedelta(days=1) if self.after else self.cohort.starts_on

    @property
    def ends_on(self) -> date:
        return self.before.starts_on - timedelta(days=1) if self.before else self.cohort.ends_on

    @property
    def due_on(self) -> date:
        last = self.before.starts_on if self.before else self.cohort.ends_on
        return last - timedelta(days=self.due_before)
