from collections.abc import Mapping

from django.conf import settings
from django.db import models
from django.urls import reverse

from admission.letter.words import PARAGRAPHS, LetterParagraph
from cohorts.models import Cohort

COLUMNS = ("introduction", "closing")


class Letter(models.Model):
    """SKR's own words in an omgång's admission letter, which takes the rest from the omgång.

    `paragraphs` has them by key. The two oldest texts have columns of their own, as the cohort package has them; where
    SKR has left one of these out, it is in `paragraphs` as "".
    """

    cohort = models.OneToOneField(Cohort, models.CASCADE, related_name="letter", verbose_name="omgång")
    introduction = models.TextField("inledning", blank=True)
    closing = models.TextField("avslutning", blank=True)
    paragraphs = models.JSONField("andra stycken", default=dict, blank=True)
    # A line for each, with name, task and address between commas.
    contacts = models.TextField("fler kontaktpersoner på SKR", blank=True)

    class Meta:
        verbose_name = "antagningsbrev"
        verbose_name_plural = "antagningsbrev"

    def __str__(self) -> str:
        return f"antagningsbrev för {self.cohort}"

    def text_of(self, paragraph: LetterParagraph) -> str:
        """Return SKR's text, or the built-in one; empty if SKR has left the paragraph out."""
        written: str = self.paragraphs.get(paragraph.key, paragraph.text)
        return getattr(self, paragraph.key, "") or written if paragraph.key in COLUMNS else written

    @property
    def texts(self) -> dict[str, str]:
        return {key: self.text_of(paragraph) for key, paragraph in PARAGRAPHS.items()}

    def take(self, content: Mapping[str, str]) -> None:
        """Take over the texts and the contacts; a text that equals the built-in one is not kept."""
        self.contacts = content["contacts"]
        own = {key: content[key] for key, built_in in PARAGRAPHS.items() if content[key] != built_in.text}
        self.introduction, self.closing = (own.get(key, "") for key in COLUMNS)
        self.paragraphs = {key: text for key, text in own.items() if key not in COLUMNS or not text}


class LetterIssue(models.Model):
    """Version of the letter as it was sent, with its file and what had changed since the last."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="letter_issues", verbose_name="omgång")
    number = models.PositiveSmallIntegerField("version")
    checksum = models.CharField("kontrollsumma", max_length=64)
    # Each section has its own checksum, so that the next version can say which ones are new.
    parts = models.JSONField("avsnitt", default=dict)
    # What the file says, for its page; None for a version that was sent before there was one.
    content = models.JSONField("innehåll", null=True)
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

    def get_absolute_url(self) -> str:
        return reverse("admission:letter_version", args=[self.cohort.slug, self.number])
