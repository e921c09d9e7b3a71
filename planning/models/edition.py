from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from checklist.models import Checklist
from cohorts.enums import CohortKind, ExpectedKind, Function, MentorModel
from kit.constraints import known_choice, on_the_web
from kit.ordering import by_name
from meetings.enums import AgendaPart, HostPhase, MeetingForm, Whose
from meetings.models.meeting import (
    DUE_BEFORE,
    ENDS_TOO_EARLY,
    INVITE_BEFORE,
    NO_START,
    OPENS_BEFORE,
    PRESENT_BEFORE,
)
from planning.enums import PeriodKind, step_kinds
from reports.enums import ChapterKind, SectionKind
from reports.models.report import TemplateSection


class Edition(models.Model):
    """A concept edition (konceptutgåva): how the programme is run, as data. A new omgång gets its own copy."""

    key = models.SlugField("nyckel", max_length=60, unique=True)
    name = models.CharField("namn", max_length=120)
    description = models.TextField("beskrivning", blank=True)
    source = models.TextField("källa", blank=True)
    kind = models.CharField("för", max_length=20, choices=CohortKind, default=CohortKind.MIXED)
    duration_months = models.PositiveSmallIntegerField("månader")
    mentor_model = models.CharField("mentorskap", max_length=20, choices=MentorModel)
    mentor_hours = models.PositiveSmallIntegerField("timmar för mentorn per träff", default=12)
    group_min = models.PositiveSmallIntegerField("minst i en grupp", default=2)
    group_max = models.PositiveSmallIntegerField("högst i en grupp", default=3)
    checklist = models.ForeignKey(
        Checklist, models.PROTECT, related_name="editions", null=True, blank=True, verbose_name="checklista"
    )
    half_steps = models.BooleanField("halva steg", default=False)
    fee = models.PositiveIntegerField("avgift i kronor", null=True, blank=True)
    retired = models.BooleanField("används inte längre", default=False)
    position = models.PositiveSmallIntegerField("ordning", default=0)

    class Meta:
        verbose_name = "konceptutgåva"
        verbose_name_plural = "konceptutgåvor"
        ordering = ("retired", "-position", by_name("name"))
        constraints = (known_choice("kind", CohortKind), known_choice("mentor_model", MentorModel))

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("planning:edition", args=[self.key])


class EditionStep(models.Model):
    """A step of an edition: a meeting some days after the omgång's start, or a period between meetings.

    `number` is the edition's own number of the step ("steg 3 av 8"); a strategträff has none.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="steps", verbose_name="utgåva")
    position = models.PositiveSmallIntegerField("ordning")
    number = models.PositiveSmallIntegerField("stegets nummer", null=True, blank=True)
    name = models.CharField("namn", max_length=120)
    # Only the action checks the value, since a constraint would need a migration for each new kind of meeting.
    kind = models.CharField("slag", max_length=30, choices=step_kinds)
    theme = models.CharField("tema", max_length=160, blank=True)
    goals = models.TextField("mål", blank=True)
    start_day = models.PositiveSmallIntegerField("dagar efter omgångens start", default=0)
    days = models.PositiveSmallIntegerField("antal dagar", default=1)
    form = models.CharField("form", max_length=20, choices=MeetingForm, default=MeetingForm.DIGITAL)
    # The usual hours of such a meeting; each omgång may have its own.
    starts_at = models.TimeField("börjar", null=True, blank=True)
    ends_at = models.TimeField("slutar", null=True, blank=True)
    # For a strategträff: the step it prepares.
    prepares = models.ForeignKey(
        "self", models.SET_NULL, related_name="prepared_by", null=True, blank=True, verbose_name="förbereder"
    )
    per_group = models.BooleanField("varje grupp har sin egen", default=False)
    has_presentations = models.BooleanField("organisationerna presenterar", default=False)
    opens_before = models.PositiveSmallIntegerField("självskattningen öppnar, dagar före", default=OPENS_BEFORE)
    due_before = models.PositiveSmallIntegerField("lämnas in, dagar före", default=DUE_BEFORE)
    present_before = models.PositiveSmallIntegerField("presentationen lämnas, dagar före", default=PRESENT_BEFORE)
    invite_before = models.PositiveSmallIntegerField("inbjudan skickas, dagar före", default=INVITE_BEFORE)

    class Meta:
        verbose_name = "steg i konceptet"
        verbose_name_plural = "steg i konceptet"
        ordering = ("position", "pk")
        constraints = (
            known_choice("form", MeetingForm),
            models.CheckConstraint(
                name="step_end_needs_start",
                condition=Q(ends_at=None) | Q(starts_at__isnull=False),
                violation_error_message=NO_START,
            ),
            models.CheckConstraint(
                name="step_ends_after_start",
                condition=Q(ends_at=None) | Q(starts_at=None) | Q(ends_at__gt=F("starts_at")) | Q(days__gt=1),
                violation_error_message=ENDS_TOO_EARLY,
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_period(self) -> bool:
        return self.kind in PeriodKind.values


class EditionPreparation(models.Model):
    """A line in a step's list of preparations, which becomes a `meetings.Preparation` of the meeting."""

    step = models.ForeignKey(EditionStep, models.CASCADE, related_name="preparations", verbose_name="steg")
    function = models.CharField("för", max_length=20, choices=Function, blank=True)
    text = models.CharField("vad", max_length=300)
    url = models.URLField("länk", max_length=500, blank=True)
    days_before = models.PositiveSmallIntegerField("dagar före träffen", default=14)
    position = models.PositiveSmallIntegerField("ordning")

    class Meta:
        verbose_name = "förberedelse i konceptet"
        verbose_name_plural = "förberedelser i konceptet"
        ordering = ("-days_before", "position", "pk")
        constraints = (known_choice("function", Function, blank=True), on_the_web("url"))

    def __str__(self) -> str:
        return self.text


