"""What the work rests on: the national goals, and the articles of CEMR's declaration."""

from django.db import models
from django.db.models import F


class NationalGoal(models.Model):
    """A national goal of equality. The overall one has no number; the six delmål have theirs."""

    number = models.PositiveSmallIntegerField("nummer", unique=True, null=True, blank=True)
    text = models.CharField("mål", max_length=200)

    class Meta:
        verbose_name = "jämställdhetspolitiskt mål"
        verbose_name_plural = "jämställdhetspolitiska mål"
        ordering = (F("number").asc(nulls_first=True),)

    def __str__(self) -> str:
        return self.text


class Article(models.Model):
    """An article of the European charter, or a topic added in 2022, whose number is not known and so is None."""

    number = models.PositiveSmallIntegerField("nummer", unique=True, null=True, blank=True)
    short = models.CharField("rubrik", max_length=160)
    group = models.CharField("del", max_length=160)
    since = models.PositiveSmallIntegerField("från år")

    class Meta:
        verbose_name = "artikel i CEMR-deklarationen"
        verbose_name_plural = "artiklar i CEMR-deklarationen"
        ordering = (F("number").asc(nulls_last=True), "pk")

    def __str__(self) -> str:
        return f"{self.number}. {self.short}" if self.number else self.short
