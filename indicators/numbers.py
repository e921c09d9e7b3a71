"""Numbers as people write them, and as they are printed."""

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction

from kit.canonical import folded
from kit.figures import printed

# As many as the columns hold.
PLACES, WHOLE_DIGITS = 6, 12
_SPACES = re.compile(r"(?<=\d)\s+(?=\d)")
_PLAIN = re.compile(r"[+-]?\d+(\.\d+)?")
_THOUSANDS = re.compile(r"(?<=\d)(?=(?:\d{3})+(?!\d))")
NO_SPACE = "\N{NO-BREAK SPACE}"


class NoNumber(ValueError):
    """The text is no number; the message is a sentence."""


def read_number(text: str) -> Decimal | None:
    """Return the number with comma or point, spaces between thousands and a percent sign or not; None if empty."""
    plain = _SPACES.sub("", folded(text).replace("−", "-").replace("–", "-"))
    plain = plain.removesuffix("%").removesuffix("procent").strip()
    if plain in ("", "-"):
        return None
    plain = plain.replace(",", ".")
    if not _PLAIN.fullmatch(plain):
        raise NoNumber("Skriv ett tal, till exempel 43,2.")
    try:
        number = Decimal(plain)
    except InvalidOperation as error:
        raise NoNumber("Skriv ett tal, till exempel 43,2.") from error
    if abs(number) >= 10**WHOLE_DIGITS:
        raise NoNumber("Talet är för stort.")
    if number != in_places(number):
        raise NoNumber("Skriv högst sex decimaler.")
    return number


def in_places(number: Decimal) -> Decimal:
    return plainly(number.quantize(Decimal(1).scaleb(-PLACES), ROUND_HALF_UP))


def plainly(number: Decimal) -> Decimal:
    """Return the number without zeros at its end: 40, not 40.000000 or 4E+1."""
    normal = number.normalize()
    return normal.quantize(Decimal(1)) if normal == normal.to_integral_value() else normal


def typed(number: Decimal | None) -> str:
    """Return the number as someone would type it, with all its decimals."""
    return "" if number is None else f"{plainly(number):f}".replace(".", ",")


def figure(number: Decimal | Fraction | None) -> str:
    """Return the number for a reader: one decimal, two below one, and a space between thousands."""
    if number is None:
        return "–"
    text = printed(number, 2 if abs(Fraction(number)) < 1 else 1)
    whole, _, decimals = text.partition(",")
    decimals = decimals.rstrip("0")
    return _THOUSANDS.sub(NO_SPACE, whole) + (f",{decimals}" if decimals else "")
