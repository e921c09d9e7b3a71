from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from cohorts.enums import Function
from cohorts.models.cohort import Cohort
from cohorts.models.participation import Participation
from cohorts.querysets import DelegateQuerySet
from kit.constraints import in_order, known_choice
from kit.ordering import by_name


class Delegate(models.Model):
    """A person's seat for an organisation in an omgång. Party, political side and health are never stored."""

    participation = models.ForeignKey(
        Participation, models.CASCADE, related_name="delegates", verbose_name="organisation"
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="seats", verbose_name="person")
    function = models.CharField("funktion", max_length=20, choices=Function)
    deputy = models.BooleanField("ersättare", default=False)
    starts_on = models.DateField("från")
    ends_on = models.DateField("till och med", null=True, blank=True)
    invited_at = models.DateTimeField("inbjuden", null=True, blank=True)
    succeeds = models.ForeignKey(
        "self", models.SET_NULL, related_name="successors", null=True, blank=True, verbose_name="efterträder"
    )

    objects = DelegateQuerySet.as_manager()

    class Meta:
        verbose_name = "representant"
        verbose_name_plural = "representanter"
        ordering = ("function", "deputy", by_name("user__name"))
        constraints = (
            in_order("starts_on", "ends_on"),
            known_choice("function", Function),
            models.UniqueConstraint(
                fields=("participation", "user"),
                condition=Q(ends_on__isnull=True),
                name="one_open_seat_each",
                violation_error_message="Personen är redan representant för organisationen.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} ({self.get_function_display().lower()})"

    def is_current(self, today: date) -> bool:
        return self.starts_on <= today and (self.ends_on is None or today <= self.ends_on)


class Evaluator(models.Model):
    """A lärande utvärderare, who reads all that is submitted in one omgång until a given day."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="evaluators", verbose_name="omgång")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="evaluations", verbose_name="person"
    )
    until = models.DateField("till och med")

    class Meta:
        verbose_name = "lärande utvärderare"
        verbose_name_plural = "lärande utvärderare"
        constraints = (models.UniqueConstraint(fields=("cohort", "user"), name="evaluator_once_a_cohort"),)

    def __str__(self) -> str:
        return f"{self.user} i {self.cohort}"

    def is_current(self, today: date) -> bool:
        return today <= self.until
