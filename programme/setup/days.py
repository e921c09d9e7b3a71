"""Days to know of: weekends, public holidays and their eves."""

from datetime import date, timedelta
from functools import cache

import holidays

ONE_DAY = timedelta(days=1)
SATURDAY, SUNDAY = 5, 6
# The eves that have a name of their own in Swedish; before the others it is "dagen före".
EVES = {"Juldagen": "julafton", "Nyårsdagen": "nyårsafton", "Midsommardagen": "midsommarafton"}
EVES |= {"Påskdagen": "påskafton", "Trettondedag jul": "trettondagsafton", "Långfredagen": "skärtorsdagen"}
EVES |= {"Första maj": "valborgsmässoafton", "Pingstdagen": "pingstafton"}


@cache
def _holidays(year: int) -> dict[date, str]:
    return dict(holidays.country_holidays("SE", years=year, include_sundays=False, language="sv").items())


def holiday_on(day: date) -> str:
    """The holiday's name, or its eve's, as it stands in a sentence; empty on a common day."""
    name = _holidays(day.year).get(day)
    if name:
        return name[:1].lower() + name[1:]
    following = day + ONE_DAY
    name = _holidays(following.year).get(following)
    if name is None:
        return ""
    return EVES.get(name, f"dagen före {name[:1].lower() + name[1:]}")


def is_weekend(day: date) -> bool:
    return day.weekday() in (SATURDAY, SUNDAY)


def off_weekend(first: date, days: int) -> date:
    """The same day, or the Monday after if any of the meeting's days would be a Saturday or a Sunday."""
    span = [first + ONE_DAY * at for at in range(min(days, 5))]
    if not any(map(is_weekend, span)):
        return first
    return first + ONE_DAY * (7 - first.weekday())
