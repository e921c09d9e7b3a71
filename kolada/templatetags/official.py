"""How an official value is printed."""

from decimal import ROUND_HALF_UP, Decimal

from django import template

from kolada.models import OfficialValue, reason_in

register = template.Library()
MISSING = "saknas"


@register.filter
def official(row: OfficialValue, name: str) -> str:
    """Print the value of `women`, `men` or `total` with two decimals at most, or that it is missing and why."""
    number = row.number(name)
    if number is not None:
        return number_in_swedish(number)
    reason = reason_in(getattr(row, f"{name}_status"))
    return f"{MISSING} ({reason[0].lower()}{reason[1:]})" if reason else MISSING


def number_in_swedish(number: Decimal) -> str:
    """Print a number with a decimal comma, a real minus, and a space between thousands."""
    places = min(2, max(0, -int(number.normalize().as_tuple().exponent)))
    rounded = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{rounded:,}".replace(",", "\u00a0").replace(".", ",").replace("-", "−")
