from django.db import models

from cohorts.models import Cohort
from kit.constraints import known_choice
from kit.rich import Document, restored
from reports.enums import ChapterKind, ChapterOwner, ChapterState
from reports.models.report import JointReport


class Chapter(models.Model):
    """A chapter of the omgång's joint report. An omgång without any has the usual ones (`reports.joint_chapters`)."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="chapters", verbose_name="omgång")
    key = models.CharField("nyckel", max_length=60)
    heading = models.CharField("rubrik", max_length=160)
    kind = models.CharField("slag", max_length=20, choices=ChapterKind, default=ChapterKind.TEXT)
    position = models.PositiveSmallIntegerField("ordning")

    class Meta:
        verbose_name = "kapitel"
        verbose_name_plural = "kapitel"
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(fields=("cohort", "key"), name="chapter_key_once"),
            known_choice("kind", ChapterKind),
        )

    def __str__(self) -> str:
        return self.heading


class ChapterText(models.Model):
    """SKR's or the evaluator's words in a chapter, or in its part for a moment or a stage: key "results--moment-3".

    `text` is the words and `structure` is empty where they say all (kit/rich). `revision` counts saves.
    """

    joint = models.ForeignKey(JointReport, models.CASCADE, related_name="texts", verbose_name="gemensam rapport")
    key = models.CharField("kapitel", max_length=100)
    text = models.TextField("text", blank=True)
    structure = models.JSONField("textens uppställning", null=True, blank=True)
    owner = models.CharField("ansvarig", max_length=20, choices=ChapterOwner, default=ChapterOwner.SKR)
    state = models.CharField("läge", max_length=20, choices=ChapterState, default=ChapterState.DRAFT)
    revision = models.PositiveIntegerField("version", default=0)

    class Meta:
        verbose_name = "kapiteltext"
        verbose_name_plural = "kapiteltexter"
        constraints = (
            models.UniqueConstraint(fields=("joint", "key"), name="chapter_text_once"),
            known_choice("owner", ChapterOwner),
            known_choice("state", ChapterState),
        )

    def __str__(self) -> str:
        return f"{self.joint}: {self.key}"

    @property
    def document(self) -> Document:
        return restored(self.text, self.structure)

    @property
    def is_done(self) -> bool:
        return self.state == ChapterState.DONE

    @property
    def is_reviewed(self) -> bool:
        """True if it waits for SKR to read it."""
        return self.state == ChapterState.REVIEW
