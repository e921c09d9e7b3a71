"""What stands beside an improvement: comments of its readers, and underlag."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from cohorts.enums import Function
from cohorts.models import Organisation
from improvements.querysets import CommentQuerySet, WorkEvidenceQuerySet
from kit.constraints import known_choice, on_the_web
from kit.link_or_file import LinkOrFile, is_link_or_file


class Comment(models.Model):
    """A reader's words about an improvement, shown with function and organisation and never with a name."""

    improvement = models.ForeignKey(
        "improvements.Improvement", models.CASCADE, related_name="comments", verbose_name="förbättringsarbete"
    )
    text = models.TextField("kommentar")
    # Whom the writer spoke for; neither stands where it was SKR.
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="+", null=True, blank=True, verbose_name="organisation"
    )
    function = models.CharField("funktion", max_length=20, choices=Function, blank=True)
    # True if the group read the improvement when it was written: what was said before stays at home.
    shared = models.BooleanField("läses av gruppen", default=False)
    # Stored only so that a person can remove what they wrote.
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="skriven av"
    )
    written_at = models.DateTimeField("skriven", auto_now_add=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = "kommentar"
        verbose_name_plural = "kommentarer"
        ordering = ("written_at", "pk")
        constraints = (
            known_choice("function", Function, blank=True),
            models.CheckConstraint(
                name="comment_function_of_an_organisation",
                condition=Q(function="", organisation=None) | (~Q(function="") & Q(organisation__isnull=False)),
                violation_error_message="Funktionen hör till en organisation.",
            ),
        )

    def __str__(self) -> str:
        return f"Kommentar till {self.improvement}"

    @property
    def writer(self) -> str:
        if self.organisation is None:
            return "processledare på SKR"
        return f"{self.get_function_display().lower()} i {self.organisation.name}"


class WorkEvidence(LinkOrFile):
    """Underlag: a link or a file that shows what an improvement is about, or what came of it."""

    improvement = models.ForeignKey(
        "improvements.Improvement", models.CASCADE, related_name="evidence", verbose_name="förbättringsarbete"
    )
    file = models.FileField("fil", upload_to="forbattringar/", max_length=200, blank=True)

    objects = WorkEvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = "underlag till ett förbättringsarbete"
        verbose_name_plural = "underlag till förbättringsarbeten"
        ordering = ("pk",)
        constraints = (
            is_link_or_file("work_evidence_is_link_or_file", "Underlaget är en länk eller en fil."),
            on_the_web("url"),
        )

    @property
    def address(self) -> str:
        return self.url or reverse("improvements:evidence_file", args=[self.improvement_id, self.pk])
