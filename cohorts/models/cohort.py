from datetime import date

from django.db import models
from django.urls import reverse

from cohorts.enums import CohortKind, ExpectedKind
from cohorts.querysets import CohortQuerySet
from modell.constraints import in_order, known_choice


class Cohort(models.Model):
    """Omgång: organisations that go through the programme together. A free name, never a computed number."""

    slug = models.SlugField("adress", max_length=80, unique=True)
    name = models.CharField("namn", max_length=120)
    kind = models.CharField("slag", max_length=20, choices=CohortKind)
    starts_on = models.DateField("börjar")
    ends_on = models.DateField("slutar")
    provenance = models.TextField("uppgifternas ursprung", blank=True)
    constructed = models.BooleanField("påhittade uppgifter", default=False)

    objects = CohortQuerySet.as_manager()

    class Meta:
        verbose_name = "omgång"
        verbose_name_plural = "omgångar"
        ordering = ("-starts_on", "slug")
        constraints = (in_order("starts_on", "ends_on"), known_choice("kind", CohortKind))

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("programme:cohort", args=[self.slug])

    def is_open(self, today: date) -> bool:
        """True until the omgång's last day has passed: after it nothing of it is entered or changed."""
        return today <= self.ends_on

    @property
    def is_mixed(self) -> bool:
        return self.kind == CohortKind.MIXED


class ExpectedResult(models.Model):
    """What the omgång expects, or wishes, that each organisation reaches."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="expected_results", verbose_name="omgång")
    key = models.CharField("nyckel", max_length=60)
    text = models.TextField("text")
    kind = models.CharField("slag", max_length=20, choices=ExpectedKind)
    position = models.PositiveSmallIntegerField("ordning")

    class Meta:
        verbose_name = "förväntat resultat"
        verbose_name_plural = "förväntade resultat"
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=("cohort", "key"), name="expected_result_key_once"),
            known_choice("kind", ExpectedKind),
        )

    def __str__(self) -> str:
        return self.text
