from django.conf import settings
from django.db import models

from cohorts.models import Cohort


class Letter(models.Model):
    """SKR's own words in an omgång's admission letter, which takes the rest from the omgång."""

    cohort = models.OneToOneField(Cohort, models.CASCADE, related_name="letter", verbose_name="omgång")
    introduction = models.TextField("inledning", blank=True)
    closing = models.TextField("avslutning", blank=True)
    # A line for each, with name, task and address between commas.
    contacts = models.TextField("fler kontaktpersoner på SKR", blank=True)

    class Meta:
        verbose_name = "antagningsbrev"
        verbose_name_plural = "antagningsbrev"

    def __str__(self) -> str:
        return f"antagningsbrev för {self.cohort}"


class LetterIssue(models.Model):
    """Version of the letter as it was sent, with its file and what had changed since the last."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="letter_issues", verbose_name="omgång")
    number = models.PositiveSmallIntegerField("version")
    checksum = models.CharField("kontrollsumma", max_length=64)
    # Each section has its own checksum, so that the next version can say which ones are new.
    parts = models.JSONField("avsnitt", default=dict)
    changed = models.CharField("ändrat", max_length=400, blank=True)
    issued_on = models.DateField("skickat")
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="av"
    )
    file = models.FileField("fil", upload_to="brev/", max_length=200)

    class Meta:
        verbose_name = "version av antagningsbrevet"
        verbose_name_plural = "versioner av antagningsbrevet"
        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=("cohort", "number"), name="letter_number_once"),)

    def __str__(self) -> str:
        return f"version {self.number}"
