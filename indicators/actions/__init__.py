"""Every write to indicators and their values."""

from indicators.actions.indicators import (
    choose_indicators,
    copy_indicators,
    move_indicator,
    remove_indicator,
    save_indicator,
)
from indicators.actions.values import import_values, remove_value, save_value

__all__ = (
    "choose_indicators",
    "copy_indicators",
    "import_values",
    "move_indicator",
    "remove_indicator",
    "remove_value",
    "save_indicator",
    "save_value",
)
