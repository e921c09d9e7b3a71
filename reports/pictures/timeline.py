"""The timetable: a bar across the months of an omgång, its meetings as marks on it."""

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from django.template.defaultfilters import date as format_date

from modell.templatetags.swedish import day, in_words, sentence, short_day

from .base import Picture, Table, TextLine, text_width, wrapped

LEFT, RIGHT, BAR = 14, 706, 44
LANE = 56
# From a mark's middle to the next one's: the marks and a little air.
APART = 27


@dataclass(frozen=True)
class Mark:
    """A meeting; `place` is its town or "digital"."""

    day: date
    label: str
    place: str = ""


@dataclass(frozen=True)
class MonthTick:
    x: int
    y: int
    anchor: str
    text: str


@dataclass(frozen=True)
class DrawnMark:
    x: int
    y: int
    number: str
    state: str
    text_x: int
    anchor: str
    when: TextLine
    labels: tuple[TextLine, ...]
    stem_end: int


@dataclass(frozen=True)
class TimelineDrawing:
    width: int
    height: int
    upright: bool
    start: int
    length: int
    passed: int
    months: tuple[MonthTick, ...]
    marks: tuple[DrawnMark, ...]


@dataclass(frozen=True, kw_only=True)
class Timeline(Picture):
    """`today` splits what has been from what is to come; without it all is to come."""

    start: date
    end: date
    marks: tuple[Mark, ...]
    today: date | None = None
    template: ClassVar[str] = "timeline.svg"

    @property
    def next_mark(self) -> Mark | None:
        return next((mark for mark in self.marks if self.today and mark.day >= self.today), None)

    def _state(self, mark: Mark) -> str:
        if mark == self.next_mark:
            return "next"
        return "past" if self.today and mark.day < self.today else "coming"

    def _status(self, mark: Mark) -> str:
        return {"next": "nästa", "past": "har varit", "coming": "kommer"}[self._state(mark)]

    @property
    def description(self) -> str:
        months = f"från {format_date(self.start, 'F Y')} till {format_date(self.end, 'F Y')}"
        meetings = "; ".join(f"{mark.label} {day(mark.day)}" for mark in self.marks)
        words = f"{sentence(in_words(len(self.marks)))} träffar {months}: {meetings}."
        return f"{words} Nästa är {self.next_mark.label}." if self.next_mark else words

    @property
    def table(self) -> Table:
        rows = tuple((mark.label, day(mark.day), mark.place or "–", self._status(mark)) for mark in self.marks)
        return Table(self.title, ("Träff", "Dag", "Plats", "Läge"), rows)

    def _share(self, when: date) -> float:
        share = (when - self.start).days / max(1, (self.end - self.start).days)
        return min(1.0, max(0.0, share))

    def drawing(self, *, narrow: bool) -> TimelineDrawing:
        return self._upright() if narrow else self._level()

    def _level(self) -> TimelineDrawing:
        def place(when: date) -> int:
            return round(LEFT + self._share(when) * (RIGHT - LEFT))

        places = spread([place(mark.day) for mark in self.marks])
        drawn = [self._level_mark(number, *one) for number, one in enumerate(zip(self.marks, places, strict=True), 1)]
        marks = in_lanes(drawn)
        bottom = max((mark.labels[-1].y for mark in marks), default=BAR + 10)
        ticks = tuple(month_tick(place(month), text) for month, text in self._months())
        passed = place(self.today) - LEFT if self.today else 0
        return TimelineDrawing(720, bottom + 10, False, LEFT, RIGHT - LEFT, passed, ticks, marks)

    def _level_mark(self, number: int, mark: Mark, x: int) -> DrawnMark:
        """Its text starts at the mark, or ends there where the paper does."""
        texts = wrapped(mark.label, 150, 13)
        width = max(text_width(text, 13) for text in [*texts, "00 sep"])
        anchor, text_x = ("end", x + 12) if x - 12 + width > 720 else ("start", x - 12)
        return DrawnMark(
            x,
            BAR,
            str(number),
            self._state(mark),
            text_x,
            anchor,
            TextLine(text_x, BAR + 34, self._when(mark)),
            tuple(TextLine(text_x, BAR + 51 + 16 * row, text) for row, text in enumerate(texts)),
            BAR + 12,
        )

    def _when(self, mark: Mark) -> str:
        return f"{short_day(mark.day)} · nästa" if self._state(mark) == "next" else short_day(mark.day)

    def _upright(self) -> TimelineDrawing:
        """On a narrow screen time runs downwards; meetings close in time are pushed apart so that they can be read."""
        marks, y = [], 0
        length = 62 * max(1, len(self.marks))
        for number, mark in enumerate(self.marks, 1):
            y = max(y, round(24 + self._share(mark.day) * (length - 40)))
            texts = wrapped(mark.label, 250, 14)
            marks.append(self._upright_mark(number, mark, y, texts))
            y += 38 + 17 * len(texts)
        end = max(length, y)
        passed = [mark.y for mark in marks if mark.state == "past"]
        done = passed[-1] - 10 if passed else 0
        return TimelineDrawing(320, end + 4, True, 10, end - 16, done, (), tuple(marks))

    def _upright_mark(self, number: int, mark: Mark, y: int, texts: list[str]) -> DrawnMark:
        when = f"{day(mark.day)} · nästa" if self._state(mark) == "next" else day(mark.day)
        labels = tuple(TextLine(46, y + 17 * row + 13, text) for row, text in enumerate(texts))
        return DrawnMark(18, y, str(number), self._state(mark), 46, "start", TextLine(46, y - 5, when), labels, y)

    def _months(self) -> list[tuple[date, str]]:
        """First days of months; every third with its name where there are many, January with its year."""
        months = [date(year, month, 1) for year in range(self.start.year, self.end.year + 1) for month in range(1, 13)]
        shown = [month for month in months if self.start <= month <= self.end]
        step = 1 if len(shown) <= 13 else 3
        return [(month, month_name(month)) for month in shown if (month.month - 1) % step == 0]


