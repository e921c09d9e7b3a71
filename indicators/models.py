"""What an organisation follows: indicators with their own values, the statistics it has, and its analyses."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from checklist.models import Item
from cohorts.enums import Function
from cohorts.models import Delegate, Part, Participation
from decisions.models import PoliticalDecision
from indicators.enums import Direction, Frequency, IndicatorKind, Split, ValueSource, Whom
from indicators.querysets import SharedWorkQuerySet, StatisticsQuerySet
from kit.constraints import known_choice
from kit.ordering import by_name
from kolada.models import KeyFigure
from policy.labels import Labelled

# On Läget stand at most so many of those that the organisation has chosen.
MOST_CHOSEN = 3


def decimal(name: str, **more: object) -> models.DecimalField:
    return models.DecimalField(name, max_digits=18, decimal_places=6, null=True, blank=True, **more)  # type: ignore[arg-type]


class Indicator(Labelled):
    """Nyckeltal that an organisation follows for women and men (or girls and boys), with targets for both and the gap.

    One from Kolada has its values there (`kolada.OfficialValue`); the others have their own (`Value`).
    """

    participation = models.ForeignKey(
        Participation, models.CASCADE, related_name="indicators", verbose_name="organisation"
    )
    key = models.SlugField("nyckel", max_length=60)
    title = models.CharField("rubrik", max_length=160)
    definition = models.TextField("definition", blank=True)
    unit = models.CharField("enhet", max_length=40)
    # The organisation's own words for a higher value, as "väntar längre"; the difference is told after the first word.
    says = models.CharField("så säger ni att värdet är högre", max_length=60, blank=True)
    direction = models.CharField("riktning", max_length=10, choices=Direction)
    kind = models.CharField("slag", max_length=10, choices=IndicatorKind)
    source = models.CharField("källa", max_length=10, choices=ValueSource)
    original_source = models.CharField("ursprunglig källa", max_length=300, blank=True)
    key_figure = models.ForeignKey(
        KeyFigure, models.PROTECT, related_name="indicators", null=True, blank=True, verbose_name="nyckeltal i Kolada"
    )
    frequency = models.CharField("hur ofta", max_length=10, choices=Frequency, default=Frequency.YEAR)
    whom = models.CharField("vilka som jämförs", max_length=10, choices=Whom, default=Whom.ADULTS)
    age_group = models.CharField("åldersgrupp", max_length=60, blank=True)
    owner = models.ForeignKey(
        Delegate, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="ansvarig"
    )
    # The period that changes are told from; empty means the first that has values.
    baseline = models.CharField("utgångsläge", max_length=10, blank=True)
    target_women = decimal("mål för kvinnor")
    target_men = decimal("mål för män")
    # The greatest difference that is accepted, whichever is ahead.
    target_gap = decimal("mål för skillnaden", validators=[MinValueValidator(0)])
    target_on = models.DateField("målet ska nås", null=True, blank=True)
    item = models.ForeignKey(
        Item, models.PROTECT, related_name="indicators", null=True, blank=True, verbose_name="moment"
    )
    part = models.ForeignKey(
        Part, models.SET_NULL, related_name="indicators", null=True, blank=True, verbose_name="nämnd eller förvaltning"
    )
    decisions = models.ManyToManyField(
        PoliticalDecision, related_name="indicators", blank=True, verbose_name="beslut på tidslinjen"
    )
    # Values that rest on fewer people than this are shown to those who edit, and to nobody else.
    fewest_people = models.PositiveSmallIntegerField("minsta antal personer", default=5)
    shared = models.BooleanField("delas med gruppen", default=False)
    chosen = models.BooleanField("visas på Läget", default=False)
    position = models.PositiveSmallIntegerField("ordning", default=0)

    objects = SharedWorkQuerySet.as_manager()

    class Meta:
        verbose_name = "nyckeltal"
        verbose_name_plural = "nyckeltal"
        ordering = ("participation__position", "position", "pk")
        constraints = (
            models.UniqueConstraint(fields=("participation", "key"), name="indicator_key_once"),
            models.UniqueConstraint(
                fields=("participation", "title"),
                name="indicator_title_once",
                violation_error_message="Ni har redan ett nyckeltal med den rubriken.",
            ),
            models.CheckConstraint(
                name="indicator_from_kolada_has_its_key_figure",
                condition=Q(source="kolada", key_figure__isnull=False)
                | (~Q(source="kolada") & Q(key_figure__isnull=True)),
                violation_error_message="Välj vilket nyckeltal i Kolada det är.",
            ),
            models.CheckConstraint(
                name="indicator_target_gap_is_a_size",
                condition=Q(target_gap=None) | Q(target_gap__gte=0),
                violation_error_message="Målet för skillnaden är en storlek, så det kan inte vara mindre än noll.",
            ),
            models.CheckConstraint(
                name="indicator_says_verb_and_more",
                condition=Q(says="") | Q(says__contains=" "),
                violation_error_message="Skriv minst två ord, till exempel väntar längre.",
            ),
            known_choice("direction", Direction),
            known_choice("kind", IndicatorKind),
            known_choice("source", ValueSource),
            known_choice("frequency", Frequency),
            known_choice("whom", Whom),
        )

    def __str__(self) -> str:
        return self.title


class Value(models.Model):
    """An own value of a period: for women, men and all, with the people behind them where they are known.

    A share keeps numerator and denominator, so that groups can be added; a mean keeps how many it is of
    (`…_denominator`). `unit` is the indicator's when the value was entered: where it changes, the series breaks.
    """

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="values", verbose_name="nyckeltal")
    # "2025", "2025-H1", "2025-Q3" or "2025-06", by the indicator's frequency.
    period = models.CharField("period", max_length=10)
    unit = models.CharField("enhet", max_length=40)
    women = decimal("kvinnor")
    men = decimal("män")
    total = decimal("totalt")
    women_numerator = decimal("täljare, kvinnor")
    women_denominator = decimal("nämnare, kvinnor")
    men_numerator = decimal("täljare, män")
    men_denominator = decimal("nämnare, män")
    note = models.CharField("anteckning", max_length=300, blank=True)
    entered_at = models.DateTimeField("infört", auto_now=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="infört av"
    )

    class Meta:
        verbose_name = "eget värde"
        verbose_name_plural = "egna värden"
        ordering = ("indicator", "period")
        constraints = (
            models.UniqueConstraint(
                fields=("indicator", "period"),
                name="value_once_a_period",
                violation_error_message="Det finns redan ett värde för perioden.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.indicator} {self.period}"


class StatisticsHeld(models.Model):
    """A row of "Statistik vi har": what statistics a verksamhet has, and whether they are used. None is "vet inte"."""

    participation = models.ForeignKey(
        Participation, models.CASCADE, related_name="statistics_held", verbose_name="organisation"
    )
    name = models.CharField("verksamhet", max_length=160)
    part = models.ForeignKey(
        Part, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="nämnd eller förvaltning"
    )
    split = models.CharField("könsuppdelad", max_length=10, choices=Split)
    analysed = models.BooleanField("analyserad", null=True, blank=True)
    in_report = models.BooleanField("använd i delårsrapport", null=True, blank=True)
    note = models.CharField("anteckning", max_length=300, blank=True)

    objects = StatisticsQuerySet.as_manager()

    class Meta:
        verbose_name = "statistik i en verksamhet"
        verbose_name_plural = "statistik i verksamheter"
        ordering = ("participation__position", by_name("name"), "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("participation", "name"),
                name="statistics_once_a_verksamhet",
                violation_error_message="Verksamheten finns redan i listan.",
            ),
            known_choice("split", Split),
        )

    def __str__(self) -> str:
        return self.name


class Analysis(models.Model):
    """Jämställdhetsanalys in the six steps of SKR's handbook; the fourth asks why up to five times."""

    participation = models.ForeignKey(
        Participation, models.CASCADE, related_name="analyses", verbose_name="organisation"
    )
    title = models.CharField("rubrik", max_length=160)
    starting_point = models.TextField("utgångspunkt och uppdrag", blank=True)
    information = models.TextField("samla information", blank=True)
    focus = models.TextField("fokusera", blank=True)
    why_1 = models.TextField("varför (1)", blank=True)
    why_2 = models.TextField("varför (2)", blank=True)
    why_3 = models.TextField("varför (3)", blank=True)
    why_4 = models.TextField("varför (4)", blank=True)
    why_5 = models.TextField("varför (5)", blank=True)
    conclusions = models.TextField("dra slutsatser", blank=True)
    proposals = models.TextField("förslag till åtgärder", blank=True)
    indicators = models.ManyToManyField(Indicator, related_name="analyses", blank=True, verbose_name="nyckeltal")
    # By function and never by name, since an analysis is the organisation's.
    signed_function = models.CharField("undertecknad av", max_length=20, choices=Function, blank=True)
    signed_on = models.DateField("undertecknad", null=True, blank=True)
    shared = models.BooleanField("delas med gruppen", default=False)
    position = models.PositiveSmallIntegerField("ordning", default=0)

    objects = SharedWorkQuerySet.as_manager()

    class Meta:
        verbose_name = "jämställdhetsanalys"
        verbose_name_plural = "jämställdhetsanalyser"
        ordering = ("participation__position", "position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("participation", "title"),
                name="analysis_title_once",
                violation_error_message="Ni har redan en analys med den rubriken.",
            ),
            models.CheckConstraint(
                name="analysis_signed_with_function_and_day",
                condition=Q(signed_function="", signed_on=None) | (~Q(signed_function="") & Q(signed_on__isnull=False)),
                violation_error_message="Skriv både funktion och dag.",
            ),
            known_choice("signed_function", Function, blank=True),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_signed(self) -> bool:
        return self.signed_on is not None
