"""Units as they stand after a number, and of a difference."""

from decimal import Decimal

from indicators.numbers import figure
from kit.templatetags.swedish import in_words

# A unit as it is written after a number, with one of it; the difference between two percentages has its own.
UNITS = {
    "dagar": "en dag",
    "dygn": "ett dygn",
    "timmar": "en timme",
    "minuter": "en minut",
    "veckor": "en vecka",
    "månader": "en månad",
    "år": "ett år",
    "kronor": "en krona",
    "personer": "en person",
    "elever": "en elev",
    "procentenheter": "en procentenhet",
    "poäng": "ett poäng",
    "besök": "ett besök",
    "fall": "ett fall",
}
PERCENT = ("%", "procent")
SHORT = {"kr": "kronor", "antal personer": "personer"}


def with_unit(value: Decimal | None, unit: str) -> str:
    """Return a value with its unit: 51 dagar, 1 dag, 43,2 procent."""
    plural = unit_of(unit)
    if value is not None and abs(value) == 1 and plural in UNITS:
        return f"{figure(value)} {UNITS[plural].split()[1]}"
    return f"{figure(value)} {plural}".strip()


def unit_of(unit: str) -> str:
    """Return the unit as it stands after a number."""
    return SHORT.get(unit, unit)


def unit_of_gap(unit: str) -> str:
    """Return the unit of a difference: percentages differ by percentage points."""
    return "procentenheter" if unit in PERCENT else unit_of(unit)


def difference(size: Decimal, unit: str) -> str:
    """Return the size of a difference in a sentence: fyra dagar, en dag, 4,5 procentenheter, 3 000 kronor."""
    plural = unit_of_gap(unit)
    if plural not in UNITS:
        return figure(size)
    if size == 1:
        return UNITS[plural]
    whole = size == size.to_integral_value()
    return f"{in_words(int(size)) if whole and size <= 12 else figure(size)} {plural}"


def measured_in(unit: str) -> str:
    """Return what follows a difference whose unit cannot be bent: ", mätt i grader"."""
    known = not unit or unit_of_gap(unit) in UNITS
    return "" if known else f", mätt i {unit}"