def month_name(month: date) -> str:
    name = format_date(month, "M").rstrip(".").lower()
    return f"{name} {month.year}" if month.month == 1 else name


def month_tick(x: int, text: str) -> MonthTick:
    half = text_width(text, 13) // 2
    anchor = "start" if x < half else "end" if x + half > 720 else "middle"
    return MonthTick(x, 18, anchor, text)


def spread(places: list[int]) -> list[int]:
    """Marks close in time are pushed apart, so that each number can be read; as far as the bar has room."""
    apart = min(APART, (RIGHT - LEFT) // max(1, len(places) - 1))
    found: list[int] = []
    for x in places:
        found.append(max(x, found[-1] + apart) if found else x)
    # What was pushed over the end pushes back those before it.
    return [min(x, RIGHT - apart * after) for after, x in enumerate(reversed(found))][::-1]


def in_lanes(marks: list[DrawnMark]) -> tuple[DrawnMark, ...]:
    """From the right: a text that would run into the next one goes down a lane, and below stems that would cross it."""
    starts: list[int] = []
    stems: list[tuple[int, int]] = []
    placed: list[DrawnMark] = []
    for mark in reversed(marks):
        width = max(text_width(line.text, 13) for line in (mark.when, *mark.labels))
        left = mark.text_x - (width if mark.anchor == "end" else 0)
        right = left + width + 10
        highest = max((lane for x, lane in stems if left <= x <= right), default=0)
        fitting = (lane for lane, start in enumerate(starts) if lane >= highest and right <= start)
        lane = next(fitting, len(starts))
        starts[lane : lane + 1] = [left]
        stems.append((mark.x, lane))
        placed.insert(0, lowered(mark, lane * LANE))
    return tuple(placed)


def lowered(mark: DrawnMark, by: int) -> DrawnMark:
    down = [replace(line, y=line.y + by) for line in (mark.when, *mark.labels)]
    return replace(mark, when=down[0], labels=tuple(down[1:]), stem_end=down[0].y - 14)
