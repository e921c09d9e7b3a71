from django.db import models

from cohorts.enums import OrganisationKind
from meetings.models import Meeting
from modell.constraints import known_choice


class Release(models.Model):
    """What the omgång has been shown of a meeting's figures for one kind: the panel as it stood that day.

    Every panel ever shown is kept, and a new one is shown only when it differs from each of them by at least
    `MIN_CHANGED` organisations, so that nobody can subtract one view from another (docs/adr/0004). `panel`
    holds {participation id: {item key: value as text}} and never reaches a page itself.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="releases", verbose_name="träff")
    kind = models.CharField("slag", max_length=20, choices=OrganisationKind)
    panel = models.JSONField("underlag", default=dict)
    opened_at = models.DateTimeField("öppnad", auto_now_add=True)

    class Meta:
        verbose_name = "öppnade siffror"
        verbose_name_plural = "öppnade siffror"
        ordering = ("meeting", "kind", "pk")
        constraints = (known_choice("kind", OrganisationKind),)

    def __str__(self) -> str:
        return f"{self.meeting}, {self.get_kind_display().lower()}"
