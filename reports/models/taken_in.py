from django.conf import settings
from django.db import models
from django.db.models import Q

from cohorts.models import Participation
from kit.constraints import known_choice
from reports.enums import SourceKind
from reports.models.chapter import ChapterText

# What tells sources from each other: kind, organisation, place and, where a place holds several, the words.
Identity = tuple[str, int | None, str, str]
ONE_A_PLACE = frozenset({SourceKind.TEXT, SourceKind.EXAMPLE})


def identity_of(kind: str, participation: int | None, place: str, original: str) -> Identity:
    return kind, participation, place, "" if kind in ONE_A_PLACE else original


class TakenIn(models.Model):
    """Words of a source that were put into a text of the joint report; they stay here as they were put in.

    `place` tells the organisation's sources of a kind from each other: the key of a section, or the title of an
    example. `original` is all that the source said then.
    """

    text = models.ForeignKey(ChapterText, models.CASCADE, related_name="taken_in", verbose_name="kapiteltext")
    kind = models.CharField("slag", max_length=20, choices=SourceKind)
    # None where the source is the evaluator's.
    participation = models.ForeignKey(
        Participation, models.CASCADE, related_name="taken_in", null=True, blank=True, verbose_name="organisation"
    )
    place = models.CharField("var i källan", max_length=160, blank=True)
    words = models.TextField("orden som togs in")
    original = models.TextField("källans ord")
    credit = models.TextField("källa")
    taken_on = models.DateField("togs in")
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="togs in av"
    )

    class Meta:
        verbose_name = "källa i den gemensamma rapporten"
        verbose_name_plural = "källor i den gemensamma rapporten"
        ordering = ("pk",)
        constraints = (
            known_choice("kind", SourceKind),
            models.CheckConstraint(
                name="taken_in_of_one_owner",
                condition=Q(kind="evaluator", participation=None)
                | (~Q(kind="evaluator") & Q(participation__isnull=False)),
                violation_error_message="En källa är en organisations eller utvärderarens.",
            ),
        )

    def __str__(self) -> str:
        return self.words[:80]

    @property
    def needs_consent(self) -> bool:
        """True of a quote, which is consented to by itself; a text or an example is offered as a whole."""
        return self.kind in (SourceKind.QUOTE, SourceKind.EVALUATOR)

    @property
    def identity(self) -> Identity:
        """Return which source it is of, whatever a text or an example says now."""
        return identity_of(self.kind, self.participation_id, self.place, self.original)
