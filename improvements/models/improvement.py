from datetime import date

from django.db import models
from django.db.models import Q

from checklist.models import Item
from cohorts.models import Delegate, Organisation, Part, Participation
from improvements.enums import State
from improvements.querysets import ImprovementQuerySet
from indicators.models import Analysis, Indicator
from kit.constraints import in_order, known_choice
from meetings.models import Takeaway
from policy.labels import Labelled


def public_is_shared(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=f"public_{name}_is_shared",
        condition=Q(public=False) | Q(shared=True),
        violation_error_message="Det som får publiceras delas också med gruppen.",
    )


class Improvement(Labelled):
    """Förbättringsarbete: work at home between the meetings, tried in PDSA cycles."""

    participation = models.ForeignKey(
        Participation, models.CASCADE, related_name="improvements", verbose_name="organisation"
    )
    title = models.CharField("rubrik", max_length=160)
    item = models.ForeignKey(
        Item, models.PROTECT, related_name="improvements", null=True, blank=True, verbose_name="moment"
    )
    borrowed_from = models.ForeignKey(
        Organisation, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="idén kommer från"
    )
    # What the organisation that had the idea says; None until it has answered.
    lender_agrees = models.BooleanField("den som hade idén får nämnas", null=True, blank=True)
    takeaway = models.OneToOneField(
        Takeaway, models.SET_NULL, related_name="improvement", null=True, blank=True, verbose_name="idé från en träff"
    )
    # The example that it was begun from, of another organisation and maybe of another omgång.
    example = models.ForeignKey(
        "Effort", models.SET_NULL, related_name="borrowings", null=True, blank=True, verbose_name="exempel"
    )
    state = models.CharField("läge", max_length=20, choices=State, default=State.IDEA)
    # The first question: what, for whom, from, to and by when.
    aim = models.TextField("vad vill ni åstadkomma", blank=True)
    problem = models.TextField("problemet i dag", blank=True)
    starting_point = models.CharField("utgångsläge", max_length=300, blank=True)
    target = models.CharField("mål", max_length=300, blank=True)
    aim_on = models.DateField("målet ska nås", null=True, blank=True)
    women = models.BooleanField("kvinnor", default=False)
    men = models.BooleanField("män", default=False)
    girls = models.BooleanField("flickor", default=False)
    boys = models.BooleanField("pojkar", default=False)
    whom = models.CharField("vilka det gäller", max_length=200, blank=True)
    # The second: the indicators, and words where there is none yet. The third is the rows of `ChangeIdea`.
    indicators = models.ManyToManyField(Indicator, related_name="improvements", blank=True, verbose_name="nyckeltal")
    measure = models.CharField("mått i ord", max_length=300, blank=True)
    part = models.ForeignKey(
        Part,
        models.SET_NULL,
        related_name="improvements",
        null=True,
        blank=True,
        verbose_name="nämnd eller förvaltning",
    )
    analysis = models.ForeignKey(
        Analysis,
        models.SET_NULL,
        related_name="improvements",
        null=True,
        blank=True,
        verbose_name="jämställdhetsanalys",
    )
    responsible = models.ForeignKey(
        Delegate, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="ansvarig"
    )
    manager = models.ForeignKey(
        Delegate, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="ansvarig chef"
    )
    begins_on = models.DateField("börjar", null=True, blank=True)
    ends_on = models.DateField("slutar", null=True, blank=True)
    learnt = models.TextField("vad ni lärde er", blank=True)
    shared = models.BooleanField("delas med gruppen", default=False)
    public = models.BooleanField("får publiceras", default=False)
    position = models.PositiveSmallIntegerField("ordning", default=0)

    objects = ImprovementQuerySet.as_manager()

    class Meta:
        verbose_name = "förbättringsarbete"
        verbose_name_plural = "förbättringsarbeten"
        ordering = ("participation__position", "position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("participation", "title"),
                name="improvement_title_once",
                violation_error_message="Ni har redan ett förbättringsarbete med den rubriken.",
            ),
            models.UniqueConstraint(
                fields=("participation", "example"),
                name="example_borrowed_once",
                violation_error_message="Exemplet är redan ett förbättringsarbete.",
            ),
            public_is_shared("improvement"),
            in_order("begins_on", "ends_on"),
            known_choice("state", State),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_ended(self) -> bool:
        return self.state in (State.ADOPTED, State.ENDED)

    @property
    def lender_in_words(self) -> str:
        """Return whose idea it was, by name only with its yes; empty where it is one's own."""
        if self.borrowed_from is None:
            return ""
        return self.borrowed_from.name if self.lender_agrees else "en annan organisation"

    def is_past_its_aim(self, today: date) -> bool:
        return not self.is_ended and self.aim_on is not None and self.aim_on < today
