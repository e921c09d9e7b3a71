"""Meetings as iCalendar (RFC 5545): a file for one, or all that concern a person.

Of a meeting only what the meeting's page says to all: never who comes, never a name. Times are Swedish time with the
rules of summer time beside them, so that a calendar anywhere shows the right hour.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings

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
    """`name` is what a calendar calls the feed; a file of one meeting has none. Nothing changed, the same bytes."""
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
    """The same for as long as the meeting exists, however it is moved or renamed."""
    return f"traff-{meeting.pk}@{urlsplit(settings.SITE_URL).hostname or 'modell'}"


def when(meeting: Meeting) -> Iterator[str]:
    """With both hours a time, else whole days; the day after the last one ends them (DTEND is exclusive)."""
    starts, ends = meeting.starts, meeting.ends
    if starts and ends and ends > starts:
        yield f"DTSTART;TZID={ZONE}:{starts:%Y%m%dT%H%M%S}"
        yield f"DTEND;TZID={ZONE}:{ends:%Y%m%dT%H%M%S}"
    else:
        yield f"DTSTART;VALUE=DATE:{_day(meeting.starts_on)}"
        yield f"DTEND;VALUE=DATE:{_day(meeting.ends_on + timedelta(days=1))}"


def _day(value: date | datetime) -> str:
    return f"{value:%Y%m%d}"


def summary(meeting: Meeting) -> str:
    theme = f": {meeting.theme}" if meeting.theme else ""
    return f"{'Inställd: ' if meeting.is_cancelled else ''}{meeting.name}{theme}"


def description(meeting: Meeting) -> str:
    """Short: the omgång, an hour that stands alone, how to come in, and where all the rest is."""
    hour = meeting.starts_at if meeting.starts_at and not meeting.ends_at else None
    told = (
        meeting.cohort.name,
        "Träffen är inställd." if meeting.is_cancelled else "",
        f"Börjar kl. {hour:%H.%M}." if hour else "",
        f"Anslut: {meeting.link}" if meeting.link else "",
        f"Allt om träffen: {address(meeting)}",
    )
    return "\n".join(line for line in told if line)


def address(meeting: Meeting) -> str:
    return f"{settings.SITE_URL}{meeting.get_absolute_url()}"


def text(name: str, value: str) -> str:
    """A property that holds running text; what would end it, or the line, is marked."""
    value = CONTROL.sub(" ", value.replace("\r\n", "\n").replace("\r", "\n"))
    for sign in ("\\", ";", ","):
        value = value.replace(sign, f"\\{sign}")
    return f"{name}:{value}".replace("\n", "\\n")


def folded(line: str) -> Iterator[bytes]:
    """At most 75 octets a line, and no character torn apart; what follows begins with a space."""
    room, piece = LONGEST_LINE, b""
    for sign in line:
        octets = sign.encode()
        if len(piece) + len(octets) > room:
            yield piece + b"\r\n "
            piece, room = b"", LONGEST_LINE - 1
        piece += octets
    yield piece + b"\r\n"
