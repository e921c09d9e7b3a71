from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from reports.models.chapter import ChapterText
from reports.models.report import ReportSection
from reports.querysets import ReportCommentQuerySet

# So much of a paragraph says which one a comment is about.
LONGEST_QUOTE = 200


class ReportComment(models.Model):
    """What somebody who reads a draft says of a paragraph in it; nothing of it is printed.

    `paragraph` is the first words of the paragraph as it stood, empty where the comment is about the whole text.
    """

    section = models.ForeignKey(
        ReportSection, models.CASCADE, related_name="comments", null=True, blank=True, verbose_name="avsnitt"
    )
    chapter = models.ForeignKey(
        ChapterText, models.CASCADE, related_name="comments", null=True, blank=True, verbose_name="kapiteltext"
    )
    paragraph = models.CharField("stycke", max_length=LONGEST_QUOTE, blank=True)
    text = models.TextField("kommentar")
    written_at = models.DateTimeField("skriven", auto_now_add=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="skriven av"
    )
    resolved_at = models.DateTimeField("klar", null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="klar enligt"
    )

    objects = ReportCommentQuerySet.as_manager()

    class Meta:
        verbose_name = "kommentar till en rapporttext"
        verbose_name_plural = "kommentarer till rapporttexter"
        ordering = ("written_at", "pk")
        constraints = (
            models.CheckConstraint(
                name="report_comment_on_one_text",
                condition=Q(section=None, chapter__isnull=False) | Q(section__isnull=False, chapter=None),
                violation_error_message="En kommentar hör till ett avsnitt eller till ett kapitel.",
            ),
            models.CheckConstraint(
                name="report_comment_resolved_by_when",
                condition=Q(resolved_by=None) | Q(resolved_at__isnull=False),
                violation_error_message="En kommentar som någon har gjort klar har en dag.",
            ),
        )

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def is_open(self) -> bool:
        return self.resolved_at is None
