"""The indicators that an organisation has chosen for Läget, in words."""

from dataclasses import dataclass

from cohorts.models import Participation
from cohorts.roles import Roles
from indicators.gap import direction_in_words, headline_of, lead_of
from indicators.models import Indicator
from indicators.movement import GapMovement, movement_of
from indicators.series import Series, series_of_many


@dataclass(frozen=True)
class ChosenIndicator:
    """How an indicator stands, and what has become of the gap."""

    indicator: Indicator
    headline: str
    lead: str
    series: Series
    movement: GapMovement | None


def chosen_of(participation: Participation, roles: Roles) -> list[ChosenIndicator]:
    """Return those that the reader may see, in the organisation's order; small numbers are nobody's here."""
    rows = Indicator.objects.visible_to(roles).filter(participation=participation, chosen=True)
    related = ("participation__organisation", "key_figure")
    every_series = series_of_many(list(rows.select_related(*related).order_by("position", "pk")), editor=False)
    return [_chosen(series, movement_of(series)) for series in every_series]


def _chosen(series: Series, movement: GapMovement | None) -> ChosenIndicator:
    lead = " ".join(filter(None, (direction_in_words(series.indicator), lead_of(series, movement))))
    return ChosenIndicator(series.indicator, headline_of(series), lead, series, movement)
