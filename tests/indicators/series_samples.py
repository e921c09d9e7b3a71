"""Series made without a database, as the tests of movement, run charts, words and pictures use them."""

from decimal import Decimal

from indicators.models import Indicator
from indicators.series import Series, SeriesPoint


def decimal(number: object) -> Decimal | None:
    return None if number is None else Decimal(str(number))


def indicator(**fields: object) -> Indicator:
    about = {"title": "Väntetid till första besök", "unit": "dagar", "direction": "lower", "kind": "mean"}
    return Indicator(**about | {"source": "own"} | fields)  # type: ignore[arg-type]


def point(period: object, women: object, men: object, *, unit: str = "dagar", **more: object) -> SeriesPoint:
    return SeriesPoint(str(period), decimal(women), decimal(men), None, unit, **more)  # type: ignore[arg-type]


def series(*points: SeriesPoint, **fields: object) -> Series:
    return Series(indicator(**fields), points)


def of_pairs(*pairs: tuple[object, object], first: int = 2018, **fields: object) -> Series:
    """A point a year, from `first`."""
    return series(
        *(point(year, *pair, unit=str(fields.get("unit", "dagar"))) for year, pair in enumerate(pairs, first)), **fields
    )


# Women wait as long as before, and the gap shrinks since men wait longer.
WAITING = ((51, 42), (52, 42), (50, 43), (52, 43), (51, 44), (50, 45), (51, 46), (51, 47))
