from django.db import models
from django.urls import reverse

from assessments.models.assessment import Assessment
from assessments.querysets import EvidenceQuerySet
from checklist.models.version import Item
from kit.constraints import on_the_web
from kit.link_or_file import LinkOrFile, is_link_or_file


class Evidence(LinkOrFile):
    """Underlag: a link or a file that an organisation shows at a moment."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="evidence", verbose_name="självskattning")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", verbose_name="moment")
    file = models.FileField("fil", upload_to="underlag/", max_length=200, blank=True)
    shared = models.BooleanField("delas med gruppen", default=False)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = "underlag"
        verbose_name_plural = "underlag"
        ordering = ("item__number", "pk")
        constraints = (
            is_link_or_file("evidence_is_link_or_file", "Underlaget är en länk eller en fil."),
            on_the_web("url"),
        )

    @property
    def address(self) -> str:
        return self.url or reverse("assessments:evidence_file", args=[self.pk])
