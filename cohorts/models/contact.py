from django.conf import settings
from django.db import models

from cohorts.enums import ContactTask
from cohorts.models.cohort import Cohort
from kit.constraints import known_choice
from kit.ordering import by_name


class CohortContact(models.Model):
    """A person at SKR whom one may ask beside `Cohort.contact`, who leads the omgång and signs its mail."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="contacts", verbose_name="omgång")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="contact_tasks", verbose_name="person"
    )
    task = models.CharField("uppgift", max_length=20, choices=ContactTask)

    class Meta:
        verbose_name = "kontaktperson på SKR"
        verbose_name_plural = "kontaktpersoner på SKR"
        # The administrative support comes first: most questions are for it.
        ordering = ("-task", by_name("user__name"))
        constraints = (
            known_choice("task", ContactTask),
            models.UniqueConstraint(fields=("cohort", "user", "task"), name="contact_once_a_task"),
        )

    def __str__(self) -> str:
        return f"{self.user}, {self.get_task_display().lower()}"
