from django.db import models
from django.db.models import Q

from cohorts.enums import OrganisationKind
from cohorts.models import Cohort, Participation
from kit.constraints import known_choice
from meetings.models import Meeting


class Release(models.Model):
    """A panel of one kind as it stood: a meeting's from the day its figures open, or what a joint report printed.

    Every panel there has been is kept, so that each reader's memory can be followed (docs/adr/0018). `panel` holds
    {participation id: {item key: value as text}} and `disclosed` the entries that anyone could read then, as
    [participation id, item key, value]. No page shows them. A `printed` one of a cohort is of its result chain, or
    of the judgements of results and goals.
    """

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="releases", null=True, blank=True, verbose_name="träff"
    )
    cohort = models.ForeignKey(
        Cohort, models.CASCADE, related_name="releases", null=True, blank=True, verbose_name="omgång"
    )
    kind = models.CharField("slag", max_length=20, choices=OrganisationKind)
    panel = models.JSONField("underlag", default=dict)
    disclosed = models.JSONField("läsbart för alla", default=list)
    printed = models.BooleanField("tryckt i en rapport", default=False)
    opened_at = models.DateTimeField("öppnad", auto_now_add=True)

    class Meta:
        verbose_name = "öppnade siffror"
        verbose_name_plural = "öppnade siffror"
        ordering = ("meeting", "kind", "pk")
        constraints = (
            known_choice("kind", OrganisationKind),
            models.CheckConstraint(
                name="release_of_meeting_or_chain",
                condition=Q(meeting__isnull=False, cohort=None) | Q(meeting=None, cohort__isnull=False, printed=True),
                violation_error_message="Siffrorna hör till en träff eller till omgångens resultatkedja.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.meeting or self.cohort}, {self.get_kind_display().lower()}"


class PublishedAnswers(models.Model):
    """Answers that anyone may read since their organisation published them.

    Without a meeting: its result chain, and its judgements of results and goals.
    """

    participation = models.ForeignKey(
        Participation, models.CASCADE, related_name="published_answers", verbose_name="organisation"
    )
    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="published_answers", null=True, blank=True, verbose_name="träff"
    )
    answers = models.JSONField("värden", default=dict)
    published_at = models.DateTimeField("publicerad", auto_now_add=True)

    class Meta:
        verbose_name = "publicerade värden"
        verbose_name_plural = "publicerade värden"
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.participation} – {self.meeting or 'resultatkedjan'}"
