"""How an official value is printed."""

from decimal import ROUND_HALF_UP, Decimal

from django import template

from kolada.models import OfficialValue

register = template.Library()
MISSING = "saknas"
# Kolada's own words for a value that is not there, which say no more than that.
_SAYS_NOTHING = ("", "Missing")


@register.filter
def official(row: OfficialValue, name: str) -> str:
    """Print the value of `women`, `men` or `total` with two decimals at most, or that it is missing and why."""
    number = row.number(name)
    status = getattr(row, f"{name}_status")
    if number is not None:
        return number_in_swedish(number)
    return MISSING if status in _SAYS_NOTHING else f"{MISSING} ({status[0].lower()}{status[1:]})"


def number_in_swedish(number: Decimal) -> str:
    """Print a number with a decimal comma, a real minus, and a space between thousands."""
    places = min(2, max(0, -int(number.normalize().as_tuple().exponent)))
    rounded = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{rounded:,}".replace(",", "\u00a0").replace(".", ",").replace("-", "−")
