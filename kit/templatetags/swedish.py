"""Filters that write figures and days in Swedish. Figures come exact and are rounded here only."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from django import template
from django.template.defaultfilters import date as format_date
from django.utils import timezone

from kit.canonical import readable_address
from kit.figures import printed

register = template.Library()
# As Swedish shortens them: mars to juli never, and "jul" is Christmas.
SHORT_MONTHS = ("jan.", "feb.", "mars", "april", "maj", "juni", "juli", "aug.", "sept.", "okt.", "nov.", "dec.")
WORDS = ["noll", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"]


@register.filter
def mean(value: Fraction | Decimal | int | None) -> str:
    # A missing value is a dash: it must never look like 0.
    return "–" if value is None else printed(value, 1)


@register.filter
def overall(value: Fraction | Decimal | None) -> str:
    return "–" if value is None else printed(value, 2)


@register.filter
def change(value: Fraction | Decimal | None) -> str:
    """Return the change with its sign: +0,3, −0,5 or 0."""
    if value is None:
        return "–"
    text = printed(abs(Fraction(value)), 1)
    return text if text == "0" else f"{'+' if value > 0 else '−'}{text}"


@register.filter
def in_words(number: int) -> str:
    return WORDS[number] if 0 <= number < len(WORDS) else str(number)


def some(number: int) -> str:
    """Return the number of people or things in words, as the subject of a sentence: ingen, en, två."""
    return {0: "ingen", 1: "en"}.get(number, in_words(number))


def counted(number: int, singular: str, plural: str) -> str:
    return singular if number == 1 else f"{in_words(number)} {plural}"


@register.filter
def day(value: date | None) -> str:
    return format_date(_here(value), "j F Y") if value else ""


@register.filter
def weekday_and_day(value: date | None) -> str:
    """Return tisdag 3 december 2027, for what one plans by."""
    return format_date(_here(value), "l j F Y").lower() if value else ""


def short_month(value: date) -> str:
    return SHORT_MONTHS[value.month - 1]


@register.filter
def short_day(value: date | None) -> str:
    here = _here(value) if value else None
    return f"{here.day} {short_month(here)}" if here else ""


def _here(value: date) -> date:
    # What is stored as a time is stored in UTC, where the day begins an hour or two later.
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


def day_span(first: date, last: date) -> str:
    """Return 13 september 2021, 13–14 september 2021 or 30 november 2021 – 1 december 2021."""
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    return f"{day(first)} – {day(last)}"


def open_span(first: date | None, last: date | None) -> str:
    """Return a span of which a day may be missing: från 13 september 2021, till 14 september 2021, or nothing."""
    if first and last:
        return day_span(first, last)
    if first:
        return f"från {day(first)}"
    return f"till {day(last)}" if last else ""


def weekday_span(first: date, last: date) -> str:
    """Return tisdag 15 december 2026, or tisdag 15 – onsdag 16 december 2026."""
    if first == last:
        return weekday_and_day(first)
    start = "l j" if (first.year, first.month) == (last.year, last.month) else "l j F Y"
    return f"{format_date(first, start).lower()} – {weekday_and_day(last)}"


@register.filter
def sentence(text: str) -> str:
    # Not str.capitalize, which would make the rest lower case.
    return text[:1].upper() + text[1:]


register.filter(readable_address)


def enumerated(parts: Iterable[str]) -> str:
    *first, last = list(parts) or [""]
    return f"{', '.join(first)} och {last}" if first else last
