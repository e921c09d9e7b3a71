"""A client of Kolada's API, version 3: how often it asks, how long it waits, and what it takes for an answer.

Numbers come as `Literal`, the text that stood in the answer, so that no float rounds them.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import monotonic, sleep
from typing import Any, NoReturn
from urllib.parse import urljoin, urlsplit, urlunsplit

import urllib3
from django.conf import settings

MOST_IDS = 25
MOST_PAGES = 100
MOST_BYTES = 20_000_000
TRIES = 4
# Each answer is to be there within this time; the lease of a worker is longer.
SECONDS_TO_CONNECT, SECONDS_TO_READ, SECONDS_IN_ALL = 5.0, 10.0, 20.0
FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0
# After so many questions in a row without any answer, the rest are not asked.
MOST_SILENT = 3
# Requests may arrive closer to each other than they were sent.
MARGIN = 1.05

NO_ANSWER = "Kolada svarade inte."
TOO_SLOW = "Svaret tog för lång tid."
CUT_OFF = "Svaret kom inte fram helt."
UNREADABLE = "Svaret gick inte att läsa."
TOO_BIG = "Svaret var för stort."
OTHER_HOST = "Kolada hänvisade till en annan adress, och dit går Modell inte."
TOO_MANY_PAGES = "Svaret hade för många sidor."
TOO_BUSY = "Kolada bad Modell att vänta för länge."
NOT_ASKED = "Kolada svarade inte på flera frågor i rad, så Modell ställde inte den här."


class Literal(str):
    """A number as it was written in the answer."""

    __slots__ = ()


class AskFailed(Exception):
    """A question without a usable answer; `why` is a sentence in Swedish."""

    def __init__(self, url: str, why: str) -> None:
        super().__init__(f"{url}: {why}")
        self.url = url
        self.why = why


class Gone(AskFailed):
    """Kolada says that there is nothing at the address (404)."""


class _Again(Exception):
    """A fault that may pass: the question is asked again after a while."""

    def __init__(self, why: str, *, wait: float | None = None, silent: bool = False) -> None:
        super().__init__(why)
        self.why = why
        self.wait = wait
        self.silent = silent


@dataclass
class Client:
    """What asks Kolada. A test gives its own clock and its own `pause`; a worker's `pause` renews its lease."""

    base: str = field(default_factory=lambda: settings.KOLADA_URL)
    per_second: int = field(default_factory=lambda: settings.KOLADA_PER_SECOND)
    clock: Callable[[], float] = monotonic
    pause: Callable[[float], None] = sleep
    asked: int = 0
    silent: int = 0
    _next: float = 0.0
    _pool: urllib3.PoolManager = field(default_factory=urllib3.PoolManager)

    def __post_init__(self) -> None:
        self.base = self.base.rstrip("/")

    def values(self, path: str) -> list[Any]:
        """Return what all pages of an answer list; raise `AskFailed` if any of them is missing."""
        return [value for page in self._pages(f"{self.base}{path}") for value in page]

    def _pages(self, url: str) -> Iterator[list[Any]]:
        seen: set[str] = set()
        following: str | None = url
        while following:
            if following in seen or len(seen) >= MOST_PAGES:
                raise AskFailed(following, TOO_MANY_PAGES)
            seen.add(following)
            document = self._ask(following)
            if not isinstance(document, dict) or not isinstance(document.get("values"), list):
                raise AskFailed(following, UNREADABLE)
            yield document["values"]
            following = self._following(following, document.get("next_url"))

    def _following(self, url: str, to: object) -> str | None:
        """Return the address of the next page, which has to be on the host that was asked."""
        if not to:
            return None
        ours = urlsplit(url)
        try:
            theirs = urlsplit(urljoin(url, str(to)))
            same = theirs.hostname == ours.hostname and (theirs.port or ours.port) == ours.port
        except ValueError:
            same = False
        if not same:
            raise AskFailed(url, OTHER_HOST)
        return urlunsplit((ours.scheme, ours.netloc, theirs.path, theirs.query, ""))

    def _ask(self, url: str) -> Any:
        if self.silent >= MOST_SILENT:
            raise AskFailed(url, NOT_ASKED)
        self.asked += 1
        for attempt in range(TRIES):
            try:
                answer = self._try(url)
            except _Again as fault:
                wait = FIRST_WAIT * 2**attempt if fault.wait is None else fault.wait
                if attempt + 1 == TRIES or wait > LONGEST_WAIT:
                    self.silent = self.silent + 1 if fault.silent else 0
                    raise AskFailed(url, fault.why if wait <= LONGEST_WAIT else TOO_BUSY) from None
                self.pause(wait)
            else:
                self.silent = 0
                return answer
        raise AssertionError("the last try returns or raises")

    def _try(self, url: str) -> Any:
        self._take_turn()
        ends = self.clock() + SECONDS_IN_ALL
        timeout = urllib3.Timeout(connect=SECONDS_TO_CONNECT, read=SECONDS_TO_READ)
        try:
            response = self._pool.request(
                "GET",
                url,
                headers={"Accept": "application/json"},
                timeout=timeout,
                retries=False,
                redirect=False,
                preload_content=False,
            )
            try:
                self._refuse_status(url, response)
                body = self._body(url, response, ends)
            finally:
                # What is left of an answer is not waited for.
                response.close()
        except (urllib3.exceptions.IncompleteRead, urllib3.exceptions.DecodeError) as error:
            raise _Again(CUT_OFF) from error
        except urllib3.exceptions.LocationParseError as error:
            raise AskFailed(url, NO_ANSWER) from error
        except urllib3.exceptions.ProtocolError as error:
            cut = any(isinstance(part, urllib3.exceptions.IncompleteRead) for part in error.args)
            raise _Again(CUT_OFF if cut else NO_ANSWER, silent=not cut) from error
        except (urllib3.exceptions.HTTPError, OSError) as error:
            raise _Again(NO_ANSWER, silent=True) from error
        try:
            return json.loads(body, parse_float=Literal, parse_int=Literal, parse_constant=_refuse_constant)
        except (ValueError, RecursionError) as error:
            raise _Again(UNREADABLE) from error

    def _take_turn(self) -> None:
        now = self.clock()
        if now < self._next:
            self.pause(self._next - now)
        self._next = max(now, self._next) + MARGIN / self.per_second

    def _refuse_status(self, url: str, response: urllib3.BaseHTTPResponse) -> None:
        status = response.status
        if status == 200:
            return
        if status == 404:
            self.silent = 0
            raise Gone(url, "Kolada har inget på den adressen.")
        if status == 429:
            raise _Again("Kolada hade för mycket att göra.", wait=_retry_after(response.headers.get("Retry-After")))
        if status >= 500:
            raise _Again(f"Kolada svarade med felet {status}.")
        self.silent = 0
        raise AskFailed(url, f"Kolada svarade med felet {status}.")

    def _body(self, url: str, response: urllib3.BaseHTTPResponse, ends: float) -> bytes:
        body = bytearray()
        for piece in response.stream(65_536):
            body += piece
            if len(body) > MOST_BYTES:
                raise AskFailed(url, TOO_BIG)
            if self.clock() > ends:
                raise _Again(TOO_SLOW)
        return bytes(body)


def _retry_after(text: str | None) -> float | None:
    """Return for how many seconds Kolada asks us to wait; None if it does not say."""
    if not text:
        return None
    if text.strip().isdecimal():
        return float(text)
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0.0, (until.replace(tzinfo=until.tzinfo or UTC) - datetime.now(UTC)).total_seconds())


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number")
