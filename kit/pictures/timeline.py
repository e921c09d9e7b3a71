"""The timetable as a bar across the months of an omgång, with its meetings as marks."""

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from django.template.defaultfilters import date as format_date

from kit.pictures.base import Picture, PictureTable, TextLine, text_width, wrapped
from kit.templatetags.swedish import day, in_words, sentence, short_day, short_month

LEFT, RIGHT, BAR = 14, 706, 44
LANE = 56
# The least distance between the middles of two marks: their size and a little air.
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
    """The timetable. `today` separates past from coming meetings; without it all are coming."""

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
    def table(self) -> PictureTable:
        rows = tuple((mark.label, day(mark.day), mark.place or "–", self._status(mark)) for mark in self.marks)
        return PictureTable(self.title, ("Träff", "Dag", "Plats", "Läge"), rows)

    def _share(self, when: date) -> float:
        share = (when - self.start).days / max(1, (self.end - self.start).days)
        return min(1.0, max(0.0, share))

    def drawing(self, *, narrow: bool) -> TimelineDrawing:
        return self._upright() if narrow else self._level()

    def _level(self) -> TimelineDrawing:
        def place(when: date) -> int:
            return round(LEFT + self._share(when) * (RIGHT - LEFT))

        places = spread([place(mark.day) for mark in self.marks])
        drawn = [self._level_mark(number, *pair) for number, pair in enumerate(zip(self.marks, places, strict=True), 1)]
        marks = in_lanes(drawn)
        bottom = max((mark.labels[-1].y for mark in marks), default=BAR + 10)
        ticks = tuple(month_tick(place(month), text) for month, text in self._months())
        passed = place(self.today) - LEFT if self.today else 0
        return TimelineDrawing(720, bottom + 10, False, LEFT, RIGHT - LEFT, passed, ticks, marks)

    def _level_mark(self, number: int, mark: Mark, x: int) -> DrawnMark:
        # The text starts at the mark, or ends there if it would leave the paper.
        texts = wrapped(mark.label, 150, 13)
        width = max(text_width(text, 13) for text in [*texts, "00 sept."])
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
        # Time runs downwards on a narrow screen, and meetings close in time are pushed apart so that they can be read.
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
        """Return the first days of the shown months with their names: all months, or every third if they are many."""
        months = [date(year, month, 1) for year in range(self.start.year, self.end.year + 1) for month in range(1, 13)]
        shown = [month for month in months if self.start <= month <= self.end]
        step = 1 if len(shown) <= 13 else 3
        return [(month, month_name(month)) for month in shown if (month.month - 1) % step == 0]


def month_name(month: date) -> str:
    name = short_month(month)
    return f"{name} {month.year}" if month.month == 1 else name


def month_tick(x: int, text: str) -> MonthTick:
    half = text_width(text, 13) // 2
    anchor = "start" if x < half else "end" if x + half > 720 else "middle"
    return MonthTick(x, 18, anchor, text)


def spread(places: list[int]) -> list[int]:
    """Push marks close in time apart, so that each number can be read, as far as the bar has room."""
    apart = min(APART, (RIGHT - LEFT) // max(1, len(places) - 1))
    moved: list[int] = []
    for x in places:
        moved.append(max(x, moved[-1] + apart) if moved else x)
    # Marks that were pushed over the end push back the marks before them.
    return [min(x, RIGHT - apart * after) for after, x in enumerate(reversed(moved))][::-1]


def in_lanes(marks: list[DrawnMark]) -> tuple[DrawnMark, ...]:
    """Lower a text that would run into the next text, and below the stems that would cross it."""
    # It works from the right, so `starts` has the left edge of the leftmost text in each lane.
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
