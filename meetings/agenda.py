"""An agenda as values for a page: parallel items, starting times, and how the time is shared."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from fractions import Fraction
from itertools import groupby

from kit.figures import printed
from meetings.enums import AgendaPart, Whose
from meetings.models import AgendaItem, Meeting

# Everyone is busy in such a part, so nothing may run at the same time.
ALONE = (AgendaPart.JOINT, AgendaPart.BY_ORGANISATION)
MIDNIGHT = 24 * 60


@dataclass(frozen=True)
class AgendaBlock:
    """Items that run at the same time: one item for all, or parallel items for different functions."""

    day: int
    position: int
    items: tuple[AgendaItem, ...]
    starts_at: time | None
    ends_at: time | None
    first: bool
    last: bool

    @property
    def minutes(self) -> int:
        return max(item.minutes for item in self.items)

    @property
    def is_parallel(self) -> bool:
        return len(self.items) > 1

    @property
    def clock(self) -> str:
        return f"{clock(self.starts_at)}–{clock(self.ends_at)}" if self.starts_at and self.ends_at else ""


@dataclass(frozen=True)
class AgendaDay:
    number: int
    date: date
    blocks: tuple[AgendaBlock, ...]

    @property
    def minutes(self) -> int:
        return sum(block.minutes for block in self.blocks)


@dataclass(frozen=True)
class Share:
    """The share of the time that one kind has; `start` and `width` are percent of the bar."""

    whose: str
    label: str
    minutes: int
    start: str
    width: str


@dataclass(frozen=True)
class Agenda:
    """An agenda and its sums. `length` is the meeting's minutes: None without hours, or if it lasts several days."""

    days: tuple[AgendaDay, ...]
    minutes: int
    length: int | None
    exchange: Fraction
    skr: Fraction
    shares: tuple[Share, ...]

    @property
    def words(self) -> str:
        return f"Deltagarnas utbyte: {printed(self.exchange, 0)} av {self.minutes} minuter."

    @property
    def over(self) -> int:
        """Return the minutes by which it exceeds the meeting; negative if there is time left."""
        return self.minutes - self.length if self.length is not None else 0

    @property
    def skr_speaks_most(self) -> bool:
        return self.skr > self.exchange

    @property
    def skr_minutes(self) -> str:
        return printed(self.skr, 0)

    @property
    def exchange_minutes(self) -> str:
        return printed(self.exchange, 0)


def agenda_of(meeting: Meeting, items: Iterable[AgendaItem]) -> Agenda:
    days = tuple(_days(meeting, sorted(items, key=lambda item: (item.day, item.position, item.pk))))
    total = sum(day.minutes for day in days)
    of = {whose: Fraction(0) for whose in Whose}
    for day in days:
        for block in day.blocks:
            for item in block.items:
                of[Whose(item.whose)] += Fraction(item.minutes, len(block.items))
                # People whose part ends before the parallel ones have a break.
                of[Whose.PAUSE] += Fraction(block.minutes - item.minutes, len(block.items))
    return Agenda(days, total, _length(meeting), of[Whose.EXCHANGE], of[Whose.SKR], tuple(_shares(of, total)))


def _days(meeting: Meeting, items: list[AgendaItem]) -> Iterator[AgendaDay]:
    for number, of_day in groupby(items, key=lambda item: item.day):
        now = meeting.starts_at if number == 1 else None
        blocks = [(position, tuple(rows)) for position, rows in groupby(of_day, key=lambda item: item.position)]
        made = []
        for place, (position, rows) in enumerate(blocks):
            now = next((item.starts_at for item in rows if item.starts_at), now)
            ends = _later(now, max(item.minutes for item in rows))
            made.append(AgendaBlock(number, position, rows, now, ends, place == 0, place == len(blocks) - 1))
            now = ends
        yield AgendaDay(number, meeting.starts_on + timedelta(days=number - 1), tuple(made))


def _shares(of: dict[Whose, Fraction], total: int) -> Iterator[Share]:
    start = Fraction(0)
    for whose, minutes in of.items():
        if minutes:
            width = minutes * 100 / total
            yield Share(whose.value, str(whose.label), int(printed(minutes, 0)), _percent(start), _percent(width))
            start += width


def _percent(value: Fraction) -> str:
    return f"{float(value):.2f}"


def _length(meeting: Meeting) -> int | None:
    if meeting.starts_on != meeting.ends_on or not (meeting.starts_at and meeting.ends_at):
        return None
    return _minutes(meeting.ends_at) - _minutes(meeting.starts_at)


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def _later(at: time | None, minutes: int) -> time | None:
    """Return the time of day, or None past midnight: an agenda does not run into the next day."""
    if at is None or _minutes(at) + minutes >= MIDNIGHT:
        return None
    return time(*divmod(_minutes(at) + minutes, 60))


def clock(at: time) -> str:
    return f"{at.hour}.{at.minute:02}"
