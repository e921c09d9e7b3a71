from django.db import models

from meetings.models import Meeting


class Release(models.Model):
    """What the omgång sees of a meeting's figures: the panel as it stood when they were opened or last renewed.

    Renewed only when at least `MIN_CHANGED` organisations have changed, so that nobody can work out one
    organisation's value from the figures before and after (docs/architecture.md, "Numbers"). `panel` holds
    {participation id: {item key: value as text}} and is never shown.
    """

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="release", verbose_name="träff")
    panel = models.JSONField("underlag", default=dict)
    opened_at = models.DateTimeField("öppnad", auto_now_add=True)
    renewed_at = models.DateTimeField("förnyad", auto_now=True)

    class Meta:
        verbose_name = "öppnade siffror"
        verbose_name_plural = "öppnade siffror"

    def __str__(self) -> str:
        return f"{self.meeting}"
