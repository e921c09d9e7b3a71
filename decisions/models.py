from django.db import models

from cohorts.models.participation import Participation
from decisions.enums import DecisionKind
from decisions.querysets import DecisionQuerySet
from kit.constraints import known_choice
from kit.templatetags.swedish import day
from policy.labels import Labelled


class PoliticalDecision(Labelled):
    """A decision of the organisation's own political body, as its minutes state it."""

    participation = models.ForeignKey(
        Participation, models.CASCADE, related_name="decisions", verbose_name="organisation"
    )
    kind = models.CharField("slag", max_length=20, choices=DecisionKind)
    body = models.CharField("beslutande organ", max_length=160)
    decided_on = models.DateField("beslutat")
    paragraph = models.CharField("paragraf", max_length=20, blank=True)
    diary_number = models.CharField("diarienummer", max_length=60, blank=True)
    text = models.CharField("vad som beslutades", max_length=300, blank=True)
    # Whether the CEMR declaration is signed; None is "inte angivet".
    cemr = models.BooleanField("CEMR-deklarationen undertecknad", null=True, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "politiskt beslut"
        verbose_name_plural = "politiska beslut"
        ordering = ("-decided_on", "-pk")
        constraints = (known_choice("kind", DecisionKind),)

    def __str__(self) -> str:
        return f"{self.body} {self.decided_on}"

    @property
    def in_words(self) -> str:
        """Return body, day and paragraph, by which one knows the decision among others."""
        paragraph = f", § {self.paragraph}" if self.paragraph else ""
        return f"{self.body}, {day(self.decided_on)}{paragraph}"
