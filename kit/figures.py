"""Rounding and print of figures. Means stay exact (Fraction) until they are printed."""

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

Figure = Fraction | Decimal | int
# Beside rounded means a difference may look wrong: 2,7 and 3,4 differ by 0,8 where the means are 2,65 and 3,44.
EXACT = "Förändringen är räknad på exakta värden, inte på de avrundade"
# With fewer answers than this nothing is drawn, no range is given and nothing is called strongest or weakest.
FEWEST_COMPARED = 3
# So few others that one reads are told of by name; more are counted, or told of by their mean.
MOST_NAMED = 4
# A figure as these functions print it.
FIGURE = re.compile(r"[+−]?\d+(,\d+)?( %)?")


def rounded(value: Figure, places: int) -> Decimal:
    """Round half away from zero, as the published tables do, and without a binary float on the way."""
    exact = Fraction(value)
    scaled = abs(exact) * 10**places
    whole = Decimal(int(scaled + Fraction(1, 2)))
    result = (whole / (Decimal(10) ** places)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return -result if exact < 0 and result else result


def printed(value: Figure, places: int) -> str:
    """Return the figure with a decimal comma; a value that is whole as rounded has no decimals (`2`, not `2,0`)."""
    result = rounded(value, places)
    text = str(result.to_integral_value()) if result == result.to_integral_value() else str(result)
    return text.replace(".", ",").replace("-", "−")


def dotted(value: Figure | None, places: int) -> str | None:
    """Return the figure for machines: with a dot and always `places` decimals."""
    return None if value is None else str(rounded(value, places))
