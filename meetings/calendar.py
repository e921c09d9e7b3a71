"""Meetings as iCalendar (RFC 5545): a file with one meeting, or a feed with all that concern a person.

It holds only what the meeting's page shows to everyone, and no names. Times are Swedish, sent with the rules for
summer time, so that every calendar shows the right hour.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings

from kit.canonical import with_line_ends
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


def calendar(meetings: Iterable[Meeting], name: str = "") -> bytes:
    """Return the calendar, byte for byte the same while nothing changes; `name` is the title of a feed."""
    titled = [text("X-WR-CALNAME", name), f"X-PUBLISHED-TTL:{REFRESH}"] if name else []
    refreshed = [f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}"] if name else []
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//SKR//Modell//SV", "CALSCALE:GREGORIAN"]
    lines += [*titled, *refreshed, *ZONE_LINES]
    for meeting in meetings:
        lines += event(meeting)
    lines.append("END:VCALENDAR")
    return b"".join(part for line in lines for part in folded(line))


def event(meeting: Meeting) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{uid(meeting)}"
    changed = f"{meeting.changed_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTAMP:{changed}"
    yield f"LAST-MODIFIED:{changed}"
    yield f"SEQUENCE:{meeting.sequence}"
    yield f"STATUS:{'CANCELLED' if meeting.is_cancelled else 'CONFIRMED'}"
    yield from when(meeting)
    yield text("SUMMARY", summary(meeting))
    where = meeting.place or (meeting.link if meeting.form == MeetingForm.DIGITAL else "")
    if where:
        yield text("LOCATION", where)
    yield text("DESCRIPTION", description(meeting))
    yield f"URL:{address(meeting)}"
    yield "END:VEVENT"


def uid(meeting: Meeting) -> str:
    # It must never change: a calendar knows a moved or renamed meeting by it.
    return f"traff-{meeting.pk}@{urlsplit(settings.SITE_URL).hostname or 'modell'}"


def when(meeting: Meeting) -> Iterator[str]:
    starts, ends = meeting.starts, meeting.ends
    if starts and ends:
        yield f"DTSTART;TZID={ZONE}:{starts:%Y%m%dT%H%M%S}"
        yield f"DTEND;TZID={ZONE}:{ends:%Y%m%dT%H%M%S}"
    else:
        yield f"DTSTART;VALUE=DATE:{_day(meeting.starts_on)}"
        # DTEND is exclusive: the day after the last one ends the meeting.
        yield f"DTEND;VALUE=DATE:{_day(meeting.ends_on + timedelta(days=1))}"


def _day(value: date | datetime) -> str:
    return f"{value:%Y%m%d}"


def summary(meeting: Meeting) -> str:
    theme = f": {meeting.theme}" if meeting.theme else ""
    return f"{'Inställd: ' if meeting.is_cancelled else ''}{meeting.name}{theme}"


def description(meeting: Meeting) -> str:
    hour = meeting.starts_at if meeting.starts_at and not meeting.ends_at else None
    lines = (
        meeting.cohort.name,
        "Träffen är inställd." if meeting.is_cancelled else "",
        f"Börjar kl. {hour:%H.%M}." if hour else "",
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
