"""An agenda as values for a page: parallel items, starting times, and how the time is shared."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from fractions import Fraction
from itertools import groupby

from kit.figures import printed
from meetings.enums import AgendaPart, Whose
from meetings.invitees import Invitee
from meetings.models import AgendaItem, Meeting

# Everyone is busy in such a part, so nothing may run at the same time.
ALONE = (AgendaPart.JOINT, AgendaPart.BY_ORGANISATION)
MIDNIGHT = 24 * 60


@dataclass(frozen=True)
class AgendaBlock:
    """Items that run at the same time: one item for all, or parallel items for different functions.

    `own` are those of its items that only some are at, the reader among them.
    """

    day: int
    position: int
    items: tuple[AgendaItem, ...]
    starts_at: time | None
    ends_at: time | None
    first: bool
    last: bool
    own: tuple[AgendaItem, ...]

    @property
    def minutes(self) -> int:
        return max(item.minutes for item in self.items)

    @property
    def is_parallel(self) -> bool:
        return len(self.items) > 1

    @property
    def clock(self) -> str:
        return hours(self.starts_at, self.ends_at) if self.starts_at and self.ends_at else ""


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
        return f"Deltagarnas utbyte tar {length(_whole(self.exchange))} av {length(self.minutes)}."

    @property
    def over(self) -> int:
        """Return the minutes by which it exceeds the meeting; negative if there is time left."""
        return self.minutes - self.length if self.length is not None else 0

    @property
    def skr_speaks_most(self) -> bool:
        return self.skr > self.exchange

    @property
    def skr_minutes(self) -> int:
        return _whole(self.skr)

    @property
    def exchange_minutes(self) -> int:
        return _whole(self.exchange)


@dataclass(frozen=True)
class MeetingDay:
    """A day of a meeting with the hours that are known of it."""

    date: date
    starts_at: time | None
    ends_at: time | None

    @property
    def hours(self) -> str:
        return hours(self.starts_at, self.ends_at)


def agenda_of(meeting: Meeting, items: Iterable[AgendaItem], own: Collection[str] = ()) -> Agenda:
    """Return the agenda; `own` are the reader's parts, which count where the whole agenda is not for them."""
    items = sorted(items, key=lambda item: (item.day, item.position, item.pk))
    apart = own if any(item.part not in own for item in items) else ()
    days = tuple(_days(meeting, items, apart))
    total = sum(day.minutes for day in days)
    of = {whose: Fraction(0) for whose in Whose}
    for day in days:
        for block in day.blocks:
            for item in block.items:
                of[Whose(item.whose)] += Fraction(item.minutes, len(block.items))
                # People whose part ends before the parallel ones have a break.
                of[Whose.PAUSE] += Fraction(block.minutes - item.minutes, len(block.items))
    return Agenda(days, total, _length(meeting), of[Whose.EXCHANGE], of[Whose.SKR], tuple(_shares(of, total)))


def own_parts(own: Iterable[Invitee]) -> set[str]:
    """Return the parts where people in these seats are apart from the others; mentors may be so by function too."""
    own = list(own)
    mentors = {AgendaPart.MENTOR.value for person in own if not person.participation.is_participant}
    return {person.function for person in own} | mentors


def days_of(meeting: Meeting, agenda: Agenda) -> list[MeetingDay]:
    """Return the days of the meeting: its own hours around them, and within them those of the agenda."""
    blocks = {of_day.number: of_day.blocks for of_day in agenda.days}
    last = meeting.n_days
    days = []
    for number in range(1, last + 1):
        of_day = blocks.get(number) or ()
        starts = meeting.starts_at if number == 1 else of_day[0].starts_at if of_day else None
        ends = meeting.ends_at if number == last else of_day[-1].ends_at if of_day else None
        days.append(MeetingDay(meeting.starts_on + timedelta(days=number - 1), starts, ends))
    return days


def _days(meeting: Meeting, items: list[AgendaItem], own: Collection[str]) -> Iterator[AgendaDay]:
    for number, of_day in groupby(items, key=lambda item: item.day):
        now = meeting.starts_at if number == 1 else None
        blocks = [(position, tuple(rows)) for position, rows in groupby(of_day, key=lambda item: item.position)]
        made = []
        for place, (position, rows) in enumerate(blocks):
            now = next((item.starts_at for item in rows if item.starts_at), now)
            ends = _later(now, max(item.minutes for item in rows))
            is_last = place == len(blocks) - 1
            made.append(AgendaBlock(number, position, rows, now, ends, place == 0, is_last, _own(rows, own)))
            now = ends
        yield AgendaDay(number, meeting.starts_on + timedelta(days=number - 1), tuple(made))


def _own(items: tuple[AgendaItem, ...], own: Collection[str]) -> tuple[AgendaItem, ...]:
    mentors = tuple(item for item in items if item.part == AgendaPart.MENTOR and item.part in own)
    return mentors or tuple(item for item in items if item.part in own)


def _shares(of: dict[Whose, Fraction], total: int) -> Iterator[Share]:
    start = Fraction(0)
    for whose, minutes in of.items():
        if minutes:
            width = minutes * 100 / total
            yield Share(whose.value, str(whose.label), _whole(minutes), _percent(start), _percent(width))
            start += width


def _whole(minutes: Fraction) -> int:
    return int(printed(minutes, 0))


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


def hours(starts: time | None, ends: time | None) -> str:
    """Return 9.00–12.00, or the one hour that is known: från kl. 9.00, till kl. 12.00."""
    if starts and ends:
        return f"{clock(starts)}–{clock(ends)}"
    if starts:
        return f"från kl. {clock(starts)}"
    return f"till kl. {clock(ends)}" if ends else ""


def length(minutes: int) -> str:
    """Return 6 tim 15 min, 2 tim or 45 min."""
    whole, rest = divmod(minutes, 60)
    parts = [f"{number}\N{NO-BREAK SPACE}{unit}" for number, unit in ((whole, "tim"), (rest, "min")) if number]
    return " ".join(parts) or "0\N{NO-BREAK SPACE}min"
