from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from cohorts.enums import OrganisationKind
from kit.constraints import known_choice
from kit.ordering import by_name

if TYPE_CHECKING:
    from cohorts.models.cohort import Cohort


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def with_code(self, *codes: str) -> "OrganisationQuerySet":
        # Gotland is one organisation with two codes: a kommun's and a region's.
        return self.filter(Q(code__in=codes) | Q(second_code__in=codes))

    def known_in(self, cohort: "Cohort") -> "OrganisationQuerySet":
        """Return the organisations that may be in the omgång: a rehearsal has its own, and no other has those."""
        return self.filter(rehearsal=cohort if cohort.rehearsal else None)


class Organisation(models.Model):
    """A kommun, a region, or a body that acts for some of them; packages name it by SCB's code."""

    code = models.CharField("kod", max_length=10, unique=True)
    second_code = models.CharField("andra kod", max_length=10, unique=True, null=True, blank=True)
    kind = models.CharField("slag", max_length=20, choices=OrganisationKind)
    name = models.CharField("namn", max_length=120)
    short_name = models.CharField("kort namn", max_length=80)
    county_code = models.CharField("länskod", max_length=2, blank=True)
    county_name = models.CharField("län", max_length=60, blank=True)
    population = models.PositiveIntegerField("folkmängd", null=True, blank=True)
    latitude = models.DecimalField("latitud", max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField("longitud", max_digits=8, decimal_places=5, null=True, blank=True)
    # Whoever has an address there may write for it (admission/interest/proof.py).
    email_domain = models.CharField("domän för e-post", max_length=100, blank=True)
    invented = models.BooleanField("påhittad", default=False)
    rehearsal = models.ForeignKey(
        "cohorts.Cohort",
        models.CASCADE,
        related_name="own_organisations",
        null=True,
        blank=True,
        verbose_name="provomgång",
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "organisation"
        verbose_name_plural = "organisationer"
        ordering = (by_name("name"),)
        constraints = (known_choice("kind", OrganisationKind),)

    def __str__(self) -> str:
        return self.name
