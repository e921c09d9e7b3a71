from django.conf import settings
from django.db import models

from cohorts.models import Cohort, Delegate, Participation
from kit.constraints import known_choice
from kit.rich import Document, restored
from reports.enums import FiguresAs, JointState, ReportState, RowOrder, SectionKind
from reports.querysets import JointReportQuerySet, ReportQuerySet

# A section's key, two dashes and the key of a moment or a stage.
LONGEST_KEY = 122


class TemplateSection(models.Model):
    """What SKR says of a section of the result report; both a concept and an omgång have such sections."""

    kind = models.CharField("slag", max_length=20, choices=SectionKind, default=SectionKind.TEXT)
    asks = models.TextField("vad avsnittet svarar på", blank=True)
    example = models.TextField("exempel", blank=True)
    wanted_words = models.PositiveSmallIntegerField("ungefär så många ord", null=True, blank=True)
    required = models.BooleanField("ska vara skrivet när rapporten lämnas in", default=False)

    class Meta:
        abstract = True


class Section(TemplateSection):
    """A heading of the result report, stored with the omgång since SKR's template changes."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="sections", verbose_name="omgång")
    key = models.CharField("nyckel", max_length=60)
    heading = models.CharField("rubrik", max_length=160)
    position = models.PositiveSmallIntegerField("ordning")

    class Meta:
        verbose_name = "avsnitt"
        verbose_name_plural = "avsnitt"
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=("cohort", "key"), name="section_key_once"),
            known_choice("kind", SectionKind),
        )

    def __str__(self) -> str:
        return self.heading


class Report(models.Model):
    """Resultatrapport: an organisation's own account of its omgång.

    `state` is that of the text that is written. Others read its editions, so a published report stays public while its
    correction is a draft; `reason` says why it is corrected.
    """

    participation = models.OneToOneField(
        Participation, models.CASCADE, related_name="report", verbose_name="organisation"
    )
    state = models.CharField("läge", max_length=20, choices=ReportState, default=ReportState.DRAFT)
    with_values = models.BooleanField("självskattningens värden får publiceras", default=False)
    with_comments = models.BooleanField("kommentarerna till momenten får publiceras", default=False)
    with_results = models.BooleanField("svaren om resultat och egna mål får publiceras", default=False)
    reason = models.TextField("varför den rättas", blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "resultatrapport"
        verbose_name_plural = "resultatrapporter"
        ordering = ("participation__position",)
        constraints = (known_choice("state", ReportState),)

    def __str__(self) -> str:
        return f"Resultatrapport – {self.participation}"

    @property
    def is_draft(self) -> bool:
        return self.state == ReportState.DRAFT

    @property
    def is_submitted(self) -> bool:
        return self.state == ReportState.SUBMITTED

    @property
    def is_published(self) -> bool:
        return self.state == ReportState.PUBLISHED


class ReportSection(models.Model):
    """The text under a heading, or of one part of a section. If it is `shared`, the joint report may use it.

    `text` is its words; `structure` is empty where they say all (kit/rich). `revision` counts saves of them. Who writes
    by when stands at the section itself, also where its text is written in parts; `key` is then "section--part".
    """

    report = models.ForeignKey(Report, models.CASCADE, related_name="texts", verbose_name="resultatrapport")
    key = models.CharField("avsnitt", max_length=LONGEST_KEY)
    text = models.TextField("text", blank=True)
    structure = models.JSONField("textens uppställning", null=True, blank=True)
    shared = models.BooleanField("får användas i den gemensamma rapporten", default=False)
    revision = models.PositiveIntegerField("version", default=0)
    writer = models.ForeignKey(
        Delegate, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="skrivs av"
    )
    due_on = models.DateField("skrivet senast", null=True, blank=True)

    class Meta:
        verbose_name = "rapporttext"
        verbose_name_plural = "rapporttexter"
        constraints = (models.UniqueConstraint(fields=("report", "key"), name="report_section_once"),)

    def __str__(self) -> str:
        return f"{self.report}: {self.key}"

    @property
    def document(self) -> Document:
        return restored(self.text, self.structure)


class SectionVersion(models.Model):
    """A text as one person left it, in the history of a section; whoever goes on for long begins a new version."""

    section = models.ForeignKey(ReportSection, models.CASCADE, related_name="versions", verbose_name="avsnitt")
    text = models.TextField("text", blank=True)
    structure = models.JSONField("textens uppställning", null=True, blank=True)
    begun_at = models.DateTimeField("påbörjad")
    saved_at = models.DateTimeField("sparad")
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="sparad av"
    )

    class Meta:
        verbose_name = "tidigare text i resultatrapporten"
        verbose_name_plural = "tidigare texter i resultatrapporten"
        ordering = ("section", "pk")

    def __str__(self) -> str:
        return f"{self.section}, {self.saved_at:%Y-%m-%d %H:%M}"

    @property
    def document(self) -> Document:
        return restored(self.text, self.structure)


class JointReport(models.Model):
    """Den gemensamma slutrapporten of an omgång; its words are in its chapters (`ChapterText`)."""

    cohort = models.OneToOneField(Cohort, models.CASCADE, related_name="joint_report", verbose_name="omgång")
    state = models.CharField("läge", max_length=20, choices=JointState, default=JointState.DRAFT)
    # From this day no organisation takes its report back by itself.
    compiled_from = models.DateField("sammanställs från", null=True, blank=True)
    reason = models.TextField("varför den rättas", blank=True)
    # Empty until SKR has chosen: then it has figures, but is not published if someone could work out more from them.
    figures_as = models.CharField("siffror eller ord", max_length=10, choices=FiguresAs, blank=True)
    row_order = models.CharField("momentens ordning", max_length=10, choices=RowOrder, default=RowOrder.NOW)
    # What stands on the page after the cover. Those responsible are typed by function and organisation, never by name.
    isbn = models.CharField("ISBN", max_length=20, blank=True)
    responsible = models.TextField("ansvariga", blank=True)
    information = models.TextField("upplysningar", blank=True)
    audience = models.TextField("målgrupp", blank=True)

    objects = JointReportQuerySet.as_manager()

    class Meta:
        verbose_name = "gemensam rapport"
        verbose_name_plural = "gemensamma rapporter"
        constraints = (
            known_choice("state", JointState),
            known_choice("figures_as", FiguresAs, blank=True),
            known_choice("row_order", RowOrder),
        )

    def __str__(self) -> str:
        return f"Gemensam rapport – {self.cohort}"

    @property
    def is_draft(self) -> bool:
        return self.state == JointState.DRAFT

    @property
    def is_in_words(self) -> bool:
        return self.figures_as == FiguresAs.WORDS

    @property
    def is_published(self) -> bool:
        return self.state == JointState.PUBLISHED
