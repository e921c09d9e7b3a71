"""The measures of improvements in words: their indicators with the latest values, or what is looked at instead."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from cohorts.roles import Roles
from improvements.models import Improvement
from indicators.enums import Whom
from indicators.models import Indicator
from indicators.series import Series, SeriesPoint, series_of_many

# What the two who are compared are called.
NAMES = {Whom.ADULTS: ("Kvinnor", "män"), Whom.CHILDREN: ("Flickor", "pojkar")}


@dataclass(frozen=True)
class Measure:
    """An indicator of an improvement with its series, as far as the reader may see it."""

    series: Series

    @property
    def indicator(self) -> Indicator:
        return self.series.indicator

    @property
    def values(self) -> str:
        """Return the latest values: Kvinnor 51, män 47 dagar 2025."""
        point = self.series.latest
        if point is None or point.women is None or point.men is None:
            return "Inget värde än."
        women, men = NAMES[Whom(self.indicator.whom)]
        numbers = f"{women} {plain(point.women)}, {men} {plain(point.men)} {point.unit}"
        return f"{numbers}, {point.period}."

    @property
    def gap(self) -> str:
        """Return the latest difference and its target: Skillnad 4 dagar, mål 1."""
        point = self.series.latest
        if point is None or point.gap is None:
            return f"{self.indicator.title}: inget värde än"
        target = self.indicator.target_gap
        aim = "" if target is None else f", mål {plain(target)}"
        return f"Skillnad {plain(abs(point.gap))} {point.unit}{aim}"

    def has_value_in(self, year: int) -> bool:
        return any(is_of(point, year) for point in self.series.points)


def is_of(point: SeriesPoint, year: int) -> bool:
    return point.period.startswith(str(year))


def plain(number: Decimal) -> str:
    """Return the number as it was given, with a decimal comma."""
    text = f"{number.normalize():f}"
    return text.replace(".", ",").replace("-", "−")


def measures_of(improvements: Collection[Improvement], roles: Roles, *, editor: bool) -> dict[int, tuple[Measure, ...]]:
    """Return the measures of each improvement: of another organisation's, the indicators that are shared."""
    ties = Improvement.indicators.through.objects.filter(improvement__in=improvements)
    keys = list(ties.order_by("indicator__position", "indicator").values_list("improvement", "indicator"))
    rows = Indicator.objects.visible_to(roles).filter(pk__in={indicator for _, indicator in keys})
    found = list(rows.select_related("participation__organisation")) if keys else []
    series = {row.indicator.pk: Measure(row) for row in series_of_many(found, editor=editor)}
    measures: dict[int, list[Measure]] = defaultdict(list)
    for improvement, indicator in keys:
        if indicator in series:
            measures[improvement].append(series[indicator])
    return {pk: tuple(theirs) for pk, theirs in measures.items()}
