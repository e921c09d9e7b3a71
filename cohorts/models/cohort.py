from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.urls import reverse

from cohorts.enums import CohortKind, ExpectedKind, MentorModel
from cohorts.querysets import CohortQuerySet
from kit.constraints import in_order, known_choice

if TYPE_CHECKING:
    from cohorts.models.contact import CohortContact


class Cohort(models.Model):
    """An omgång: organisations that go through the programme together. Its name is free text, never a number."""

    slug = models.SlugField("adress", max_length=80, unique=True)
    name = models.CharField("namn", max_length=120)
    kind = models.CharField("slag", max_length=20, choices=CohortKind)
    starts_on = models.DateField("börjar")
    ends_on = models.DateField("slutar")
    provenance = models.TextField("uppgifternas ursprung", blank=True)
    constructed = models.BooleanField("påhittade uppgifter", default=False)
    mentor_model = models.CharField(
        "mentorskap",
        max_length=20,
        choices=MentorModel,
        default=MentorModel.PER_GROUP,
        db_default=MentorModel.PER_GROUP,
    )
    # Our own estimate: hours for one supported meeting, including preparation and travel.
    mentor_hours = models.PositiveSmallIntegerField("timmar för mentorn per träff", default=12, db_default=12)
    group_min = models.PositiveSmallIntegerField("minst i en grupp", default=2, db_default=2)
    group_max = models.PositiveSmallIntegerField("högst i en grupp", default=3, db_default=3)
    contact = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="contact_for",
        null=True,
        blank=True,
        verbose_name="kontaktperson på SKR",
    )
    fee = models.PositiveIntegerField("avgift i kronor", null=True, blank=True)
    interest_opens_on = models.DateField("intresseanmälan öppnar", null=True, blank=True)
    interest_closes_on = models.DateField("sista dag för intresseanmälan", null=True, blank=True)
    board_meets_on = models.DateField("styrgruppen beslutar", null=True, blank=True)
    # Decided when it is set up, and never after. Its organisations are its own, and invented.
    rehearsal = models.BooleanField("provomgång", default=False, db_default=False)
    extended_from = models.DateField("slutade från början", null=True, blank=True)

    objects = CohortQuerySet.as_manager()

    class Meta:
        verbose_name = "omgång"
        verbose_name_plural = "omgångar"
        ordering = ("-starts_on", "slug")
        constraints = (
            in_order("starts_on", "ends_on"),
            in_order("interest_opens_on", "interest_closes_on"),
            known_choice("kind", CohortKind),
            known_choice("mentor_model", MentorModel),
            models.CheckConstraint(
                name="group_sizes_in_order",
                condition=models.Q(group_max__gte=models.F("group_min")),
                violation_error_message="Gruppens största antal kan inte vara mindre än det minsta.",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("overview:cohort", args=[self.slug])

    def is_open(self, today: date) -> bool:
        """True until the last day has passed; after it nothing in the omgång is entered or changed."""
        return today <= self.ends_on

    def takes_interest(self, today: date) -> bool:
        if self.interest_opens_on is None or today < self.interest_opens_on:
            return False
        return self.interest_closes_on is None or today <= self.interest_closes_on

    @property
    def colleagues(self) -> models.QuerySet[CohortContact]:
        """Return those at SKR whom one may ask beside the contact, with their tasks."""
        return self.contacts.select_related("user")

    @property
    def has_mentors(self) -> bool:
        return self.mentor_model != MentorModel.NONE

    @property
    def is_mixed(self) -> bool:
        return self.kind == CohortKind.MIXED


class ExpectedResult(models.Model):
    """A result that the omgång expects, or wishes, that each organisation reaches."""

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
