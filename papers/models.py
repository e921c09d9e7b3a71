from django.db import models

from cohorts.models import Organisation, Participation
from kit.constraints import known_choice
from papers.enums import PaperKind


class PaperStyle(models.Model):
    """An organisation's own words on the papers to its board, in whatever omgång."""

    organisation = models.OneToOneField(
        Organisation, models.CASCADE, related_name="paper_style", verbose_name="organisation"
    )
    called = models.CharField("vad pappret heter", max_length=60)
    body = models.CharField("vem som beslutar", max_length=160)
    sender = models.CharField("avsändare", max_length=120, blank=True)

    class Meta:
        verbose_name = "egna ord på papper till nämnden"
        verbose_name_plural = "egna ord på papper till nämnden"

    def __str__(self) -> str:
        return f"{self.called}, {self.body}"


class MadePaper(models.Model):
    """A paper that was last made for the board: `facts` has a checksum of each value it was made from, and no words."""

    participation = models.ForeignKey(
        Participation, models.CASCADE, related_name="made_papers", verbose_name="organisation"
    )
    kind = models.CharField("om", max_length=20, choices=PaperKind)
    made_on = models.DateField("gjort")
    facts = models.JSONField("kontrollsummor", default=dict)

    class Meta:
        verbose_name = "papper till nämnden"
        verbose_name_plural = "papper till nämnden"
        constraints = (
            models.UniqueConstraint(fields=("participation", "kind"), name="made_paper_once"),
            known_choice("kind", PaperKind),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.made_on}"
