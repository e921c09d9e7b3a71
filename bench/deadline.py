"""The last hour before a deadline in about a minute: a hundred strategists rate, and hand in together.

The requests go through real sockets to the site as `bin/serve` starts it, on the database of `make bench`. Each person
rests between two moment, as a reader does, so that the site does not only meet a queue. All open the page before
handing in at the same instant, and hand in when they have read it.
"""

import os
import random
import re
import statistics
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Barrier, Lock
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import User
from assessments.enums import AssessmentState
from assessments.models import Assessment, Score
from bench.omgang import make_omgang
from bench.results import Measure, Table
from bench.serving import serving
from cohorts.enums import Function
from cohorts.models import Delegate
from meetings.models import Meeting

STRATEGISTS = 100
# One organisation in so many has a colleague who rates the same moment at the same time.
COLLEAGUE_AT = 5
ARRIVE_WITHIN, REST = 15.0, (1.0, 3.5)
PATIENCE_SECONDS = 30.0
TRIES = 5
BEGIN, OPEN, SAVE, CHECK, HAND_IN = "Begin", "Rating page", "Save a moment", "Before handing in", "Hand in"
HAND_IN_MS = 250
STATE = re.compile(r'name="m(\d+)-revision"\s+value="(\d+)"')
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass
class Tally:
    """Times and errors of all requests, and the saves that the site said were stored."""

    took: dict[str, list[float]] = field(default_factory=lambda: {k: [] for k in (BEGIN, OPEN, SAVE, CHECK, HAND_IN)})
    errors: dict[str, list[str]] = field(default_factory=lambda: {k: [] for k in (BEGIN, OPEN, SAVE, CHECK, HAND_IN)})
    stored: Counter[tuple[int, int]] = field(default_factory=Counter)
    words: dict[tuple[int, int], set[str]] = field(default_factory=dict)
    first_refused: int = 0
    lock: Lock = field(default_factory=Lock)

    def note(self, kind: str, seconds: float, fault: str) -> None:
        with self.lock:
            self.took[kind].append(seconds)
            if fault:
                self.errors[kind].append(fault)

    def was_stored(self, assessment: int, number: int, words: str) -> None:
        with self.lock:
            self.stored[assessment, number] += 1
            self.words.setdefault((assessment, number), set()).add(words)


@dataclass(frozen=True)
class Answer:
    status: int
    text: str
    goes_to: str


class Person:
    """A browser with a session, its CSRF cookie, and the revision of each moment on its screen."""

    def __init__(self, user: User, address: str, tally: Tally) -> None:
        self.name, self.tally, self.host = user.name, tally, urlsplit(address).netloc
        client = Client()
        client.force_login(user, backend=BACKEND)
        self.cookies = {name: morsel.value for name, morsel in client.cookies.items()}
        self.random = random.Random(user.pk)
        self.revisions: dict[int, int] = {}

    def rest(self) -> None:
        time.sleep(self.random.uniform(*REST))

    def ask(self, kind: str, path: str, posted: dict[str, object] | None = None, *, expected: int = 200) -> Answer:
        """Send one request on a connection of its own; note an error unless the answer is the expected one."""
        began, answer, fault = time.perf_counter(), Answer(0, "", ""), ""
        try:
            answer = self._send(path, posted)
            fault = "" if answer.status == expected else f"{path} answered {answer.status}"
        except (OSError, HTTPException) as error:
            fault = f"{path}: {error!r}"
        self.tally.note(kind, time.perf_counter() - began, fault)
        return answer

    def _send(self, path: str, posted: dict[str, object] | None) -> Answer:
        talk = HTTPConnection(self.host, timeout=PATIENCE_SECONDS)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if posted is not None:
            token = self.cookies[settings.CSRF_COOKIE_NAME]
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": token}
            headers |= {"HX-Request": "true"} if "/moment/" in path else {}
        try:
            body = None if posted is None else urlencode(posted)
            talk.request("GET" if body is None else "POST", path, body, headers)
            response = talk.getresponse()
            text = response.read().decode()
        finally:
            talk.close()
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        return Answer(response.status, text, response.getheader("Location") or "")

    def open(self, path: str) -> None:
        self.revisions = {int(number): int(drawn) for number, drawn in STATE.findall(self.ask(OPEN, path).text)}

    def rate(self, path: str, assessment: int) -> None:
        """Rate every moment with a comment; where a colleague was first, look at both values and save again."""
        for number in sorted(self.revisions):
            self.rest()
            words = f"{self.name} om moment {number}."
            for attempt in range(TRIES):
                if self._save(f"{path}moment/{number}/", number, words):
                    self.tally.was_stored(assessment, number, words)
                    break
                self.tally.first_refused += attempt == 0

    def _save(self, path: str, number: int, words: str) -> bool:
        value = str(1 + self.random.randrange(3))
        posted = {"value": value, "comment": words, "shared": "us", "revision": self.revisions[number]}
        answer = self.ask(SAVE, path, {f"m{number}-{name}": given for name, given in posted.items()})
        self.revisions |= {int(key): int(drawn) for key, drawn in STATE.findall(answer.text)}
        return "✓ Sparat" in answer.text and "data-failed" not in answer.text


