from django.db import models

from cohorts.models import Cohort, Participation
from kit.constraints import known_choice
from kit.rich import Document, restored
from reports.enums import FiguresAs, JointState, ReportState, RowOrder
from reports.querysets import JointReportQuerySet, ReportQuerySet


class Section(models.Model):
    """A heading of the result report, stored with the omgång since SKR's template changes."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="sections", verbose_name="omgång")
    key = models.CharField("nyckel", max_length=60)
    heading = models.CharField("rubrik", max_length=160)
    position = models.PositiveSmallIntegerField("ordning")

    class Meta:
        verbose_name = "avsnitt"
        verbose_name_plural = "avsnitt"
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=("cohort", "key"), name="section_key_once"),)

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
    """The text under a heading. If it is `shared`, the joint report may use it. `revision` counts saves.

    `text` is its words; `structure` is empty where they say all (kit/rich).
    """

    report = models.ForeignKey(Report, models.CASCADE, related_name="texts", verbose_name="resultatrapport")
    key = models.CharField("avsnitt", max_length=60)
    text = models.TextField("text", blank=True)
    structure = models.JSONField("textens uppställning", null=True, blank=True)
    shared = models.BooleanField("får användas i den gemensamma rapporten", default=False)
    revision = models.PositiveIntegerField("version", default=0)

    class Meta:
        verbose_name = "rapporttext"
        verbose_name_plural = "rapporttexter"
        constraints = (models.UniqueConstraint(fields=("report", "key"), name="report_section_once"),)

    def __str__(self) -> str:
        return f"{self.report}: {self.key}"

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
