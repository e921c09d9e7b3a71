from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q

from archive.querysets import BundleQuerySet
from cohorts.models import Cohort, Participation
from kit.building import UNDER_WAY, Built
from kit.constraints import known_choice
from kit.enums import BuildState

# Whoever ordered it has it by then, and a file that holds everything should not lie about.
KEPT = timedelta(days=14)


class Bundle(Built):
    """All papers of an organisation in an omgång in one file, or SKR's own of the omgång, where it has none.

    `for_skr` says whose reader it is made for: SKR reads less of an organisation than its strategist does.
    """

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="bundles", verbose_name="omgång")
    participation = models.ForeignKey(
        Participation, models.CASCADE, related_name="bundles", null=True, blank=True, verbose_name="organisation"
    )
    for_skr = models.BooleanField("beställd av SKR", default=False)
    file = models.FileField("fil", upload_to="handlingar/", blank=True)

    objects = BundleQuerySet.as_manager()

    class Meta:
        verbose_name = "fil med handlingar"
        verbose_name_plural = "filer med handlingar"
        ordering = ("-ordered_at", "-pk")
        constraints = (
            models.CheckConstraint(
                name="bundle_without_organisation_is_skrs",
                condition=Q(participation__isnull=False) | Q(for_skr=True),
                violation_error_message="Filen hör till en organisation eller till SKR.",
            ),
            models.UniqueConstraint(
                fields=("participation", "for_skr"),
                condition=Q(state__in=UNDER_WAY, participation__isnull=False),
                name="one_bundle_at_a_time",
            ),
            models.UniqueConstraint(
                fields=("cohort",),
                condition=Q(state__in=UNDER_WAY, participation__isnull=True),
                name="one_bundle_of_skr_at_a_time",
            ),
            known_choice("state", BuildState),
        )

    def __str__(self) -> str:
        return f"handlingar för {self.participation or self.cohort}"

    @property
    def removed_at(self) -> datetime:
        return self.ordered_at + KEPT