@dataclass(frozen=True)
class Desk:
    """An organisation at the deadline: its strategist, a colleague in every fifth, and the address where they begin."""

    begins_at: str
    strategist: Person
    colleague: Person | None

    def work(self, all_are_done: Barrier) -> None:
        """Rate as one organisation does, wait until all have rated, and hand in."""
        time.sleep(self.strategist.random.uniform(0, ARRIVE_WITHIN))
        self.strategist.ask(OPEN, "/")  # sets the CSRF cookie
        path = self.strategist.ask(BEGIN, self.begins_at, {}, expected=302).goes_to
        self._rate(path, int(path.rstrip("/").rpartition("/")[2] or 0))
        all_are_done.wait()
        self.strategist.ask(CHECK, f"{path}lamna-in/")
        self.strategist.rest()
        handed_in = {"judged_by": "working_group", "strategist": 1, "contributor": 4, "assessors": 5}
        self.strategist.ask(HAND_IN, f"{path}lamna-in/", handed_in, expected=302)

    def _rate(self, path: str, assessment: int) -> None:
        people = [person for person in (self.strategist, self.colleague) if person]
        for person in people:
            person.open(path)
        with ThreadPoolExecutor(len(people)) as pool:
            list(pool.map(lambda person: person.rate(path, assessment), people))


def measure_deadline(var: Path) -> Iterator[tuple[str, Table]]:
    omgang = make_omgang(STRATEGISTS, "sista-timmen")
    meeting = omgang.cohort.meetings.order_by("-starts_on").first()
    assert meeting, "an omgång for the bench has meetings"
    omgang.draft.delete()
    tally = Tally()
    with serving(var, **_same_database()) as address:
        desks = _desks(meeting, address, tally)
        all_are_done = Barrier(len(desks), timeout=20 * PATIENCE_SECONDS)
        began = time.perf_counter()
        with ThreadPoolExecutor(len(desks)) as pool:
            list(pool.map(lambda desk: desk.work(all_are_done), desks))
        took = time.perf_counter() - began
    where = f"{len(desks)} strategists on {connection.vendor}"
    yield f"The deadline, {where}", {kind: _measures(tally, kind) for kind in tally.took}
    yield f"What is stored, {where}", _stored(tally, meeting, took)
    for fault in [fault for faults in tally.errors.values() for fault in faults][:5]:
        print(f"bench: {fault}")


def _same_database() -> dict[str, str]:
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return {"DATABASE_URL": f"sqlite:///{name}"}
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    return {"DATABASE_URL": url} | {key: os.environ[key] for key in ("REDIS_URL",) if key in os.environ}


def _desks(meeting: Meeting, address: str, tally: Tally) -> list[Desk]:
    seats = Delegate.objects.filter(participation__cohort=meeting.cohort, function=Function.STRATEGIST)
    members = seats.filter(participation__role="participant").select_related("participation", "user")
    return [
        Desk(
            begins_at=reverse("assessments:start", args=[meeting.cohort.slug, seat.participation.code, meeting.key]),
            strategist=Person(seat.user, address, tally),
            colleague=Person(_colleague_of(seat), address, tally) if place % COLLEAGUE_AT == 0 else None,
        )
        for place, seat in enumerate(members)
    ]


def _colleague_of(seat: Delegate) -> User:
    user = User.objects.create_user(f"kollega-{seat.participation.code}@exempel.invalid", f"Kollega {seat.pk}")
    Delegate.objects.create(
        participation=seat.participation, user=user, function=Function.CONTRIBUTOR, starts_on=seat.starts_on
    )
    return user


def _measures(tally: Tally, kind: str) -> list[Measure]:
    milliseconds = sorted(1000 * seconds for seconds in tally.took[kind])
    return [
        Measure("requests", len(milliseconds)),
        Measure("errors", len(tally.errors[kind]), 0),
        Measure("ms, p50", round(statistics.median(milliseconds)), HAND_IN_MS if kind == HAND_IN else None),
        Measure("ms, p95", round(statistics.quantiles(milliseconds, n=20, method="inclusive")[-1])),
        Measure("ms, max", round(milliseconds[-1])),
    ]


def _stored(tally: Tally, meeting: Meeting, took: float) -> Table:
    """Compare what is stored with the saves that the site confirmed: each adds one to the revision."""
    scores = Score.objects.filter(assessment__meeting=meeting).select_related("item")
    stored = {(score.assessment_id, score.item.number): score for score in scores}
    lost = [
        place
        for place, times in tally.stored.items()
        if place not in stored or stored[place].revision != times or stored[place].comment not in tally.words[place]
    ]
    handed_in = Assessment.objects.filter(meeting=meeting, state=AssessmentState.SUBMITTED).count()
    in_all = sum(map(len, tally.took.values()))
    return {
        "Moment whose saves were lost or overwritten": [Measure("number", len(lost), 0)],
        "Assessments not handed in": [Measure("", STRATEGISTS - handed_in, 0)],
        "Saves where a colleague was first": [Measure("", tally.first_refused)],
        "Moment stored": [Measure("", len(stored))],
        "Requests in all": [Measure("", in_all)],
        "Seconds": [Measure("", round(took, 1))],
        "Requests a second": [Measure("", round(in_all / took, 1))],
    }
