"""Build the omgång's timetable as tables, with months across and activities down."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from cohorts.models import Cohort
from kit.pictures import PictureTable
from kit.templatetags.swedish import short_month
from meetings.kinds import MeetingKind
from meetings.models import Meeting, Period

Month = tuple[int, int]


def timetable(cohort: Cohort, meetings: list[Meeting], periods: list[Period]) -> tuple[PictureTable, ...]:
    rows = {**_of_meetings(meetings), **_of_periods(periods)}
    marked = {month for cells in rows.values() for month in cells}
    first, last = min([*marked, _month(cohort.starts_on)]), max([*marked, _month(cohort.ends_on)])
    return tuple(_year(year, rows, first, last) for year in range(first[0], last[0] + 1))


def _year(year: int, rows: dict[str, dict[Month, list[str]]], first: Month, last: Month) -> PictureTable:
    months = [(year, month) for month in range(1, 13) if first <= (year, month) <= last]
    heads = ("Aktivitet", *(short_month(date(*month, 1)) for month in months))
    lines = [(name, [" ".join(cells.get(month, [])) for month in months]) for name, cells in rows.items()]
    filled = tuple((name, *cells) for name, cells in lines if any(cells))
    return PictureTable(f"Tidplan {year}", heads, filled or (("Inget är planerat", *[""] * len(months)),))


def _of_meetings(meetings: list[Meeting]) -> dict[str, dict[Month, list[str]]]:
    by_kind: dict[str, dict[Month, list[str]]] = {}
    for kind in MeetingKind.in_timetable():
        cells: dict[Month, list[str]] = defaultdict(list)
        for meeting in meetings:
            if meeting.kind == kind and days(meeting) not in cells[_month(meeting.starts_on)]:
                cells[_month(meeting.starts_on)].append(days(meeting))
        filled = {month: texts for month, texts in cells.items() if texts}
        if filled:
            by_kind[kind.label] = filled
    return by_kind


def _of_periods(periods: list[Period]) -> dict[str, dict[Month, list[str]]]:
    by_name: dict[str, dict[Month, list[str]]] = {}
    for period in periods:
        last = period.due_on if period.is_reporting else period.ends_on
        cells = {month: ["pågår"] for month in _months(period.starts_on, last)}
        if period.is_reporting:
            cells[_month(period.due_on)] = [f"senast {period.due_on.day}"]
        by_name.setdefault(period.name, {}).update(cells)
    return by_name


def days(meeting: Meeting) -> str:
    first, last = meeting.starts_on, meeting.ends_on
    if first == last:
        return str(first.day)
    if _month(first) == _month(last):
        return f"{first.day}–{last.day}"
    return f"{first.day}/{first.month}–{last.day}/{last.month}"


def hours(meeting: Meeting) -> str:
    starts, ends = (f"{at:%H.%M}" if at else "" for at in (meeting.starts_at, meeting.ends_at))
    if meeting.starts_on == meeting.ends_on:
        return f"{starts}–{ends}" if starts and ends else starts
    # Over several days each hour says what it is, for a bare span would read as one short day.
    return ", ".join(filter(None, (starts and f"börjar {starts}", ends and f"slutar {ends}")))


def _month(day: date) -> Month:
    return (day.year, day.month)


def _months(first: date, last: date) -> Iterator[Month]:
    month = _month(first)
    while month <= _month(last):
        yield month
        month = (month[0] + month[1] // 12, month[1] % 12 + 1)


def without_cancelled(meetings: Iterable[Meeting]) -> list[Meeting]:
    return [meeting for meeting in meetings if not meeting.is_cancelled]
