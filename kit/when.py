"""A point in time that is known as a year, a month or a day: read from what people write, and printed in Swedish."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from kit.days import EARLIEST, LATEST

MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
_YEAR = re.compile(r"(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?")
_SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})[ -](\d{4})")
_WORDS = re.compile(r"(?:(?:den )?(\d{1,2})(?:[:.]?[ae])?\.? )?([a-z]{3,9})\.? (\d{4})")


@dataclass(frozen=True)
class When:
    """A year, with a month and a day where they are known; a day has a month."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        parts = (self.day, MONTHS[self.month - 1] if self.month else None, self.year)
        return " ".join(str(part) for part in parts if part)

    @property
    def in_a_sentence(self) -> str:
        """Return the time as it stands after a verb: "2026", "i mars 2026" or "den 14 mars 2026"."""
        before = "den " if self.day else "i " if self.month else ""
        return f"{before}{self}"

    @property
    def iso(self) -> str:
        """Return what a <time> element states: 2026, 2026-03 or 2026-03-14."""
        return "-".join([f"{self.year}", *(f"{part:02}" for part in (self.month, self.day) if part)])

    @property
    def last(self) -> date:
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])


def when(text: str) -> When | None:
    """Return the point in time that the text names, or None if it names none from 2000 to 2100."""
    text = text.lower().strip().rstrip(".")
    if match := _YEAR.fullmatch(text):
        return _near(int(match[1]), None, None)
    if match := _ISO.fullmatch(text):
        return _near(int(match[1]), int(match[2]), int(match[3]) if match[3] else None)
    if match := _SLASHES.fullmatch(text):
        return _near(int(match[3]), int(match[2]), int(match[1]))
    if match := _WORDS.fullmatch(text):
        month = next((n for n, name in enumerate(MONTHS, start=1) if name.startswith(match[2])), None)
        return _near(int(match[3]), month, int(match[1]) if match[1] else None) if month else None
    return None


def is_real(year: int, month: int | None, day: int | None) -> bool:
    """True if the calendar has the month and the day, and a day has a month."""
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return False
    return month is not None or day is None


def _near(year: int, month: int | None, day: int | None) -> When | None:
    if not EARLIEST.year <= year <= LATEST.year or month == 0 or day == 0 or not is_real(year, month, day):
        return None
    return When(year, month, day)
