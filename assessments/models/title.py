from django.conf import settings
from django.db import models

from assessments.enums import TitleRule
from cohorts.models import Participation
from kit.constraints import known_choice


class TitleDecision(models.Model):
    """The recorded decision on the title Modellkommun or Modellregion: always a person's, never the rule's."""

    participation = models.OneToOneField(
        Participation, models.CASCADE, related_name="title_decision", verbose_name="organisation"
    )
    rule = models.CharField("regel", max_length=30, choices=TitleRule)
    given = models.BooleanField("får titeln")
    decided_on = models.DateField("beslutat")
    decided_by = models.CharField("beslutat av", max_length=120)
    note = models.TextField("motivering", blank=True)
    recorded_at = models.DateTimeField("antecknat", auto_now=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="antecknat av"
    )

    class Meta:
        verbose_name = "beslut om titel"
        verbose_name_plural = "beslut om titel"
        constraints = (known_choice("rule", TitleRule),)

    def __str__(self) -> str:
        return f"{self.participation}: {'får' if self.given else 'får inte'} titeln"
