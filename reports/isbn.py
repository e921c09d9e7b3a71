"""The number of a book, ISBN, with its check digit."""

import re

from django.core.exceptions import ValidationError

# Ten digits were used until 2007, the last of which may be X.
TEN, THIRTEEN = re.compile(r"\d{9}[\dX]"), re.compile(r"97[89]\d{10}")


def checked_isbn(typed: str) -> str:
    """Return the number as it was typed, or "" for none; refuse one whose check digit is wrong."""
    signs = typed.upper().replace("-", "").replace(" ", "").removeprefix("ISBN").lstrip(":")
    if not signs:
        return ""
    if TEN.fullmatch(signs):
        right = sum(_value(sign) * weight for sign, weight in zip(signs, range(10, 0, -1), strict=True)) % 11 == 0
    elif THIRTEEN.fullmatch(signs):
        right = sum(int(sign) * (3 if place % 2 else 1) for place, sign in enumerate(signs)) % 10 == 0
    else:
        raise ValidationError("Ett ISBN har tio eller tretton siffror, och tretton siffror börjar med 978 eller 979.")
    if not right:
        raise ValidationError("Kontrollsiffran stämmer inte. Jämför med numret som ni har fått.")
    return typed


def _value(sign: str) -> int:
    return 10 if sign == "X" else int(sign)
