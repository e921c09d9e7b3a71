"""Rounding and print of figures: the one place. Means are kept exact (Fraction) until they are printed."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

Figure = Fraction | Decimal | int


def rounded(value: Figure, places: int) -> Decimal:
    """Half away from zero, as the published tables are rounded. Exact: never through a binary float."""
    exact = Fraction(value)
    scaled = abs(exact) * 10**places
    whole = Decimal(int(scaled + Fraction(1, 2)))
    result = (whole / (Decimal(10) ** places)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return -result if exact < 0 and result else result


def printed(value: Figure, places: int) -> str:
    """With a decimal comma; a value that is whole as rounded stands without decimals (`2`, not `2,0`)."""
    result = rounded(value, places)
    text = str(result.to_integral_value()) if result == result.to_integral_value() else str(result)
    return text.replace(".", ",").replace("-", "−")


def dotted(value: Figure | None, places: int) -> str | None:
    """For machines: a dot, and always `places` decimals."""
    return None if value is None else str(rounded(value, places))
