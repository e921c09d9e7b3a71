from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from assessments.models.assessment import Assessment
from assessments.querysets import EvidenceQuerySet
from checklist.models.version import Item
from kit.constraints import on_the_web
from kit.uploads import ending_of, is_there


class Evidence(models.Model):
    """Underlag: a link or a file that an organisation shows at a moment."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="evidence", verbose_name="självskattning")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", verbose_name="moment")
    title = models.CharField("benämning", max_length=160)
    url = models.URLField("länk", max_length=500, blank=True)
    file = models.FileField("fil", upload_to="underlag/", max_length=200, blank=True)
    size = models.PositiveIntegerField("storlek i byte", null=True, blank=True)
    media_type = models.CharField("filtyp", max_length=100, blank=True)
    shared = models.BooleanField("delas med gruppen", default=False)
    added_at = models.DateTimeField("tillagt", auto_now_add=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="tillagt av"
    )

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = "underlag"
        verbose_name_plural = "underlag"
        ordering = ("item__number", "pk")
        constraints = (
            models.CheckConstraint(
                name="evidence_is_link_or_file",
                condition=(Q(url="") & ~Q(file="")) | (~Q(url="") & Q(file="")),
                violation_error_message="Underlaget är en länk eller en fil.",
            ),
            on_the_web("url"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def address(self) -> str:
        return self.url or reverse("assessments:evidence_file", args=[self.pk])

    @property
    def host(self) -> str:
        # A title could hide whose page the link leads to.
        return urlsplit(self.url).hostname or ""

    @property
    def ending(self) -> str:
        return ending_of(self.file)

    @property
    def is_gone(self) -> bool:
        return bool(self.file) and not is_there(self.file)
