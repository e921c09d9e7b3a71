"""The indicators whose table or picture stands in a text of the result report; putting it there is publishing it."""

from collections.abc import Iterable
from dataclasses import dataclass

from cohorts.models import Participation
from indicators.gap_picture import picture_of, table_of
from indicators.models import Indicator
from indicators.series import series_of_many
from kit.pictures import GapPicture, PictureTable
from kit.rich import Document
from kit.rich.placing import placed_in

TABLE, PICTURE = "tabell-nyckeltal-", "bild-nyckeltal-"


@dataclass(frozen=True)
class IndicatorPart:
    """What anyone may read of an indicator: where few people are behind a value, it is not printed."""

    key: str
    table: PictureTable
    picture: GapPicture | None


def indicators_in(participation: Participation, documents: Iterable[Document]) -> tuple[IndicatorPart, ...]:
    """Return the indicators that the texts name, in the order of the organisation."""
    refs = {placed.what for document in documents for placed in placed_in(document)}
    keys = {ref.removeprefix(name) for ref in refs for name in (TABLE, PICTURE) if ref.startswith(name)}
    return indicator_parts(participation, keys) if keys else ()


def indicator_parts(participation: Participation, keys: Iterable[str] | None = None) -> tuple[IndicatorPart, ...]:
    rows = Indicator.objects.filter(participation=participation).order_by("position", "pk")
    rows = rows if keys is None else rows.filter(key__in=keys)
    # As those read it who do not edit the values: a report is read by anyone.
    found = series_of_many(list(rows.select_related("participation__organisation", "key_figure")), editor=False)
    return tuple(
        IndicatorPart(series.indicator.key, table_of(series), picture_of(series, ()))
        for series in found
        if series.points
    )
