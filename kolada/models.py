"""Official statistics as Kolada gives them. A value is kept as the text that came, since its decimals are Kolada's."""

from __future__ import annotations

from decimal import Context, Decimal

from django.db import models
from django.db.models import Q

from cohorts.models import Organisation
from kit.building import Built, BuiltQuerySet
from kit.constraints import known_choice
from kolada.enums import PlaceKind
from policy.models import NationalGoal

# Numbers of forty signs, whose difference is not rounded to the usual twenty-eight.
EXACT = Context(prec=200)
# Kolada's own word where it gives no reason.
SAYS_NOTHING = "Missing"


class KeyFigure(models.Model):
    """Nyckeltal in Kolada's catalogue. One that Kolada has taken away keeps its values."""

    code = models.CharField("id", max_length=10, unique=True)
    title = models.CharField("rubrik", max_length=300)
    description = models.TextField("beskrivning", blank=True)
    # The original producer, as the key figure's own description names it.
    source = models.CharField("ursprunglig källa", max_length=300, blank=True)
    place_kind = models.CharField("finns för", max_length=1, choices=PlaceKind)
    operating_area = models.CharField("verksamhetsområde", max_length=160, blank=True)
    perspective = models.CharField("perspektiv", max_length=80, blank=True)
    divided = models.BooleanField("könsuppdelat", default=True)
    has_units = models.BooleanField("finns för enheter", default=False)
    published_on = models.DateField("publiceras", null=True, blank=True)
    published_period = models.CharField("publicerad period", max_length=20, blank=True)
    withdrawn_on = models.DateField("borttaget", null=True, blank=True)
    fetched_at = models.DateTimeField("hämtat", null=True, blank=True)

    class Meta:
        verbose_name = "nyckeltal i Kolada"
        verbose_name_plural = "nyckeltal i Kolada"
        ordering = ("code",)
        constraints = (known_choice("place_kind", PlaceKind),)

    def __str__(self) -> str:
        return self.title

    def exists_for(self, code: str) -> bool:
        """True if kommuner, or regioner, have it, whichever the code is of."""
        own = {4: PlaceKind.KOMMUN, 2: PlaceKind.REGION}.get(len(code))
        return own is not None and self.place_kind in (own, PlaceKind.BOTH)


class StarterFigure(models.Model):
    """A key figure that SKR proposes to begin with, under a national goal, or under none (likvärdig service)."""

    goal = models.ForeignKey(
        NationalGoal, models.CASCADE, related_name="starter_figures", null=True, blank=True, verbose_name="delmål"
    )
    key_figure = models.ForeignKey(KeyFigure, models.CASCADE, related_name="starters", verbose_name="nyckeltal")
    position = models.PositiveSmallIntegerField("ordning", default=0)

    class Meta:
        verbose_name = "nyckeltal att börja med"
        verbose_name_plural = "nyckeltal att börja med"
        ordering = (models.F("goal__number").asc(nulls_last=True), "position", "pk")
        constraints = (
            models.UniqueConstraint(fields=("goal", "key_figure"), name="starter_once_a_goal"),
            models.UniqueConstraint(fields=("key_figure",), condition=Q(goal=None), name="starter_once_without_goal"),
        )

    def __str__(self) -> str:
        return self.key_figure.title


class OfficialValue(models.Model):
    """What Kolada says of a place in a year: for women (K), men (M) and all (T). Empty is missing, and never 0.

    A place is `0000` for the whole country, SCB's four digits for a kommun and `00` with the county for a region.
    """

    key_figure = models.ForeignKey(KeyFigure, models.CASCADE, related_name="values", verbose_name="nyckeltal")
    place = models.CharField("plats", max_length=10)
    year = models.PositiveSmallIntegerField("år")
    women = models.CharField("kvinnor", max_length=40, blank=True)
    men = models.CharField("män", max_length=40, blank=True)
    total = models.CharField("totalt", max_length=40, blank=True)
    women_status = models.CharField("varför kvinnor saknas", max_length=80, blank=True)
    men_status = models.CharField("varför män saknas", max_length=80, blank=True)
    total_status = models.CharField("varför totalt saknas", max_length=80, blank=True)
    # Above 1 only for a group of places, whose value is the unweighted mean of so many.
    count = models.PositiveSmallIntegerField("antal", default=1)
    # Made up for the demonstration's made-up organisations.
    invented = models.BooleanField("påhittat", default=False)

    class Meta:
        verbose_name = "officiellt värde"
        verbose_name_plural = "officiella värden"
        ordering = ("key_figure", "place", "year")
        constraints = (models.UniqueConstraint(fields=("key_figure", "place", "year"), name="official_value_once"),)

    def __str__(self) -> str:
        return f"{self.key_figure.code} {self.place} {self.year}"

    def number(self, name: str) -> Decimal | None:
        text = getattr(self, name)
        return Decimal(text) if text else None

    @property
    def gap(self) -> Decimal | None:
        """Return women minus men, exactly; None if either is missing."""
        women, men = self.number("women"), self.number("men")
        return None if women is None or men is None else EXACT.subtract(women, men)

    @property
    def status(self) -> str:
        """Return what Kolada says of the values, once each; its word for no reason only where it says nothing else."""
        said = dict.fromkeys(filter(None, (self.women_status, self.men_status, self.total_status)))
        if len(said) > 1:
            said.pop(SAYS_NOTHING, None)
        return "; ".join(said)


def reason_in(status: str) -> str:
    """Return why a value is missing, for a reader; empty if Kolada does not say."""
    return "" if status == SAYS_NOTHING else status


class Revision(models.Model):
    """What a value was before Kolada changed it."""

    value = models.ForeignKey(OfficialValue, models.CASCADE, related_name="revisions", verbose_name="värde")
    replaced_on = models.DateField("ersatt")
    women = models.CharField("kvinnor", max_length=40, blank=True)
    men = models.CharField("män", max_length=40, blank=True)
    total = models.CharField("totalt", max_length=40, blank=True)

    class Meta:
        verbose_name = "tidigare värde"
        verbose_name_plural = "tidigare värden"
        ordering = ("-replaced_on", "-pk")

    def __str__(self) -> str:
        return f"{self.value}, ersatt {self.replaced_on}"


class FetchQuerySet(BuiltQuerySet):
    def of_all(self) -> FetchQuerySet:
        """Return those of all that is followed, which tell how new the figures of the site are."""
        return self.filter(organisation=None)


class Fetch(Built):
    """A fetch from Kolada, at night or on demand: how far it has come, and what it gave.

    One of an organisation is of its own key figures, `codes`; the others are of all that is followed.
    """

    organisation = models.ForeignKey(
        Organisation,
        models.CASCADE,
        related_name="kolada_fetches",
        null=True,
        blank=True,
        verbose_name="organisation",
    )
    codes = models.JSONField("nyckeltal", default=list, blank=True)
    asked = models.PositiveIntegerField("frågor", default=0)
    rows = models.PositiveIntegerField("rader", default=0)
    changed = models.PositiveIntegerField("ändrade", default=0)
    missing = models.PositiveIntegerField("saknas", default=0)
    withdrawn = models.JSONField("borttagna nyckeltal", default=list, blank=True)
    # Each with "url" and "why", a sentence in Swedish.
    failed = models.JSONField("misslyckade frågor", default=list, blank=True)

    objects = FetchQuerySet.as_manager()

    class Meta:
        verbose_name = "hämtning från Kolada"
        verbose_name_plural = "hämtningar från Kolada"
        ordering = ("-ordered_at", "-pk")

    def __str__(self) -> str:
        return f"Hämtning {self.pk}"
