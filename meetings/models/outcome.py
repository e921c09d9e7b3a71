from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from cohorts.enums import Function
from cohorts.models import Delegate, Participation
from kit.constraints import known_choice, on_the_web
from kit.link_or_file import LinkOrFile, is_link_or_file
from meetings.enums import ImpressionKind, MaterialKind
from meetings.models.meeting import Meeting
from meetings.querysets import IdeaQuerySet, OutcomeQuerySet, SharedQuerySet


class Material(LinkOrFile):
    """A link or a file at a meeting: an organisation's presentation, or SKR's own material."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="material", verbose_name="träff")
    participation = models.ForeignKey(
        Participation, models.CASCADE, related_name="material", null=True, blank=True, verbose_name="organisation"
    )
    kind = models.CharField("slag", max_length=20, choices=MaterialKind)
    file = models.FileField("fil", upload_to="material/", max_length=200, blank=True)

    objects = SharedQuerySet.as_manager()

    class Meta:
        verbose_name = "material"
        verbose_name_plural = "material"
        ordering = ("kind", "pk")
        constraints = (
            known_choice("kind", MaterialKind),
            on_the_web("url"),
            is_link_or_file("material_is_link_or_file", "Materialet är en länk eller en fil."),
        )

    @property
    def address(self) -> str:
        return self.url or reverse("meetings:material_file", args=[self.pk])


class Agreement(models.Model):
    """An agreement made at a meeting (Till nästa gång). Without an organisation it is the whole group's."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agreements", verbose_name="träff")
    participation = models.ForeignKey(
        Participation, models.CASCADE, related_name="agreements", null=True, blank=True, verbose_name="organisation"
    )
    function = models.CharField("funktion", max_length=20, choices=Function, blank=True)
    text = models.CharField("vad vi kom överens om", max_length=300)
    owner = models.ForeignKey(
        Delegate, models.SET_NULL, related_name="agreements", null=True, blank=True, verbose_name="ansvarig"
    )
    due_on = models.DateField("klart senast", null=True, blank=True)
    done_on = models.DateField("klart", null=True, blank=True)
    position = models.PositiveSmallIntegerField("ordning", default=0)

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        verbose_name = "överenskommelse"
        verbose_name_plural = "överenskommelser"
        ordering = ("position", "pk")
        constraints = (known_choice("function", Function, blank=True),)

    def __str__(self) -> str:
        return self.text


class Impression(models.Model):
    """A line of Plus – Minus – Intressant, shown with its organisation and never with a name."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="impressions", verbose_name="träff")
    participation = models.ForeignKey(
        Participation, models.CASCADE, related_name="impressions", verbose_name="organisation"
    )
    kind = models.CharField("slag", max_length=20, choices=ImpressionKind)
    text = models.CharField("text", max_length=500)
    # Stored only so that a person can change or remove what they wrote.
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="skrivet av"
    )
    written_at = models.DateTimeField("skrivet", auto_now_add=True)

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        verbose_name = "plus, minus eller intressant"
        verbose_name_plural = "plus, minus och intressant"
        ordering = ("kind", "pk")
        constraints = (known_choice("kind", ImpressionKind),)

    def __str__(self) -> str:
        return self.text


class Takeaway(models.Model):
    """An idea from another organisation, noted at a meeting (Det tog vi med oss); it may become an improvement."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="takeaways", verbose_name="träff")
    participation = models.ForeignKey(
        Participation, models.CASCADE, related_name="takeaways", verbose_name="organisation"
    )
    source = models.ForeignKey(
        Participation, models.CASCADE, related_name="given_ideas", verbose_name="idén kommer från"
    )
    text = models.CharField("idén", max_length=500)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="antecknad av"
    )
    noted_at = models.DateTimeField("antecknad", auto_now_add=True)

    objects = IdeaQuerySet.as_manager()

    class Meta:
        verbose_name = "idé att ta med"
        verbose_name_plural = "idéer att ta med"
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                name="idea_from_another",
                condition=~Q(source=models.F("participation")),
                violation_error_message="Välj en annan organisation än er egen.",
            ),
        )

    def __str__(self) -> str:
        return self.text
