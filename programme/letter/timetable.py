"""The omgång's timetable as tables: months across, activities down, a calendar year at a time."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from django.template.defaultfilters import date as format_date

from cohorts.models import Cohort
from meetings.enums import MeetingKind
from meetings.models import Meeting, Period
from reports.pictures import Table

Month = tuple[int, int]
# The letter's own order: what comes first in an omgång stands first.
ORDER = (
    MeetingKind.MENTOR_MEETING,
    MeetingKind.KICKOFF,
    MeetingKind.STRATEGIST_MEETING,
    MeetingKind.LEARNING_MEETING,
    MeetingKind.DEEP_DIVE,
    MeetingKind.RESULTS_CONFERENCE,
)


def timetable(cohort: Cohort, meetings: list[Meeting], periods: list[Period]) -> tuple[Table, ...]:
    """A table for each calendar year that the omgång touches."""
    rows = {**_of_meetings(meetings), **_of_periods(periods)}
    marked = {month for cells in rows.values() for month in cells}
    first, last = min([*marked, _month(cohort.starts_on)]), max([*marked, _month(cohort.ends_on)])
    return tuple(_year(year, rows, first, last) for year in range(first[0], last[0] + 1))


def _year(year: int, rows: dict[str, dict[Month, list[str]]], first: Month, last: Month) -> Table:
    months = [(year, month) for month in range(1, 13) if first <= (year, month) <= last]
    heads = ("Aktivitet", *(format_date(date(*month, 1), "M").rstrip(".").lower() for month in months))
    lines = [(name, [" ".join(cells.get(month, [])) for month in months]) for name, cells in rows.items()]
    told = tuple((name, *cells) for name, cells in lines if any(cells))
    return Table(f"Tidplan {year}", heads, told or (("Inget är planerat", *[""] * len(months)),))


def _of_meetings(meetings: list[Meeting]) -> dict[str, dict[Month, list[str]]]:
    """A row for each name that meetings of a kind share, or for the kind where each has its own."""
    found: dict[str, dict[Month, list[str]]] = {}
    for kind in ORDER:
        cells: dict[Month, list[str]] = defaultdict(list)
        for meeting in meetings:
            if meeting.kind == kind and days(meeting) not in cells[_month(meeting.starts_on)]:
                cells[_month(meeting.starts_on)].append(days(meeting))
        filled = {month: told for month, told in cells.items() if told}
        if filled:
            found[kind.label] = filled
    return found


def _of_periods(periods: list[Period]) -> dict[str, dict[Month, list[str]]]:
    found: dict[str, dict[Month, list[str]]] = {}
    for period in periods:
        last = period.due_on if period.is_reporting else period.ends_on
        cells = {month: ["pågår"] for month in _months(period.starts_on, last)}
        if period.is_reporting:
            cells[_month(period.due_on)] = [f"senast {period.due_on.day}"]
        found.setdefault(period.name, {}).update(cells)
    return found


def days(meeting: Meeting) -> str:
    """13–14, or 30/9–1/10 over a month's end."""
    first, last = meeting.starts_on, meeting.ends_on
    if first == last:
        return str(first.day)
    if _month(first) == _month(last):
        return f"{first.day}–{last.day}"
    return f"{first.day}/{first.month}–{last.day}/{last.month}"


def hours(meeting: Meeting) -> str:
    """13.00–16.00. Over several days each hour says what it is: together they would read as a short day."""
    starts, ends = (f"{at:%H.%M}" if at else "" for at in (meeting.starts_at, meeting.ends_at))
    if meeting.starts_on == meeting.ends_on:
        return f"{starts}–{ends}" if starts and ends else starts
    return ", ".join(filter(None, (starts and f"börjar {starts}", ends and f"slutar {ends}")))


def _month(day: date) -> Month:
    return (day.year, day.month)


def _months(first: date, last: date) -> Iterator[Month]:
    month = _month(first)
    while month <= _month(last):
        yield month
        month = (month[0] + month[1] // 12, month[1] % 12 + 1)


def whole(meetings: Iterable[Meeting]) -> list[Meeting]:
    """Those that are held: a meeting that is called off stands in no letter."""
    return [meeting for meeting in meetings if not meeting.is_cancelled]
