"""What one person may cost the others: heavy answers one at a time, and a number of orders and files an hour.

The counts are in the cache, which all processes share. A list that is read, a workbook, a PDF and the like are heavy.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from threading import BoundedSemaphore

from django.core.cache import cache
from django.utils import timezone

from kit.audit import Actor
from kit.refusals import ActionRefused

log = logging.getLogger(__name__)

# Heavy answers that a process makes at once: its other threads are free for pages, which take milliseconds.
AT_ONCE = 2
PATIENCE_SECONDS = 2.0
# A process that is killed gives nothing back, so a turn ends by itself.
LONGEST_TURN = timedelta(minutes=2)
HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)
ALREADY = "Vi bygger redan en fil åt dig. Vänta några sekunder och försök igen."
BUSY = "Många hämtar filer just nu. Vänta en liten stund och försök igen."
_places = BoundedSemaphore(AT_ONCE)


class TooMuch(ActionRefused):
    """The refusal of what costs too much now; `wait` says after how long it may be asked again.

    Where no form shows the sentence, `modell.middleware.TooMuchMiddleware` makes a page of it.
    """

    def __init__(self, sentence: str, *, wait: timedelta, status: int = 429, field: str | None = None) -> None:
        super().__init__(sentence, field=field)
        self.wait = wait
        self.status = status


@contextmanager
def heavy(by: Actor) -> Iterator[None]:
    """Hold the person's turn, and a place in the process, while a heavy answer is made."""
    turn = f"heavy:{by.pk}"
    if not cache.add(turn, 1, LONGEST_TURN.seconds):
        log.warning("User %s asked for a heavy answer while another was made.", by.pk)
        raise TooMuch(ALREADY, wait=timedelta(seconds=5))
    try:
        if not _places.acquire(timeout=PATIENCE_SECONDS):
            log.warning("User %s got no place for a heavy answer.", by.pk)
            raise TooMuch(BUSY, wait=timedelta(seconds=10), status=503)
        try:
            yield
        finally:
            _places.release()
    finally:
        cache.delete(turn)


def made_once(by: Actor, checksum: str, make: Callable[[], bytes], *, keep: timedelta = HOUR) -> bytes:
    """Return a file that is the same for all its readers, made at most once while it is kept, a day at most."""
    name = f"file:{checksum}"
    kept: bytes | None = cache.get(name)
    if kept is None:
        with heavy(by):
            kept = cache.get(name)  # another may have made it while this one waited
            if kept is None:
                kept = make()
                cache.set(name, kept, keep.total_seconds())
                _note_file(name)
    return kept


def _note_file(name: str) -> None:
    # A cache cannot be asked for its entries, so each file gets a number of its day.
    day = f"files:{timezone.localdate()}"
    cache.add(day, 0, 2 * A_DAY.total_seconds())
    cache.set(f"{day}:{cache.incr(day)}", name, 2 * A_DAY.total_seconds())


def forget_files() -> None:
    """Forget the files that are kept, since what they print is to be printed otherwise."""
    for day in (timezone.localdate() - A_DAY, timezone.localdate()):
        noted = [f"files:{day}:{number}" for number in range(1, cache.get(f"files:{day}", 0) + 1)]
        cache.delete_many([*cache.get_many(noted).values(), *noted, f"files:{day}"])


@dataclass(frozen=True)
class Hourly:
    """A limit of what a person may do in an hour by the clock; `says` has a place for that hour's end."""

    name: str
    most: int
    says: str

    def use(self, by: Actor, amount: int = 1, *, field: str | None = None) -> None:
        """Count what the person does; refuse what goes beyond the limit, at the form's field."""
        now = timezone.localtime()
        ends = now.replace(minute=0, second=0, microsecond=0) + HOUR
        key = f"hourly:{self.name}:{by.pk}:{int(ends.timestamp())}"
        cache.add(key, 0, HOUR.seconds)
        if cache.incr(key, amount) > self.most:
            log.warning("User %s has reached the limit of %s: %s an hour.", by.pk, self.name, self.most)
            raise TooMuch(self.says.format(self.most, f"{ends:%H.%M}"), wait=ends - now, field=field)
