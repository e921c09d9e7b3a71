"""The tidplan as the programme draws it: months across, activities down, bars for periods, day numbers for meetings.

On paper and on a wide screen it is a picture; on a narrow screen it is a list in order of time.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import ClassVar

from django.template.defaultfilters import date as format_date
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from kit.ordering import swedish
from kit.pictures.base import Picture, PictureTable, TextLine, text_width, wrapped
from kit.pictures.timetable_parts import PILL, Bar, DrawnActivity, Month, Pill, TimetableDrawing, in_rows
from kit.templatetags.swedish import day, short_day, short_month

# As wide as an A4 across needs: a type of 12 is about 9 points on paper.
WIDTH, LEFT, RIGHT = 980, 146, 972
HEAD, LEADING, PAD = 50, 15, 8
# The widths that a text under a day number may have: four months of a year and a half, and of two years.
LABELS = (176, 132, 112)
# A month has its short name if there is room for "sept.", else its first letter.
MONTH = 33


@dataclass(frozen=True)
class Event:
    """A meeting, or a due day. `about` is its theme, or the group that it is for."""

    starts_on: date
    ends_on: date
    name: str
    about: str = ""

    @property
    def days(self) -> str:
        if self.starts_on == self.ends_on:
            return str(self.starts_on.day)
        return f"{self.starts_on.day}–{self.ends_on.day}"

    @property
    def when(self) -> str:
        return spanned(self.starts_on, self.ends_on)


@dataclass(frozen=True)
class Span:
    starts_on: date
    ends_on: date
    name: str

    about: ClassVar[str] = ""

    @property
    def when(self) -> str:
        return spanned(self.starts_on, self.ends_on)


@dataclass(frozen=True)
class Activity:
    """A line of the tidplan."""

    name: str
    events: tuple[Event, ...] = ()
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True)
class NarrowLine:
    """An entry of the list on a narrow screen."""

    when: str
    name: str
    about: str
    state: str


@dataclass(frozen=True, kw_only=True)
class Timetable(Picture):
    """The tidplan. `today` decides which events are past and which is next; without it all are coming."""

    start: date
    end: date
    activities: tuple[Activity, ...]
    today: date | None = None
    template: ClassVar[str] = "timetable.svg"

    @property
    def events(self) -> list[Event]:
        events = [event for activity in self.activities for event in activity.events]
        return sorted(events, key=lambda event: (event.starts_on, swedish(event.name)))

    @property
    def next_event(self) -> Event | None:
        return next((event for event in self.events if self.today and event.ends_on >= self.today), None)

    def _state(self, event: Event) -> str:
        if event == self.next_event:
            return "next"
        return "past" if self.today and event.ends_on < self.today else "coming"

    @property
    def description(self) -> str:
        events = "; ".join(f"{event.name} {event.when}" for event in self.events)
        words = f"Från {format_date(self.start, 'F Y')} till {format_date(self.end, 'F Y')}: {events}."
        return f"{words} Härnäst kommer {self.next_event.name}." if self.next_event else words

    @property
    def _named(self) -> list[tuple[str, Event | Span]]:
        named: list[tuple[str, Event | Span]] = []
        for activity in self.activities:
            named += [(activity.name, event) for event in activity.events]
            named += [(activity.name, span) for span in activity.spans]
        return named

    @property
    def table(self) -> PictureTable:
        rows = tuple((activity, entry.name, entry.when, entry.about or "–") for activity, entry in self._named)
        return PictureTable(self.title, ("Aktivitet", "Vad", "När", "Tema eller grupp"), rows)

    @property
    def lines(self) -> list[NarrowLine]:
        return [
            NarrowLine(entry.when, entry.name, entry.about, self._state(entry) if isinstance(entry, Event) else "span")
            for _, entry in sorted(self._named, key=lambda named: (named[1].starts_on, named[1].ends_on))
        ]

    def render(self) -> SafeString:
        as_list = render_to_string("kit/pictures/timetable_list.html", {"lines": self.lines})
        return format_html('<div class="picture">{}{}</div>', self._svg(narrow=False, name="wide"), as_list)

    def drawing(self, *, narrow: bool) -> TimetableDrawing:
        # Never called with `narrow`: a narrow screen has the list.
        months, y, drawn = self._months(), HEAD, []
        for activity in self.activities:
            row = self._activity(activity, y)
            y = max([y + PILL + 2 * PAD, bottom(row.pills) + PAD, row.labels[-1].y + PAD])
            drawn.append(row)
        years = tuple(
            TextLine(month.x + 4, 14, str(self._year(place)))
            for place, month in enumerate(months)
            if place == 0 or month.is_first_of_year
        )
        inside = self.today and self.start <= self.today <= self.end
        today_x = self._x(self.today) if self.today and inside else None
        return TimetableDrawing(WIDTH, y + 4, HEAD, LEFT, RIGHT, months, years, tuple(drawn), today_x)

    def _firsts(self) -> list[date]:
        """Return the first day of every month, and of the month after the last."""
        firsts, month = [], self.start.replace(day=1)
        while month <= self.end:
            firsts.append(month)
            month = (month + timedelta(days=32)).replace(day=1)
        return [*firsts, month]

    def _year(self, place: int) -> int:
        return self._firsts()[place].year

    def _x(self, when: date) -> int:
        firsts = self._firsts()
        share = (when - firsts[0]).days / max(1, (firsts[-1] - firsts[0]).days)
        return round(LEFT + min(1.0, max(0.0, share)) * (RIGHT - LEFT))

    def _months(self) -> tuple[Month, ...]:
        firsts = self._firsts()
        is_wide = (RIGHT - LEFT) / (len(firsts) - 1) >= MONTH
        return tuple(
            Month(
                self._x(first),
                self._x(after) - self._x(first),
                place % 2 == 0,
                short_month(first) if is_wide else short_month(first)[:1],
                first.month == 1,
            )
            for place, (first, after) in enumerate(pairwise(firsts))
        )

    def _activity(self, activity: Activity, y: int) -> DrawnActivity:
        labels = tuple(
            TextLine(0, y + PAD + 15 + LEADING * row, text)
            for row, text in enumerate(wrapped(activity.name, LEFT - 12, 13))
        )
        bars = tuple(
            Bar(
                self._x(span.starts_on),
                y + PAD + 5,
                max(4, self._x(span.ends_on) - self._x(span.starts_on)),
                self._over(span),
            )
            for span in activity.spans
        )
        # Wide texts have few lines, narrow ones find room beside each other: take what is lowest.
        drawn = [in_rows([self._pill(event, y + PAD, width) for event in activity.events]) for width in LABELS]
        return DrawnActivity(y, labels, bars, min(drawn, key=bottom))

    def _over(self, span: Span) -> bool:
        return self.today is not None and span.ends_on < self.today

    def _pill(self, event: Event, y: int, widest: int) -> Pill:
        # The number stands over its days; a text that would leave the paper is moved inwards.
        width = max(PILL, text_width(event.days, 12) + 16)
        middle = (self._x(event.starts_on) + self._x(event.ends_on)) // 2
        x = min(max(LEFT, middle - width // 2), RIGHT - width)
        texts = wrapped(event.about, widest, 12) if event.about else []
        broad = max((text_width(text, 12) for text in texts), default=0)
        text_x = min(x, RIGHT - broad)
        labels = tuple(TextLine(text_x, y + PILL + 13 + 14 * row, text) for row, text in enumerate(texts))
        return Pill(x, y, width, x + width // 2, event.days, self._state(event), labels)


def bottom(pills: Iterable[Pill]) -> int:
    return max((pill.bottom for pill in pills), default=0)


def spanned(first: date, last: date) -> str:
    """Return 3 december 2026; 13–14 september 2021; 2 okt – 4 nov 2021."""
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    year = "" if first.year == last.year else f" {first.year}"
    return f"{short_day(first)}{year} – {short_day(last)} {last.year}"
