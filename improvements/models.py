from django.db import models
from django.db.models import Q

from checklist.models import Item
from cohorts.models import ExpectedResult, Organisation, Participation
from improvements.enums import Decision, HowFar, Stage, StepState
from improvements.querysets import EffortQuerySet, ImprovementQuerySet
from kit.constraints import known_choice
from meetings.models import Period, Takeaway


def public_is_shared(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=f"public_{name}_is_shared",
        condition=Q(public=False) | Q(shared=True),
        violation_error_message="Det som får publiceras delas också med gruppen.",
    )


class Improvement(models.Model):
    """Förbättringsarbete: work at home between the meetings, tried in PDSA cycles."""

    participation = models.ForeignKey(
        Participation, models.CASCADE, related_name="improvements", verbose_name="organisation"
    )
    title = models.CharField("rubrik", max_length=160)
    item = models.ForeignKey(
        Item, models.PROTECT, related_name="improvements", null=True, blank=True, verbose_name="moment"
    )
    borrowed_from = models.ForeignKey(
        Organisation, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="idén kommer från"
    )
    # What the organisation that had the idea says; None until it has answered.
    lender_agrees = models.BooleanField("den som hade idén får nämnas", null=True, blank=True)
    takeaway = models.OneToOneField(
        Takeaway, models.SET_NULL, related_name="improvement", null=True, blank=True, verbose_name="idé från en träff"
    )
    shared = models.BooleanField("delas med gruppen", default=False)
    public = models.BooleanField("får publiceras", default=False)
    position = models.PositiveSmallIntegerField("ordning", default=0)

    objects = ImprovementQuerySet.as_manager()

    class Meta:
        verbose_name = "förbättringsarbete"
        verbose_name_plural = "förbättringsarbeten"
        ordering = ("participation__position", "position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("participation", "title"),
                name="improvement_title_once",
                violation_error_message="Ni har redan ett förbättringsarbete med den rubriken.",
            ),
            public_is_shared("improvement"),
        )

    def __str__(self) -> str:
        return self.title


class Cycle(models.Model):
    """A turn of PDSA: plan, do, study, act. It has a decision only when all four are described."""

    improvement = models.ForeignKey(
        Improvement, models.CASCADE, related_name="cycles", verbose_name="förbättringsarbete"
    )
    number = models.PositiveSmallIntegerField("nummer")
    plan = models.TextField("planera")
    do = models.TextField("göra", blank=True)
    study = models.TextField("studera", blank=True)
    act = models.TextField("agera", blank=True)
    decision = models.CharField("beslut", max_length=20, choices=Decision, blank=True)

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
        )

    def __str__(self) -> str:
        return f"{self.improvement}, cykel {self.number}"


class Effort(models.Model):
    """Insats: a piece of work that moves along the result chain. Efforts are classified, never organisations."""

    participation = models.ForeignKey(
        Participation, models.CASCADE, related_name="efforts", verbose_name="organisation"
    )
    title = models.CharField("rubrik", max_length=160)
    item = models.ForeignKey(Item, models.PROTECT, related_name="efforts", null=True, blank=True, verbose_name="moment")
    shared = models.BooleanField("delas med gruppen", default=False)
    public = models.BooleanField("får publiceras", default=False)
    example = models.BooleanField("erbjuds som lärande exempel", default=False)
    position = models.PositiveSmallIntegerField("ordning", default=0)

    objects = EffortQuerySet.as_manager()

    class Meta:
        verbose_name = "insats"
        verbose_name_plural = "insatser"
        ordering = ("participation__position", "position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("participation", "title"),
                name="effort_title_once",
                violation_error_message="Ni har redan en insats med den rubriken.",
            ),
            models.CheckConstraint(
                name="example_is_shared",
                condition=Q(example=False) | Q(shared=True),
                violation_error_message="Ett exempel som erbjuds andra delas också med gruppen.",
            ),
            public_is_shared("effort"),
        )

    def __str__(self) -> str:
        return self.title


class ResultAnswer(models.Model):
    """What an organisation says about one of the results that its omgång expects or wishes."""

    participation = models.ForeignKey(
        Participation, models.CASCADE, related_name="result_answers", verbose_name="organisation"
    )
    result = models.ForeignKey(ExpectedResult, models.CASCADE, related_name="answers", verbose_name="resultat")
    judgement = models.CharField("bedömning", max_length=20, choices=HowFar)
    text = models.TextField("vad bygger ni det på", blank=True)

    class Meta:
        verbose_name = "svar om ett förväntat resultat"
        verbose_name_plural = "svar om förväntade resultat"
        constraints = (
            models.UniqueConstraint(fields=("participation", "result"), name="result_answered_once"),
            known_choice("judgement", HowFar),
        )

    def __str__(self) -> str:
        return f"{self.result}: {self.get_judgement_display()}"


class ReachedGoal(models.Model):
    """A goal of the work at home that an organisation has ticked. It is named by its text, as SKR wrote it then."""

    participation = models.ForeignKey(
        Participation, models.CASCADE, related_name="reached_goals", verbose_name="organisation"
    )
    period = models.ForeignKey(Period, models.CASCADE, related_name="reached_goals", verbose_name="period")
    goal = models.TextField("mål")
    reached_on = models.DateField("nått")

    class Meta:
        verbose_name = "nått mål"
        verbose_name_plural = "nådda mål"
        constraints = (models.UniqueConstraint(fields=("participation", "period", "goal"), name="goal_reached_once"),)

    def __str__(self) -> str:
        return self.goal


class WithdrawnExample(models.Model):
    """The number of an effort that was offered as an example and is not any longer, so that its address can say so."""

    effort_number = models.PositiveBigIntegerField("insatsens nummer", unique=True)
    withdrawn_on = models.DateField("återtaget")

    class Meta:
        verbose_name = "återtaget exempel"
        verbose_name_plural = "återtagna exempel"

    def __str__(self) -> str:
        return f"Återtaget exempel {self.effort_number}"


class EffortStep(models.Model):
    """The progress of an effort at one stage of the chain; each stage has at most one step."""

    effort = models.ForeignKey(Effort, models.CASCADE, related_name="steps", verbose_name="insats")
    stage = models.CharField("steg", max_length=20, choices=Stage)
    state = models.CharField("läge", max_length=20, choices=StepState)
    year = models.PositiveSmallIntegerField("år")
    text = models.TextField("beskrivning")

    class Meta:
        verbose_name = "steg i resultatkedjan"
        verbose_name_plural = "steg i resultatkedjan"
        constraints = (
            models.UniqueConstraint(
                fields=("effort", "stage"),
                name="stage_once_an_effort",
                violation_error_message="Insatsen har redan det steget.",
            ),
            known_choice("stage", Stage),
            known_choice("state", StepState),
        )

    def __str__(self) -> str:
        return f"{self.effort}: {self.get_stage_display()}"

    @property
    def order(self) -> int:
        return Stage.values.index(self.stage)
