"""The indicators of an organisation as JSON: numbers are texts, and what a reader may not see is null and named."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from indicators.models import Indicator
from indicators.movement import movement_of
from indicators.numbers import plainly
from indicators.run_chart import signals_of
from indicators.series import FIGURES, Series, SeriesPoint, series_of_many

# The gap in percent is of the men's value, with one decimal.
PRINTED = (*FIGURES, "gap_percent")


def document_of(indicators: Iterable[Indicator]) -> dict[str, Any]:
    """Return what any reader outside the editors sees; the indicators are fetched as for `series_of_many`."""
    return {"indicators": [_indicator(series) for series in series_of_many(list(indicators), editor=False)]}


def _indicator(series: Series) -> dict[str, Any]:
    indicator = series.indicator
    return {
        "key": indicator.key,
        "title": indicator.title,
        "unit": indicator.unit,
        "direction": indicator.direction,
        "source": indicator.source,
        "original_source": indicator.original_source or None,
        "series": [_point(point) for point in series.points],
        "targets": {name: _text(getattr(indicator, f"target_{name}")) for name in ("women", "men", "gap")},
        "movement": _movement(series),
        "signals": _signals(series),
    }


def _point(point: SeriesPoint) -> dict[str, Any]:
    hidden = {*point.hidden, *({"gap_percent"} if "gap" in point.hidden else ())}
    return {
        "period": point.period,
        **{name: _text(getattr(point, name)) for name in PRINTED},
        "suppressed": [name for name in PRINTED if name in hidden],
        "status": point.status or None,
    }


def _movement(series: Series) -> dict[str, Any] | None:
    movement = movement_of(series)
    if movement is None:
        return None
    return {
        "from": movement.since.period,
        "to": movement.until.period,
        **{name: _text(getattr(movement, name)) for name in ("women", "men", "gap")},
        "because": movement.because.value,
    }


def _signals(series: Series) -> list[dict[str, str]]:
    signals = ((signal.rule.value, signal.from_period, signal.to_period) for signal in signals_of(series))
    # The same signal of women and of the gap is one here, since whom it is of is not said.
    return [{"rule": rule, "from": since, "to": until} for rule, since, until in dict.fromkeys(signals)]


def _text(number: Decimal | None) -> str | None:
    return None if number is None else f"{plainly(number):f}"
