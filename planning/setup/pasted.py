"""Rows of a spreadsheet as values for the table of an omgång's meetings.

A row names its meeting, or the rows stand in the table's own order. A cell is known by what it is, so that columns may
be in any order. Whatever is not understood is told, never left out in silence.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from kit.canonical import canonical_line, folded
from kit.templatetags.swedish import in_words
from meetings.models import Meeting

MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
HEADINGS = frozenset(
    ("träff", "träffar", "namn", "datum", "dag", "startdag", "börjar", "slutar", "tid", "plats", "länk")
)
_HOUR = r"([01]?\d|2[0-3])(?:[.:](\d\d))"
_WHOLE_HOUR = r"([01]?\d|2[0-3])(?:[.:](\d\d))?"
_HOURS = re.compile(rf"(?:klockan|kl)?\.?\s*{_WHOLE_HOUR}\s*[-–]\s*{_WHOLE_HOUR}")
_ONE_HOUR = re.compile(rf"(?:klockan|kl)?\.?\s*{_HOUR}(?::\d\d)?")
_ISO = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)(?: 00:00(?::00)?)?")
_SLASHED = re.compile(r"(\d\d?)/(\d\d?)[ /-](\d{4})")
# "onsdag 17 mars 2027" and "17–18 mars 2027"; of several days the first counts.
_WRITTEN = re.compile(r"(?:[a-zåäö]+ )?(\d\d?)\.?(?:\s*[-–]\s*\d\d?)? ([a-zåäö]+)\.? (\d{4})")
# A day that no calendar has, or without its year, is no place.
_NO_PLACE = re.compile(rf"[\d\s./:–-]+|(?:[a-zåäö]+ )?\d\d?\.?(?:\s*[-–]\s*\d\d?)? ({'|'.join(MONTHS)}).*")
FORMS = frozenset(("digital", "digitalt", "på plats", "fysisk", "fysiskt"))


@dataclass
class Pasted:
    """`values` are by field of the table; `not_understood` are sentences about rows and cells."""

    values: dict[str, str] = field(default_factory=dict)
    not_understood: list[str] = field(default_factory=list)
    n_rows: int = 0


def pasted(text: str, meetings: Sequence[Meeting]) -> Pasted:
    result = Pasted()
    rows = [(at, cells) for at, line in enumerate(text.splitlines(), start=1) if any(cells := _cells(line))]
    if rows and _is_heading(rows[0][1]):
        rows = rows[1:]
    waiting = list(meetings)
    named = any(_named(cells, waiting) for _, cells in rows)
    if not named and len(rows) != len(waiting):
        has = "Tabellen har en träff" if len(waiting) == 1 else f"Tabellen har {in_words(len(waiting))} träffar"
        rows_are = "en rad" if len(rows) == 1 else f"{in_words(len(rows))} rader"
        result.not_understood.append(
            f"{has}, men du klistrade in {rows_are} utan träffarnas namn. Ta med namnen som en kolumn."
        )
        return result
    for at, cells in rows:
        meeting = _named(cells, waiting) if named else waiting[0]
        if meeting is None:
            result.not_understood.append(
                f"Rad {at} hör inte till någon av träffarna i tabellen: ”{' '.join(cells)[:80].strip()}”."
            )
            continue
        waiting.remove(meeting)
        result.n_rows += 1
        _read(result, at, meeting, [cell for cell in cells if cell and folded(cell) not in _known(meeting)])
    return result


def _cells(line: str) -> list[str]:
    return [canonical_line(cell).strip('"” ') for cell in line.split("\t" if "\t" in line else ";")]


def _is_heading(cells: list[str]) -> bool:
    words = {word for cell in cells for word in folded(cell).split()}
    return bool(words & HEADINGS) and not any(_day(cell) or _hours(cell) for cell in cells)


def _named(cells: list[str], meetings: Sequence[Meeting]) -> Meeting | None:
    names = {folded(cell) for cell in cells if cell}
    return next((meeting for meeting in meetings if folded(meeting.name) in names), None)


def _known(meeting: Meeting) -> frozenset[str]:
    """Return what a row may say of the meeting that is no value of the table."""
    group = meeting.group.name if meeting.group else ""
    return FORMS | {folded(words) for words in (meeting.name, meeting.theme, group)}


def _read(result: Pasted, at: int, meeting: Meeting, cells: list[str]) -> None:
    free = ["starts_at", "ends_at"]
    values: dict[str, str] = {}
    for cell in cells:
        if (day := _day(cell)) and "starts_on" not in values:
            values["starts_on"] = day.isoformat()
        elif (hours := _hours(cell)) and len(hours) <= len(free):
            values |= {free.pop(0): hour for hour in hours}
        elif re.match(r"https?://", cell) and "link" not in values:
            values["link"] = cell
        elif "place" not in values and not _NO_PLACE.fullmatch(folded(cell)):
            values["place"] = cell
        else:
            result.not_understood.append(f"Rad {at}, {meeting.name}: ”{cell[:80]}” gick inte att förstå.")
    result.values |= {f"{name}_{meeting.pk}": value for name, value in values.items()}


def _day(cell: str) -> date | None:
    text = folded(cell)
    if match := _ISO.fullmatch(text):
        return _date(*map(int, match.groups()))
    if match := _SLASHED.fullmatch(text):
        day, month, year = map(int, match.groups())
        return _date(year, month, day)
    if (match := _WRITTEN.fullmatch(text)) and match[2][:3] in MONTHS:
        return _date(int(match[3]), MONTHS.index(match[2][:3]) + 1, int(match[1]))
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _hours(cell: str) -> list[str]:
    """Return one hour, or the two that a cell such as 13.00–16.00 has, as the browser's own field takes it."""
    text = folded(cell)
    if match := _HOURS.fullmatch(text):
        first, first_minutes, last, last_minutes = match.groups()
        return [f"{int(first):02}:{first_minutes or '00'}", f"{int(last):02}:{last_minutes or '00'}"]
    if match := _ONE_HOUR.fullmatch(text):
        return [f"{int(match[1]):02}:{match[2]}"]
    return []
