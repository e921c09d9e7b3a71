"""The tidplan as the programme draws it: months across, activities down, bars for periods and day numbers for meetings.

On paper and on a wide screen it is a picture; on a narrow one it is the list itself, in time's order.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import ClassVar

from django.template.defaultfilters import date as format_date
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from modell.templatetags.swedish import day, short_day

from .base import Picture, Table, TextLine, text_width, wrapped
from .timetable_parts import PILL, Bar, DrawnActivity, Month, Pill, TimetableDrawing, in_rows

WIDTH, LEFT, RIGHT = 760, 138, 752
HEAD, LEADING, PAD = 46, 15, 8
# The most a text under a day number may be broad: about four months of a year and a half.
LABEL = 118


@dataclass(frozen=True)
class Event:
    """A meeting, or the day something is due. `about` is its theme, or whose it is where a group has its own."""

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
    """A period between meetings."""

    starts_on: date
    ends_on: date
    name: str

    about: ClassVar[str] = ""

    @property
    def when(self) -> str:
        return spanned(self.starts_on, self.ends_on)


@dataclass(frozen=True)
class Activity:
    """One line of the tidplan."""

    name: str
    events: tuple[Event, ...] = ()
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Line:
    """One thing of the list on a narrow screen."""

    when: str
    name: str
    about: str
    state: str


@dataclass(frozen=True, kw_only=True)
class Timetable(Picture):
    """`today` tells what has been, and what is next; without it all is to come."""

    start: date
    end: date
    activities: tuple[Activity, ...]
    today: date | None = None
    template: ClassVar[str] = "timetable.svg"

    @property
    def events(self) -> list[Event]:
        found = [event for activity in self.activities for event in activity.events]
        return sorted(found, key=lambda event: (event.starts_on, event.name))

    @property
    def next_event(self) -> Event | None:
        return next((event for event in self.events if self.today and event.ends_on >= self.today), None)

    def _state(self, event: Event) -> str:
        if event == self.next_event:
            return "next"
        return "past" if self.today and event.ends_on < self.today else "coming"

    @property
    def description(self) -> str:
        told = "; ".join(f"{event.name} {event.when}" for event in self.events)
        words = f"Från {format_date(self.start, 'F Y')} till {format_date(self.end, 'F Y')}: {told}."
        return f"{words} Nästa är {self.next_event.name}." if self.next_event else words

    @property
    def _named(self) -> list[tuple[str, Event | Span]]:
        """Everything in the lines' order, with its line."""
        found: list[tuple[str, Event | Span]] = []
        for activity in self.activities:
            found += [(activity.name, event) for event in activity.events]
            found += [(activity.name, span) for span in activity.spans]
        return found

    @property
    def table(self) -> Table:
        rows = tuple((name, one.name, one.when, one.about or "–") for name, one in self._named)
        return Table(self.title, ("Aktivitet", "Vad", "När", "Tema eller grupp"), rows)

    @property
    def lines(self) -> list[Line]:
        """All of it in time's order."""
        return [
            Line(one.when, one.name, one.about, self._state(one) if isinstance(one, Event) else "span")
            for _, one in sorted(self._named, key=lambda named: (named[1].starts_on, named[1].ends_on))
        ]

    def render(self) -> SafeString:
        as_list = render_to_string("pictures/timetable_list.html", {"lines": self.lines})
        return format_html('<div class="picture">{}{}</div>', self._svg(narrow=False, name="wide"), as_list)

    def drawing(self, *, narrow: bool) -> TimetableDrawing:
        """`narrow` is never asked for: there the list stands."""
        months, y, drawn = self._months(), HEAD, []
        for activity in self.activities:
            one = self._activity(activity, y)
            bottoms = [line.y for pill in one.pills for line in pill.labels] + [pill.y + PILL for pill in one.pills]
            y = max([y + PILL + 2 * PAD, *(bottom + PAD for bottom in bottoms), one.labels[-1].y + PAD])
            drawn.append(one)
        years = tuple(
            TextLine(month.x + 4, 14, str(self._year(place)))
            for place, month in enumerate(months)
            if place == 0 or month.is_first_of_year
        )
        inside = self.today and self.start <= self.today <= self.end
        today_x = self._x(self.today) if self.today and inside else None
        return TimetableDrawing(WIDTH, y + 4, LEFT, RIGHT, months, years, tuple(drawn), today_x)

    def _firsts(self) -> list[date]:
        """The first of every month, and of the one after the last."""
        found, month = [], self.start.replace(day=1)
        while month <= self.end:
            found.append(month)
            month = (month + timedelta(days=32)).replace(day=1)
        return [*found, month]

    def _year(self, place: int) -> int:
        return self._firsts()[place].year

    def _x(self, when: date) -> int:
        firsts = self._firsts()
        share = (when - firsts[0]).days / max(1, (firsts[-1] - firsts[0]).days)
        return round(LEFT + min(1.0, max(0.0, share)) * (RIGHT - LEFT))

    def _months(self) -> tuple[Month, ...]:
        """By three letters where there is room, else by the first."""
        firsts = self._firsts()
        letters = 3 if (RIGHT - LEFT) / (len(firsts) - 1) >= 26 else 1
        return tuple(
            Month(
                self._x(first),
                (self._x(first) + self._x(after)) // 2,
                format_date(first, "M").rstrip(".").lower()[:letters],
                first.month == 1,
            )
            for first, after in pairwise(firsts)
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
        return DrawnActivity(y, labels, bars, in_rows([self._pill(event, y + PAD) for event in activity.events]))

    def _over(self, span: Span) -> bool:
        return self.today is not None and span.ends_on < self.today

    def _pill(self, event: Event, y: int) -> Pill:
        """The day number stands over its days; what is broader than the paper turns inwards."""
        width = max(PILL, text_width(event.days, 12) + 16)
        middle = (self._x(event.starts_on) + self._x(event.ends_on)) // 2
        x = min(max(LEFT, middle - width // 2), RIGHT - width)
        texts = wrapped(event.about, LABEL, 12) if event.about else []
        broad = max((text_width(text, 12) for text in texts), default=0)
        text_x = min(x, RIGHT - broad)
        labels = tuple(TextLine(text_x, y + PILL + 13 + 14 * row, text) for row, text in enumerate(texts))
        return Pill(x, y, width, x + width // 2, event.days, self._state(event), labels)


def spanned(first: date, last: date) -> str:
    """3 december 2026; 13–14 september 2021; 2 okt – 4 nov 2021."""
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    year = "" if first.year == last.year else f" {first.year}"
    return f"{short_day(first)}{year} – {short_day(last)} {last.year}"
