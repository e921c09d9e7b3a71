"""The main pages: who opens each, what it costs beside an empty page, and whether its queries grow with the omgång."""

import statistics
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter, process_time
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.omgang import CHECKLIST, Omgang
from bench.results import Measure, Table

ROUNDS = 30
WARM_UP = 3
MOST_TIMES = 20.0
MOST_QUERIES = 12
TRANSACTION = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE SAVEPOINT")


@dataclass(frozen=True)
class Page:
    """`where` says which of the omgång's keys the address takes."""

    label: str
    name: str
    role: str
    where: Callable[[Omgang], list[Any]]
    saves: bool = False

    def address(self, omgang: Omgang) -> str:
        return reverse(self.name, args=self.where(omgang))


def nowhere(_: Omgang) -> list[Any]:
    return []


def whole(omgang: Omgang) -> list[Any]:
    return [omgang.cohort.slug]


def own(omgang: Omgang) -> list[Any]:
    return [omgang.cohort.slug, omgang.first.code]


def draft(omgang: Omgang) -> list[Any]:
    return [omgang.draft.pk]


def next_meeting(omgang: Omgang) -> list[Any]:
    return [omgang.cohort.slug, omgang.cohort.meetings.latest("starts_on").key]


PAGES = (
    Page("Cohorts", "programme:cohorts", "process_leader", nowhere),
    Page("Cohort, process leader", "programme:cohort", "process_leader", whole),
    Page("Cohort, strategist", "programme:cohort", "strategist", whole),
    Page("Figures, process leader", "reports:figures", "process_leader", whole),
    Page("Figures, strategist", "reports:figures", "strategist", whole),
    Page("Brief, politician", "reports:brief", "politician", own),
    Page("What is due, strategist", "home", "strategist", nowhere),
    Page("What is due, mentor", "home", "mentor", nowhere),
    Page("Rating page", "checklist:assessment", "strategist", draft),
    Page("Saving a moment", "checklist:save_moment", "strategist", lambda o: [o.draft.pk, 1], saves=True),
    Page("Own results", "checklist:own", "strategist", own),
    Page("Improvements", "improvements:work", "strategist", own),
    Page("Examples", "improvements:examples", "strategist", whole),
    Page("Result report, writing", "reports:report", "strategist", own),
    Page("Joint report, editing", "reports:joint", "process_leader", whole),
    Page("A checklist", "checklist:version", "strategist", lambda _: [CHECKLIST]),
)

# What runs the omgång as a process, of the largest size that groups are proposed for.
PROCESS = (
    Page("Readiness", "programme:readiness", "process_leader", whole),
    Page("Timetable", "programme:timetable", "strategist", whole),
    Page("Groups", "programme:grouping", "process_leader", whole),
    Page("Directory", "cohorts:directory", "process_leader", whole),
    Page("Mentors", "programme:mentors", "process_leader", whole),
    Page("Meeting, process leader", "meetings:meeting", "process_leader", next_meeting),
    Page("Meeting, strategist", "meetings:meeting", "strategist", next_meeting),
    Page("Mail of the omgång", "programme:mail", "process_leader", whole),
    Page("Map", "programme:map", "strategist", nowhere),
)


class Visitor:
    """Opens one page of an omgång again and again, signed in as who it is for."""

    def __init__(self, page: Page, omgang: Omgang) -> None:
        self.page, self.address = page, page.address(omgang)
        self.client = Client()
        self.client.force_login(omgang.people[page.role], backend="allauth.account.auth_backends.AuthenticationBackend")
        self.revision = omgang.draft.scores.get(item__number=1).revision

    def open(self) -> None:
        answer = self._save() if self.page.saves else self.client.get(self.address)
        assert answer.status_code == 200, f"{self.address} answered {answer.status_code}"
        assert not self.page.saves or "✓ Sparat" in answer.text, "Nothing was saved, so that was not measured."

    def open_empty(self) -> None:
        self.client.get("/tom/")

    def queries(self) -> int:
        """Asked of the database for one page, apart from opening and closing a transaction."""
        self.open()
        with CaptureQueriesContext(connection) as asked:
            self.open()
        return sum(not query["sql"].startswith(TRANSACTION) for query in asked.captured_queries)

    def ratio(self) -> tuple[float, float]:
        """Milliseconds by the clock, and how many times the empty page's processor time.

        The two take turns. By the clock a busy machine would interrupt the longer of them more often.
        """
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
        """Another value each time: the same again is no change, and would be quicker."""
        posted = {"m1-value": str(1 + self.revision % 3), "m1-shared": "us", "m1-revision": self.revision}
        self.revision += 1
        return self.client.post(self.address, posted, headers={"hx-request": "true"})


def measure_pages(pages: tuple[Page, ...], small: Omgang, large: Omgang) -> Table:
    """In the larger omgång a page may ask no more often than in the smaller."""
    return {page.label: _measured(page, small, large) for page in pages}


def _measured(page: Page, small: Omgang, large: Omgang) -> list[Measure]:
    few, many = Visitor(page, small), Visitor(page, large)
    (few_ms, few_times), (many_ms, many_times) = few.ratio(), many.ratio()
    few_queries, many_queries = few.queries(), many.queries()
    return [
        Measure("ms, small", few_ms),
        Measure("× empty", few_times, MOST_TIMES),
        Measure("queries", few_queries, MOST_QUERIES),
        Measure("ms, large", many_ms),
        Measure("× empty", many_times, MOST_TIMES),
        Measure("more queries", many_queries - few_queries, 0),
    ]
