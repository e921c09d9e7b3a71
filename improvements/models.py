from datetime import date
from urllib.parse import urlsplit

from django.db import models
from django.db.models import Q
from django.utils import timezone

from checklist.models import Item
from cohorts.models import Delegate, Organisation, Part, Participation
from decisions.models import PoliticalDecision
from improvements.beside import Comment as Comment
from improvements.beside import WorkEvidence as WorkEvidence
from improvements.enums import CycleWord, Decision, ForWhom, PlacingTime, Stage, State, StepState
from improvements.judged import OwnGoal as OwnGoal
from improvements.judged import ResultAnswer as ResultAnswer
from improvements.querysets import EffortQuerySet, ImprovementQuerySet
from indicators.models import Analysis, Indicator
from kit.constraints import in_order, known_choice, on_the_web
from kit.templatetags.swedish import enumerated, sentence
from kit.when import When
from meetings.models import Period, Takeaway
from policy.labels import Labelled
from policy.models import NationalGoal


def public_is_shared(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=f"public_{name}_is_shared",
        condition=Q(public=False) | Q(shared=True),
        violation_error_message="Det som får publiceras delas också med gruppen.",
    )


class Improvement(Labelled):
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
    # The example that it was begun from, of another organisation and maybe of another omgång.
    example = models.ForeignKey(
        "Effort", models.SET_NULL, related_name="borrowings", null=True, blank=True, verbose_name="exempel"
    )
    state = models.CharField("läge", max_length=20, choices=State, default=State.IDEA)
    # The first question: what, for whom, from, to and by when.
    aim = models.TextField("vad vill ni åstadkomma", blank=True)
    problem = models.TextField("problemet i dag", blank=True)
    starting_point = models.CharField("utgångsläge", max_length=300, blank=True)
    target = models.CharField("mål", max_length=300, blank=True)
    aim_on = models.DateField("målet ska nås", null=True, blank=True)
    women = models.BooleanField("kvinnor", default=False)
    men = models.BooleanField("män", default=False)
    girls = models.BooleanField("flickor", default=False)
    boys = models.BooleanField("pojkar", default=False)
    whom = models.CharField("vilka det gäller", max_length=200, blank=True)
    # The second: the indicators, and words where there is none yet. The third is the rows of `ChangeIdea`.
    indicators = models.ManyToManyField(Indicator, related_name="improvements", blank=True, verbose_name="nyckeltal")
    measure = models.CharField("mått i ord", max_length=300, blank=True)
    part = models.ForeignKey(
        Part,
        models.SET_NULL,
        related_name="improvements",
        null=True,
        blank=True,
        verbose_name="nämnd eller förvaltning",
    )
    analysis = models.ForeignKey(
        Analysis,
        models.SET_NULL,
        related_name="improvements",
        null=True,
        blank=True,
        verbose_name="jämställdhetsanalys",
    )
    responsible = models.ForeignKey(
        Delegate, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="ansvarig"
    )
    manager = models.ForeignKey(
        Delegate, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="ansvarig chef"
    )
    begins_on = models.DateField("börjar", null=True, blank=True)
    ends_on = models.DateField("slutar", null=True, blank=True)
    learnt = models.TextField("vad ni lärde er", blank=True)
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
            models.UniqueConstraint(
                fields=("participation", "example"),
                name="example_borrowed_once",
                violation_error_message="Exemplet är redan ett förbättringsarbete.",
            ),
            public_is_shared("improvement"),
            in_order("begins_on", "ends_on"),
            known_choice("state", State),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_ended(self) -> bool:
        return self.state in (State.ADOPTED, State.ENDED)

    @property
    def lender_in_words(self) -> str:
        """Return whose idea it was, by name only with its yes; empty where it is one's own."""
        if self.borrowed_from is None:
            return ""
        return self.borrowed_from.name if self.lender_agrees else "en annan organisation"

    def is_past_its_aim(self, today: date) -> bool:
        return not self.is_ended and self.aim_on is not None and self.aim_on < today


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


class Effort(Labelled):
    """Insats: a piece of work that moves along the result chain. Efforts are classified, never organisations."""

    participation = models.ForeignKey(
        Participation, models.CASCADE, related_name="efforts", verbose_name="organisation"
    )
    title = models.CharField("rubrik", max_length=160)
    item = models.ForeignKey(Item, models.PROTECT, related_name="efforts", null=True, blank=True, verbose_name="moment")
    # The improvement that was adopted and so became a step on the chain.
    improvement = models.OneToOneField(
        Improvement, models.SET_NULL, related_name="effort", null=True, blank=True, verbose_name="förbättringsarbete"
    )
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

    @property
    def furthest(self) -> "EffortStep | None":
        """Return the furthest step that it has reached; fetch efforts with `steps`."""
        return max((step for step in self.steps.all() if step.is_got), key=lambda step: step.order, default=None)


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


class Placement(models.Model):
    """Where on the chain an organisation finds that it is, with its reason; it stands beside the count of efforts."""

    participation = models.ForeignKey(
        Participation, models.CASCADE, related_name="placements", verbose_name="organisation"
    )
    occasion = models.CharField("tillfälle", max_length=10, choices=PlacingTime)
    stage = models.CharField("steg", max_length=20, choices=Stage)
    reason = models.TextField("varför")
    placed_on = models.DateField("angivet")

    class Meta:
        verbose_name = "egen placering"
        verbose_name_plural = "egna placeringar"
        constraints = (
            models.UniqueConstraint(fields=("participation", "occasion"), name="placed_once_an_occasion"),
            known_choice("occasion", PlacingTime),
            known_choice("stage", Stage),
        )

    def __str__(self) -> str:
        return f"{self.get_occasion_display()}: {self.get_stage_display()}"
