"""How figures and days are written in Swedish; the only place that rounds for print (figures come exact)."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django import template
from django.template.defaultfilters import date as format_date

from modell.figures import printed

register = template.Library()
WORDS = ["noll", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"]


@register.filter
def mean(value: Fraction | Decimal | int | None) -> str:
    """A mean or a score as published: one decimal, a whole number without; nothing is never 0."""
    return "–" if value is None else printed(value, 1)


@register.filter
def overall(value: Fraction | Decimal | None) -> str:
    """An overall mean as published: two decimals."""
    return "–" if value is None else printed(value, 2)


@register.filter
def change(value: Fraction | Decimal | None) -> str:
    """A change with its sign: +0,3, −0,5 or 0."""
    if value is None:
        return "–"
    text = printed(abs(Fraction(value)), 1)
    return text if text == "0" else f"{'+' if value > 0 else '−'}{text}"


@register.filter
def in_words(number: int) -> str:
    """Numbers to twelve in words, as running text has them."""
    return WORDS[number] if 0 <= number < len(WORDS) else str(number)


@register.filter
def day(value: date | None) -> str:
    """3 december 2026."""
    return format_date(value, "j F Y") if value else ""


@register.filter
def short_day(value: date | None) -> str:
    """3 dec."""
    return format_date(value, "j M").rstrip(".").lower() if value else ""


def day_span(first: date, last: date) -> str:
    """13 september 2021, 13–14 september 2021 or 30 november 2021 – 1 december 2021."""
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    return f"{day(first)} – {day(last)}"


@register.filter
def sentence(text: str) -> str:
    """With a capital first letter, the rest as it is."""
    return text[:1].upper() + text[1:]


def enumerated(parts: Iterable[str]) -> str:
    """a, b och c."""
    *first, last = list(parts) or [""]
    return f"{', '.join(first)} och {last}" if first else last
