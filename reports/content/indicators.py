"""The indicators whose table or picture stands in a text of the result report; putting it there is publishing it.

Where the joint report may use the text, it may draw the indicator too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.text import slugify

from cohorts.models import Participation
from indicators.gap_picture import picture_of, table_of
from indicators.models import Indicator
from indicators.series import series_of_many
from kit.pictures import GapPicture, PictureTable
from kit.rich import Document
from kit.rich.placing import placed_in

if TYPE_CHECKING:
    from reports.content.organisation import OrganisationContent

TABLE, PICTURE = "tabell-nyckeltal-", "bild-nyckeltal-"


@dataclass(frozen=True)
class IndicatorPart:
    """What anyone may read of an indicator: where few people are behind a value, it is not printed."""

    key: str
    table: PictureTable
    picture: GapPicture | None


def indicators_in(participation: Participation, documents: Iterable[Document]) -> tuple[IndicatorPart, ...]:
    """Return the indicators that the texts name, in the order of the organisation."""
    keys = _keys_in(documents)
    return indicator_parts(participation, keys) if keys else ()


def shared_gaps(contents: Iterable[OrganisationContent]) -> Iterator[GapPicture]:
    """Yield one picture of each organisation: its first indicator in a text that the joint report may use."""
    for content in contents:
        keys = _keys_in(text.document for text in content.sections if text.shared and text.document)
        drawn = (part.picture for part in content.indicators if part.key in keys and part.picture)
        if picture := next(drawn, None):
            name = content.organisation
            yield replace(picture, key=f"{slugify(name)}-{picture.key}", title=f"{name}: {picture.title}")


def _keys_in(documents: Iterable[Document]) -> set[str]:
    refs = {placed.what for document in documents for placed in placed_in(document)}
    return {ref.removeprefix(name) for ref in refs for name in (TABLE, PICTURE) if ref.startswith(name)}


def indicator_parts(participation: Participation, keys: Iterable[str] | None = None) -> tuple[IndicatorPart, ...]:
    rows = Indicator.objects.filter(participation=participation).order_by("position", "pk")
    rows = rows if keys is None else rows.filter(key__in=keys)
    # As those read it who do not edit the values: a report is read by anyone.
    every_series = series_of_many(list(rows.select_related("participation__organisation", "key_figure")), editor=False)
    return tuple(
        IndicatorPart(series.indicator.key, table_of(series), picture_of(series, ()))
        for series in every_series
        if series.points
    )
