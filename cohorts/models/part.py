from django.db import models

from cohorts.models.organisation import Organisation
from kit.ordering import by_name


class Part(models.Model):
    """A nämnd or förvaltning that rates itself beside its whole organisation; the two are never averaged."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="parts", verbose_name="organisation")
    name = models.CharField("namn", max_length=120)

    class Meta:
        verbose_name = "nämnd eller förvaltning"
        verbose_name_plural = "nämnder och förvaltningar"
        ordering = (by_name("name"),)
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "name"),
                name="part_once",
                violation_error_message="Det finns redan en nämnd eller förvaltning med det namnet.",
            ),
        )

    def __str__(self) -> str:
        return self.name