class EditionAgendaItem(models.Model):
    """A part of a step's usual agenda."""

    step = models.ForeignKey(EditionStep, models.CASCADE, related_name="agenda", verbose_name="steg")
    position = models.PositiveSmallIntegerField("ordning")
    title = models.CharField("rubrik", max_length=200)
    minutes = models.PositiveSmallIntegerField("minuter")
    part = models.CharField("vilka", max_length=20, choices=AgendaPart, default=AgendaPart.JOINT)
    whose = models.CharField("vems tid", max_length=20, choices=Whose, default=Whose.EXCHANGE)

    class Meta:
        verbose_name = "punkt i konceptets dagordning"
        verbose_name_plural = "punkter i konceptets dagordning"
        ordering = ("position", "pk")
        constraints = (known_choice("part", AgendaPart), known_choice("whose", Whose))

    def __str__(self) -> str:
        return self.title


class EditionHostTask(models.Model):
    """A line in the organiser's checklist for every meeting of the edition."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="host_tasks", verbose_name="utgåva")
    phase = models.CharField("när", max_length=10, choices=HostPhase)
    text = models.CharField("vad", max_length=300)
    position = models.PositiveSmallIntegerField("ordning")

    class Meta:
        verbose_name = "arrangörens uppgift i konceptet"
        verbose_name_plural = "arrangörens uppgifter i konceptet"
        ordering = ("position", "pk")
        constraints = (known_choice("phase", HostPhase),)

    def __str__(self) -> str:
        return self.text


class EditionResult(models.Model):
    """A result that an omgång of the edition expects, or wishes, each organisation to reach."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="results", verbose_name="utgåva")
    key = models.SlugField("nyckel", max_length=60)
    text = models.TextField("text")
    kind = models.CharField("slag", max_length=20, choices=ExpectedKind)
    position = models.PositiveSmallIntegerField("ordning")

    class Meta:
        verbose_name = "resultat i konceptet"
        verbose_name_plural = "resultat i konceptet"
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(fields=("edition", "key"), name="edition_result_once"),
            known_choice("kind", ExpectedKind),
        )

    def __str__(self) -> str:
        return self.text


class EditionSection(TemplateSection):
    """A heading of the result report in omgångar of the edition."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="sections", verbose_name="utgåva")
    key = models.SlugField("nyckel", max_length=60)
    heading = models.CharField("rubrik", max_length=160)
    position = models.PositiveSmallIntegerField("ordning")

    class Meta:
        verbose_name = "avsnitt i konceptet"
        verbose_name_plural = "avsnitt i konceptet"
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(fields=("edition", "key"), name="edition_section_once"),
            known_choice("kind", SectionKind),
        )

    def __str__(self) -> str:
        return self.heading


class EditionChapter(models.Model):
    """A chapter of the joint report in omgångar of the edition."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="chapters", verbose_name="utgåva")
    key = models.SlugField("nyckel", max_length=60)
    heading = models.CharField("rubrik", max_length=160)
    kind = models.CharField("slag", max_length=20, choices=ChapterKind, default=ChapterKind.TEXT)
    position = models.PositiveSmallIntegerField("ordning")

    class Meta:
        verbose_name = "kapitel i konceptet"
        verbose_name_plural = "kapitel i konceptet"
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(fields=("edition", "key"), name="edition_chapter_once"),
            known_choice("kind", ChapterKind),
        )

    def __str__(self) -> str:
        return self.heading
