"""Meetings as iCalendar (RFC 5545): a file with one meeting, or a feed with all that concern a person.

Each day of a meeting is an event with its own hours. It holds only what the meeting's page shows to everyone, and no
names. Times are Swedish, sent with the rules for summer time, so that every calendar shows the right hour.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.text import slugify

from kit.canonical import with_line_ends
from meetings.agenda import MeetingDay, agenda_of, days_of
from meetings.enums import MeetingForm
from meetings.models import Meeting

ZONE = "Europe/Stockholm"
# The rules of the European Union since 1996.
ZONE_LINES = (
    "BEGIN:VTIMEZONE",
    f"TZID:{ZONE}",
    "BEGIN:DAYLIGHT",
    "TZNAME:CEST",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0200",
    "DTSTART:19960331T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "END:DAYLIGHT",
    "BEGIN:STANDARD",
    "TZNAME:CET",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0100",
    "DTSTART:19961027T030000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "END:STANDARD",
    "END:VTIMEZONE",
)
# A subscribing calendar may ask again this often.
REFRESH = "PT4H"
LONGEST_LINE = 75  # octets, without the line break
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True)
class CalendarFile:
    """A file with one meeting, as a mail carries it."""

    name: str
    content: bytes
    media_type: str


def mailed(meeting: Meeting, *, days_before: int = 1) -> CalendarFile:
    """Return the file of a mail that invites to the meeting, changes it or calls it off (RFC 5546).

    A calendar knows the events by their UID, and takes the highest SEQUENCE. `days_before` is how many days the meeting
    had before it was changed: those that it has no more are taken away. Nobody answers by calendar, only on the page.
    """
    method = "CANCEL" if meeting.is_cancelled else "PUBLISH"
    gone = range(meeting.n_days + 1, days_before + 1)
    events = [*event(meeting), *(line for number in gone for line in _day_called_off(meeting, number))]
    lines = [*_begin(), f"METHOD:{method}", *ZONE_LINES, *_organised(events), "END:VCALENDAR"]
    name = f"{slugify(meeting.name, allow_unicode=True) or 'traff'}-{meeting.starts_on}.ics"
    return CalendarFile(name, _written(lines), f"text/calendar; method={method}; charset=utf-8")


def _organised(events: Iterable[str]) -> Iterator[str]:
    # An event that is sent must have an organiser: the site, since a person would be asked by the calendars.
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    for line in events:
        yield line
        if line == "BEGIN:VEVENT":
            yield f'ORGANIZER;CN="{CONTROL.sub(" ", name).replace(chr(34), "") or "Modell"}":mailto:{address}'


def calendar(meetings: Iterable[Meeting], name: str = "") -> bytes:
    """Return the calendar, byte for byte the same while nothing changes; `name` is the title of a feed."""
    titled = [text("X-WR-CALNAME", name), f"X-PUBLISHED-TTL:{REFRESH}"] if name else []
    refreshed = [f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}"] if name else []
    lines = [*_begin(), *titled, *refreshed, *ZONE_LINES]
    for meeting in meetings:
        lines += event(meeting)
    return _written([*lines, "END:VCALENDAR"])


def _begin() -> list[str]:
    return ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//SKR//Modell//SV", "CALSCALE:GREGORIAN"]


def _written(lines: Iterable[str]) -> bytes:
    return b"".join(part for line in lines for part in folded(line))


def event(meeting: Meeting) -> Iterator[str]:
    if meeting.n_days == 1:
        yield from _day_event(meeting, 1, MeetingDay(meeting.starts_on, meeting.starts_at, meeting.ends_at))
        return
    for number, of_day in enumerate(days_of(meeting, agenda_of(meeting, meeting.agenda.all())), 1):
        yield from _day_event(meeting, number, of_day)


def _day_event(meeting: Meeting, number: int, of_day: MeetingDay) -> Iterator[str]:
    yield from _known_by(meeting, number, is_on=not meeting.is_cancelled)
    yield from when(of_day)
    yield text("SUMMARY", summary(meeting, number))
    where = meeting.place or (meeting.link if meeting.form == MeetingForm.DIGITAL else "")
    if where:
        yield text("LOCATION", where)
    yield text("DESCRIPTION", description(meeting, of_day))
    yield f"URL:{address(meeting)}"
    yield "END:VEVENT"


def _day_called_off(meeting: Meeting, number: int) -> Iterator[str]:
    """Yield the event of a day that the meeting has no more."""
    yield from _known_by(meeting, number, is_on=False)
    yield from when(MeetingDay(meeting.starts_on + timedelta(days=number - 1), None, None))
    yield text("SUMMARY", f"Inställd: {meeting.name}")
    yield "END:VEVENT"


def _known_by(meeting: Meeting, number: int, *, is_on: bool) -> Iterator[str]:
    """Yield what tells a calendar which event it is, and whether it is newer than the one it has."""
    changed = f"{meeting.changed_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield "BEGIN:VEVENT"
    yield f"UID:{uid(meeting, number)}"
    yield f"DTSTAMP:{changed}"
    yield f"LAST-MODIFIED:{changed}"
    yield f"SEQUENCE:{meeting.sequence}"
    yield f"STATUS:{'CONFIRMED' if is_on else 'CANCELLED'}"


def uid(meeting: Meeting, number: int = 1) -> str:
    # It must never change: a calendar knows a moved or renamed meeting by it.
    of_day = f"-dag-{number}" if number > 1 else ""
    return f"traff-{meeting.pk}{of_day}@{urlsplit(settings.SITE_URL).hostname or 'modell'}"


def when(of_day: MeetingDay) -> Iterator[str]:
    if of_day.starts_at and of_day.ends_at and of_day.starts_at < of_day.ends_at:
        yield f"DTSTART;TZID={ZONE}:{_instant(of_day.date, of_day.starts_at)}"
        yield f"DTEND;TZID={ZONE}:{_instant(of_day.date, of_day.ends_at)}"
    else:
        yield f"DTSTART;VALUE=DATE:{of_day.date:%Y%m%d}"
        # DTEND is exclusive: the day after.
        yield f"DTEND;VALUE=DATE:{of_day.date + timedelta(days=1):%Y%m%d}"


def _instant(day: date, at: time) -> str:
    return f"{datetime.combine(day, at):%Y%m%dT%H%M%S}"


def summary(meeting: Meeting, number: int = 1) -> str:
    of_days = f", dag {number} av {meeting.n_days}" if meeting.n_days > 1 else ""
    theme = f": {meeting.theme}" if meeting.theme else ""
    return f"{'Inställd: ' if meeting.is_cancelled else ''}{meeting.name}{of_days}{theme}"


def description(meeting: Meeting, of_day: MeetingDay) -> str:
    starts, ends = of_day.starts_at, of_day.ends_at
    lines = (
        meeting.cohort.name,
        "Träffen är inställd." if meeting.is_cancelled else "",
        f"Börjar kl. {starts:%H.%M}." if starts and not ends else "",
        f"Slutar kl. {ends:%H.%M}." if ends and not starts else "",
        f"Anslut: {meeting.link}" if meeting.link else "",
        f"Allt om träffen: {address(meeting)}",
    )
    return "\n".join(line for line in lines if line)


def address(meeting: Meeting) -> str:
    return f"{settings.SITE_URL}{meeting.get_absolute_url()}"


def text(name: str, value: str) -> str:
    value = CONTROL.sub(" ", with_line_ends(value))
    for sign in ("\\", ";", ","):
        value = value.replace(sign, f"\\{sign}")
    return f"{name}:{value}".replace("\n", "\\n")


def folded(line: str) -> Iterator[bytes]:
    """Yield the line in pieces of at most 75 octets, without splitting a character."""
    room, piece = LONGEST_LINE, b""
    for sign in line:
        octets = sign.encode()
        if len(piece) + len(octets) > room:
            yield piece + b"\r\n "
            piece, room = b"", LONGEST_LINE - 1
        piece += octets
    yield piece + b"\r\n"
