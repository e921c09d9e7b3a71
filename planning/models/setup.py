from django.db import models

from cohorts.models import Cohort
from planning.models.edition import Edition


class Setup(models.Model):
    """The edition or earlier omgång that an omgång was set up from; later changes to it do not reach the omgång."""

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
