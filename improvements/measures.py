"""The measures of improvements in words: their indicators with the latest values, or what is looked at instead."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from cohorts.roles import Roles
from improvements.models import Improvement
from indicators.gap import nothing_to_compare
from indicators.models import Indicator
from indicators.numbers import figure
from indicators.periods import in_words
from indicators.series import Series, series_of_many
from indicators.units import unit_of_gap, with_unit
from indicators.whom import names_of
from kit.templatetags.swedish import sentence


@dataclass(frozen=True)
class Measure:
    """An indicator of an improvement with its series, as far as the reader may see it."""

    series: Series

    @property
    def indicator(self) -> Indicator:
        return self.series.indicator

    @property
    def values(self) -> str:
        """Return the latest values, or why there are none: Kvinnor 51, män 47 dagar, 2025."""
        point = self.series.latest
        if point is None:
            return nothing_to_compare(self.series)
        names = names_of(self.indicator)
        men = with_unit(point.men, point.unit)
        return f"{sentence(names.women)} {figure(point.women)}, {names.men} {men}, {in_words(point.period)}."

    @property
    def gap(self) -> str:
        """Return the latest difference and its target, or why there is none: Skillnad 4 dagar, mål 1."""
        point = self.series.latest
        if point is None or point.gap is None:
            return f"{self.indicator.title}. {nothing_to_compare(self.series)}"
        target = self.indicator.target_gap
        aim = "" if target is None else f", mål {figure(target)}"
        return f"Skillnad {figure(abs(point.gap))} {unit_of_gap(point.unit)}{aim}"

    def has_value_in(self, year: int) -> bool:
        return any(point.period.startswith(str(year)) for point in self.series.points)


def measures_of(improvements: Collection[Improvement], roles: Roles, *, editor: bool) -> dict[int, tuple[Measure, ...]]:
    """Return the measures of each improvement: of another organisation's, the indicators that are shared."""
    ties = Improvement.indicators.through.objects.filter(improvement__in=improvements)
    keys = list(ties.order_by("indicator__position", "indicator").values_list("improvement", "indicator"))
    rows = Indicator.objects.visible_to(roles).filter(pk__in={indicator for _, indicator in keys})
    indicators = list(rows.select_related("participation__organisation")) if keys else []
    series = {row.indicator.pk: Measure(row) for row in series_of_many(indicators, editor=editor)}
    measures: dict[int, list[Measure]] = defaultdict(list)
    for improvement, indicator in keys:
        if indicator in series:
            measures[improvement].append(series[indicator])
    return {pk: tuple(theirs) for pk, theirs in measures.items()}
