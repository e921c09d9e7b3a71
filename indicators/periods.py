"""The periods of values: kept as "2025", "2025-H1", "2025-Q3" or "2025-06", read and told as people write them."""

import re

from indicators.enums import Frequency
from kit.canonical import folded
from kit.when import MONTHS

ORDINALS = ("första", "andra", "tredje", "fjärde")
# How a period of each frequency is written, for hints and refusals.
EXAMPLES = {
    Frequency.YEAR: "2025",
    Frequency.HALF: "första halvåret 2025",
    Frequency.QUARTER: "tredje kvartalet 2025",
    Frequency.MONTH: "juni 2025",
}
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NUMBERS = {word: place for place, word in enumerate(ORDINALS, start=1)} | {
    **{str(place): place for place in range(1, 5)},
    **{f"{place}:{'a' if place < 3 else 'e'}": place for place in range(1, 5)},
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
}
_NUMBER = "|".join(map(re.escape, sorted(_NUMBERS, key=len, reverse=True)))
_QUARTER = re.compile(
    rf"(?:(?:q|kv|kvartal|kvartalet)\.? ?(?P<after>{_NUMBER})|(?P<before>{_NUMBER}) ?(?:q|kv|kvartalet|kvartal))"
)
_HALF = re.compile(
    rf"(?:(?:h|hå|halvår|halvåret)\.? ?(?P<after>{_NUMBER})|(?P<before>{_NUMBER}) ?(?:h|hå|halvåret|halvår))"
)
_FORM = re.compile(r"\d{4}(?:-(?:H[12]|Q[1-4]|0[1-9]|1[0-2]))?")


class NoPeriod(ValueError):
    """The text is no period; the message says what is missing, as a sentence."""


def read_period(text: str, frequency: str) -> str:
    """Return the period that someone has written; raise `NoPeriod` if it is none of that frequency."""
    period = _read(folded(text))
    if frequency_of(period) != frequency:
        raise NoPeriod(f"Nyckeltalet följs {Frequency(frequency).label.lower()}. {_write_as(frequency)}")
    return period


def _read(text: str) -> str:
    years = _YEAR.findall(text)
    if not years:
        raise NoPeriod("Skriv också året, till exempel ”juni 2025”.")
    year = years[0]
    rest = text.replace(year, " ", 1).strip(" -/.,")
    if not rest or rest in ("år", "året", "helår", "helåret"):
        return year
    if month := _month(rest):
        return f"{year}-{month:02}"
    for letter, most, pattern in (("Q", 4, _QUARTER), ("H", 2, _HALF)):
        match = pattern.fullmatch(rest)
        number = _NUMBERS[match["after"] or match["before"]] if match else 0
        if 0 < number <= most:
            return f"{year}-{letter}{number}"
    raise NoPeriod(f"Perioden går inte att läsa. {_write_as(Frequency.YEAR)[:-1]} eller ”juni 2025”.")


def _month(text: str) -> int:
    # Excel makes a month into its first day.
    if re.fullmatch(r"(0[1-9]|1[0-2])(-01)?", text):
        return int(text[:2])
    word = text.rstrip(".")
    named = [place for place, month in enumerate(MONTHS, start=1) if len(word) >= 3 and month.startswith(word)]
    return named[0] if len(named) == 1 else 0


def _write_as(frequency: str) -> str:
    return f"Skriv till exempel ”{EXAMPLES[Frequency(frequency)]}”."


def is_period(text: str) -> bool:
    return bool(_FORM.fullmatch(text))


def frequency_of(period: str) -> Frequency:
    part = period[5:6]
    if not part:
        return Frequency.YEAR
    return {"H": Frequency.HALF, "Q": Frequency.QUARTER}.get(part, Frequency.MONTH)


def in_words(period: str) -> str:
    """Return 2025, första halvåret 2025, tredje kvartalet 2025 or juni 2025."""
    year, part = period[:4], period[5:]
    match frequency_of(period):
        case Frequency.HALF:
            return f"{ORDINALS[int(part[1]) - 1]} halvåret {year}"
        case Frequency.QUARTER:
            return f"{ORDINALS[int(part[1]) - 1]} kvartalet {year}"
        case Frequency.MONTH:
            return f"{MONTHS[int(part) - 1]} {year}"
    return year
