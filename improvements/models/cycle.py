from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone

from cohorts.models import Delegate, Participation
from improvements.enums import CycleWord, Decision
from improvements.models.improvement import Improvement
from kit.constraints import in_order, known_choice


class ChangeIdea(models.Model):
    """A change that may lead to what an improvement is to achieve; a cycle says which one it tries."""

    improvement = models.ForeignKey(
        Improvement, models.CASCADE, related_name="ideas", verbose_name="förbättringsarbete"
    )
    text = models.CharField("idé", max_length=300)
    position = models.PositiveSmallIntegerField("ordning", default=0)

    class Meta:
        verbose_name = "idé om en förändring"
        verbose_name_plural = "idéer om förändringar"
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.text


class Cycle(models.Model):
    """A turn of PDSA: plan, do, study, act. It has a decision only when all four are described."""

    improvement = models.ForeignKey(
        Improvement, models.CASCADE, related_name="cycles", verbose_name="förbättringsarbete"
    )
    number = models.PositiveSmallIntegerField("nummer")
    plan = models.TextField("planera")
    idea = models.ForeignKey(
        ChangeIdea, models.SET_NULL, related_name="cycles", null=True, blank=True, verbose_name="idén som prövas"
    )
    scale = models.CharField("hur liten skala", max_length=200, blank=True)
    prediction = models.TextField("vad ni tror händer", blank=True)
    begins_on = models.DateField("börjar", null=True, blank=True)
    ends_on = models.DateField("slutar", null=True, blank=True)
    responsible = models.ForeignKey(
        Delegate, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="ansvarig"
    )
    measured = models.TextField("vad ni mäter eller frågar", blank=True)
    do = models.TextField("göra", blank=True)
    study = models.TextField("studera", blank=True)
    act = models.TextField("agera", blank=True)
    decision = models.CharField("beslut", max_length=20, choices=Decision, blank=True)
    # The last day on which anything was written in it, so that one that stands still is seen.
    changed_on = models.DateField("senast ändrad", default=timezone.localdate)

    class Meta:
        verbose_name = "PDSA-cykel"
        verbose_name_plural = "PDSA-cykler"
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("improvement", "number"), name="cycle_number_once"),
            models.CheckConstraint(
                name="decision_after_all_four",
                condition=Q(decision="") | ~(Q(do="") | Q(study="") | Q(act="")),
                violation_error_message="Beskriv alla fyra stegen innan ni anger vad ni beslutade.",
            ),
            known_choice("decision", Decision, blank=True),
            in_order("begins_on", "ends_on"),
        )

    def __str__(self) -> str:
        return f"{self.improvement}, cykel {self.number}"

    def is_late(self, today: date) -> bool:
        return not self.decision and self.ends_on is not None and self.ends_on < today


class CycleName(models.Model):
    """The organisation's own choice between PDSA and PGSA, two names of the same cycle."""

    participation = models.OneToOneField(
        Participation, models.CASCADE, related_name="cycle_name", verbose_name="organisation"
    )
    word = models.CharField("ord", max_length=10, choices=CycleWord, default=CycleWord.PDSA)

    class Meta:
        verbose_name = "namn på cykeln"
        verbose_name_plural = "namn på cykeln"
        constraints = (known_choice("word", CycleWord),)

    def __str__(self) -> str:
        return self.get_word_display()
