"""Weekends, public holidays and their eves."""

from datetime import date, timedelta
from functools import cache

import holidays

ONE_DAY = timedelta(days=1)
SATURDAY, SUNDAY = 5, 6
# Eves with a name of their own in Swedish; the eve of any other holiday is "dagen före".
EVES = {"Juldagen": "julafton", "Nyårsdagen": "nyårsafton", "Midsommardagen": "midsommarafton"}
EVES |= {"Påskdagen": "påskafton", "Trettondedag jul": "trettondagsafton", "Långfredagen": "skärtorsdagen"}
IN_JULY = "ligger i juli, då de flesta har semester"
AT_CHRISTMAS = "ligger mellan jul och trettonhelgen, då många är lediga"
EVES |= {"Första maj": "valborgsmässoafton", "Pingstdagen": "pingstafton"}


@cache
def _holidays(year: int) -> dict[date, str]:
    return dict(holidays.country_holidays("SE", years=year, include_sundays=False, language="sv").items())


def holiday_on(day: date) -> str:
    """Return the name of the holiday or its eve as it is written inside a sentence; empty on other days."""
    name = _holidays(day.year).get(day)
    if name:
        return name[:1].lower() + name[1:]
    following = day + ONE_DAY
    name = _holidays(following.year).get(following)
    if name is None:
        return ""
    return EVES.get(name, f"dagen före {name[:1].lower() + name[1:]}")


def why_off(day: date) -> str:
    """Return what is wrong with the day, as "är en söndag", or nothing on a day that people work."""
    if name := holiday_on(day):
        return f"är {name}"
    if is_weekend(day):
        return f"är en {'lördag' if day.weekday() == SATURDAY else 'söndag'}"
    if day.month == 7:
        return IN_JULY
    return AT_CHRISTMAS if is_christmas(day) else ""


def is_christmas(day: date) -> bool:
    return (day.month, day.day) >= (12, 24) or (day.month, day.day) <= (1, 6)


def is_weekend(day: date) -> bool:
    return day.weekday() in (SATURDAY, SUNDAY)


def off_weekend(first: date, days: int) -> date:
    """Return the day, or the Monday after if any day of the meeting would be a Saturday or Sunday."""
    span = [first + ONE_DAY * at for at in range(min(days, 5))]
    if not any(map(is_weekend, span)):
        return first
    return first + ONE_DAY * (7 - first.weekday())
