from django.core.validators import MaxValueValidator
from django.db import models

from cohorts.models import Cohort


def weight(name: str) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(name, default=3, validators=(MaxValueValidator(5),))


class GroupingWeights(models.Model):
    """The weight from 0 to 5 that each reason has when an omgång's groups are proposed, and the longest way in one."""

    cohort = models.OneToOneField(Cohort, models.CASCADE, related_name="grouping_weights", verbose_name="omgång")
    distance = weight("nära varandra")
    size = weight("lika stora")
    kind = weight("samma slag")
    theme = weight("samma tema")
    partners = weight("önskade partner")
    level = weight("lika långt komna")
    mentor = weight("mentor i närheten")
    most_km = models.PositiveSmallIntegerField("högst så många km", null=True, blank=True)

    class Meta:
        verbose_name = "vikter för gruppindelning"
        verbose_name_plural = "vikter för gruppindelning"

    def __str__(self) -> str:
        return f"vikter för {self.cohort}"
