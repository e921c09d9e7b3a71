from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from checklist.models.assessment import Assessment
from checklist.models.version import Item
from checklist.querysets import EvidenceQuerySet
from modell.uploads import ending_of


class Evidence(models.Model):
    """Underlag: what an organisation has to show at a moment, a link or a file."""

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
        )

    def __str__(self) -> str:
        return self.title

    @property
    def address(self) -> str:
        return self.url or reverse("checklist:evidence_file", args=[self.pk])

    @property
    def host(self) -> str:
        """Whose page a link leads to, which a title could hide."""
        return urlsplit(self.url).hostname or ""

    @property
    def ending(self) -> str:
        """What the file is, by the last part of its name: `pdf`."""
        return ending_of(self.file)
