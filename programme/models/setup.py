from django.core.validators import MaxValueValidator
from django.db import models

from cohorts.models import Cohort
from programme.models.edition import Edition


def weight(name: str) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(name, default=3, validators=(MaxValueValidator(5),))


class Setup(models.Model):
    """What an omgång was set up from; its dates, texts and people are its own since."""

    cohort = models.OneToOneField(Cohort, models.CASCADE, related_name="setup", verbose_name="omgång")
    edition = models.ForeignKey(
        Edition, models.SET_NULL, related_name="setups", null=True, blank=True, verbose_name="utgåva"
    )
    copied_from = models.ForeignKey(
        Cohort, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="kopia av"
    )
    made_at = models.DateTimeField("upplagd", auto_now_add=True)

    class Meta:
        verbose_name = "uppläggning"
        verbose_name_plural = "uppläggningar"

    def __str__(self) -> str:
        return f"{self.cohort} från {self.edition or self.copied_from or 'början'}"


class GroupingWeights(models.Model):
    """How much each reason counts when groups are proposed, 0–5; moved by the process leader."""

    cohort = models.OneToOneField(Cohort, models.CASCADE, related_name="grouping_weights", verbose_name="omgång")
    distance = weight("nära varandra")
    size = weight("lika stora")
    kind = weight("samma slag")
    theme = weight("samma tema")
    partners = weight("önskade partner")
    level = weight("lika långt komna")
    mentor = weight("mentor i närheten")

    class Meta:
        verbose_name = "vikter för gruppindelning"
        verbose_name_plural = "vikter för gruppindelning"

    def __str__(self) -> str:
        return f"vikter för {self.cohort}"
