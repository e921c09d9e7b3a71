from urllib.parse import urlsplit

from django.db import models
from django.db.models import Q

from decisions.models import PoliticalDecision
from improvements.enums import ForWhom, Stage, StepState
from improvements.models.effort import Effort
from indicators.models import Indicator
from kit.constraints import known_choice, on_the_web
from kit.templatetags.swedish import enumerated, sentence
from kit.when import When
from policy.models import NationalGoal


class StepContent(models.Model):
    """What an organisation says of an effort at one stage of the chain."""

    stage = models.CharField("steg", max_length=20, choices=Stage)
    state = models.CharField("läge", max_length=20, choices=StepState)
    # Which part of the organisation has reached the stage, where it is not all of it.
    part = models.CharField("vilka delar", max_length=160, blank=True)
    year = models.PositiveSmallIntegerField("år")
    month = models.PositiveSmallIntegerField("månad", null=True, blank=True)
    day = models.PositiveSmallIntegerField("dag", null=True, blank=True)
    text = models.TextField("beskrivning")
    led_here = models.TextField("vad som ledde hit", blank=True)
    # The control question of the stage: whether residents notice it, and in what way; or which goal it serves.
    noticed = models.BooleanField("märks för invånarna", null=True, blank=True)
    noticed_how = models.TextField("på vilket sätt det märks", blank=True)
    goal = models.ForeignKey(
        NationalGoal, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="delmål"
    )
    whom = models.JSONField("för vilka", default=list, blank=True)
    group = models.CharField("grupp", max_length=160, blank=True)
    indicator = models.ForeignKey(
        Indicator, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="nyckeltal"
    )
    decision = models.ForeignKey(
        PoliticalDecision, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="beslut"
    )
    link = models.URLField("länk till ett dokument", max_length=500, blank=True)
    # The day on which the state and the date were entered; None where it is not known.
    said_on = models.DateField("angivet", null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def order(self) -> int:
        return Stage.values.index(self.stage)

    @property
    def is_got(self) -> bool:
        return StepState(self.state).is_got

    @property
    def when(self) -> When:
        return When(self.year, self.month, self.day)

    @property
    def how_far(self) -> str:
        return f"{self.get_state_display()}: {self.part}" if self.part else str(self.get_state_display())

    @property
    def for_whom(self) -> str:
        groups = enumerated(str(ForWhom(key).label).lower() for key in self.whom)
        return sentence(": ".join(filter(None, (groups, self.group))))

    @property
    def link_host(self) -> str:
        return urlsplit(self.link).hostname or ""


class EffortStep(StepContent):
    """The progress of an effort at one stage of the chain; each stage has at most one step."""

    effort = models.ForeignKey(Effort, models.CASCADE, related_name="steps", verbose_name="insats")

    class Meta:
        verbose_name = "steg i resultatkedjan"
        verbose_name_plural = "steg i resultatkedjan"
        constraints = (
            models.UniqueConstraint(
                fields=("effort", "stage"),
                name="stage_once_an_effort",
                violation_error_message="Insatsen har redan det steget.",
            ),
            models.CheckConstraint(
                name="part_where_only_parts",
                condition=(Q(state="partly") & ~Q(part="")) | (~Q(state="partly") & Q(part="")),
                violation_error_message="Skriv vilka delar av verksamheten det gäller.",
            ),
            models.CheckConstraint(
                name="step_day_has_a_month",
                condition=Q(day=None) | Q(month__isnull=False),
                violation_error_message="Ange månaden också.",
            ),
            known_choice("stage", Stage),
            known_choice("state", StepState),
            on_the_web("link"),
        )

    def __str__(self) -> str:
        return f"{self.effort}: {self.get_stage_display()}"


class PastStep(StepContent):
    """What was said of an effort at a stage until it was changed: a change keeps it, and nothing changes it."""

    effort = models.ForeignKey(Effort, models.CASCADE, related_name="past_steps", verbose_name="insats")
    replaced_on = models.DateField("ändrat")

    class Meta:
        verbose_name = "tidigare steg"
        verbose_name_plural = "tidigare steg"
        ordering = ("-replaced_on", "-pk")
        constraints = (known_choice("stage", Stage), known_choice("state", StepState), on_the_web("link"))

    def __str__(self) -> str:
        return f"{self.effort}: {self.get_stage_display()} till {self.replaced_on}"
