"""Cost of each page beside an empty one, and its number of queries. The pages are listed in `tests/<app>/pages.py`."""

import gzip
import statistics
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from time import perf_counter, process_time
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.omgang import Omgang
from bench.results import Measure, Table

ROUNDS = 30
WARM_UP = 3
MOST_TIMES = 20.0
MOST_QUERIES = 25
TRANSACTION = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE SAVEPOINT")


@dataclass(frozen=True)
class Page:
    """A page to measure. `where` gives the arguments of its address; `timed` is the size of omgång to time it at.

    `most` is how many times the empty page it may cost, and `most_queries` how many queries it may have: more than the
    usual only where a page gathers what several apps know.
    """

    label: str
    name: str
    role: str
    where: Callable[[Omgang], list[Any]]
    saves: bool = False
    timed: int | None = None
    most: float = MOST_TIMES
    most_queries: int = MOST_QUERIES

    def address(self, omgang: Omgang) -> str:
        return reverse(self.name, args=self.where(omgang))


def no_place(_: Omgang) -> list[Any]:
    return []


def whole(omgang: Omgang) -> list[Any]:
    return [omgang.cohort.slug]


def own(omgang: Omgang) -> list[Any]:
    return [omgang.cohort.slug, omgang.first.code]


def draft(omgang: Omgang) -> list[Any]:
    return [omgang.draft.pk]


def next_meeting(omgang: Omgang) -> list[Any]:
    return [omgang.cohort.slug, omgang.cohort.meetings.latest("starts_on").key]


class Visitor:
    """A signed-in person who opens one page of an omgång again and again."""

    def __init__(self, page: Page, omgang: Omgang) -> None:
        self.page, self.address = page, page.address(omgang)
        self.client = Client(headers={"accept-encoding": "gzip"})  # as a browser: compressing is part of the cost
        self.client.force_login(omgang.people[page.role], backend="allauth.account.auth_backends.AuthenticationBackend")
        self.revision = omgang.draft.scores.get(item__number=1).revision

    def open(self) -> None:
        answer = self._save() if self.page.saves else self.client.get(self.address)
        assert answer.status_code == 200, f"{self.address} answered {answer.status_code}"
        assert not self.page.saves or "✓ Sparat" in _text(answer), "Nothing was saved, so that was not measured."

    def open_empty(self) -> None:
        self.client.get("/tom/")

    def queries(self) -> int:
        """Return the number of queries for one page, without those that open and close a transaction."""
        self.open()
        with CaptureQueriesContext(connection) as asked:
            self.open()
        return sum(not query["sql"].startswith(TRANSACTION) for query in asked.captured_queries)

    def ratio(self) -> tuple[float, float]:
        """Return milliseconds by the clock, and processor time as a multiple of the empty page's."""
        # The pages take turns, and are compared by processor time: by the clock, a busy machine would interrupt the
        # slower page more often.
        clock, page, empty = [], [], []
        for turn in range(WARM_UP + ROUNDS):
            began, worked = perf_counter(), process_time()
            self.open()
            halfway = process_time()
            took = perf_counter() - began
            self.open_empty()
            if turn >= WARM_UP:
                clock.append(took)
                page.append(halfway - worked)
                empty.append(process_time() - halfway)
        return statistics.median(clock) * 1000, statistics.median(page) / statistics.median(empty)

    def _save(self) -> Any:
        # The value is another each time: saving the same value is no change, and quicker.
        posted = {"m1-value": str(1 + self.revision % 3), "m1-shared": "us", "m1-revision": self.revision}
        self.revision += 1
        return self.client.post(self.address, posted, headers={"hx-request": "true"})


def _text(answer: Any) -> str:
    is_compressed = answer.get("Content-Encoding") == "gzip"
    return (gzip.decompress(answer.content) if is_compressed else answer.content).decode()


def measure_pages(pages: Iterable[Page], small: Omgang, large: Omgang) -> Table:
    """Measure the pages in both omgångar; a page may not ask more queries in the larger one."""
    return {page.label: _measured(page, small, large) for page in pages}


def _measured(page: Page, small: Omgang, large: Omgang) -> list[Measure]:
    few, many = Visitor(page, small), Visitor(page, large)
    (few_ms, few_times), (many_ms, many_times) = few.ratio(), many.ratio()
    few_queries, many_queries = few.queries(), many.queries()
    return [
        Measure("ms, small", few_ms),
        Measure("× empty", few_times, page.most),
        Measure("queries", few_queries, page.most_queries),
        Measure("ms, large", many_ms),
        Measure("× empty", many_times, page.most),
        Measure("more queries", many_queries - few_queries, 0),
    ]
