"""The faults: each is done to a site that runs, and returns what its people saw, what was lost, and what healed."""

import os
import re
import resource
import signal
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

import psycopg
from django.utils import timezone

from chaos.site import Site, wait_until
from chaos.visitor import Answer, Visitor
from tests.mail_server import DROP, SILENT

STRATEGIST, READER = "strateg@demo.invalid", "strateg.havslatten@demo.invalid"
OWN = "/omgangar/demo-pagaende/99"
PAGE, READY = "/om/", "/halsa/redo/"
STATE = re.compile(r'name="m(\d+)-revision"\s+value="(\d+)"')
ROOM = 60
# A lease and a sweep (REPORT_LEASE_SECONDS, CELERY_BEAT_SCHEDULE); what is longer is the file's own time.
BUILT_AGAIN_SECONDS, BUILDING_SECONDS = 45, 30
SOON_SECONDS = 3.0
# The others wait so many times longer than at an idle site: a process has two heavy answers at once, and two cores.
SLOWER_AT_MOST = 8.0


@dataclass(frozen=True)
class Row:
    """A line of the table; `wrong` names each expectation that was not met."""

    fault: str
    saw: str
    lost: str
    recovered: str
    wrong: tuple[str, ...]


def unmet(**expectations: bool) -> tuple[str, ...]:
    return tuple(name.replace("_", " ") for name, met in expectations.items() if not met)


def people(site: Site, name: str, number: int) -> list[str]:
    """Make accounts of a fault's own, since a code is sent once a minute to each address."""
    addresses = [f"{name}-{n}@demo.invalid" for n in range(number)]
    make = f"from accounts.models import User as U; [U.objects.create_user(a, 'Kollega') for a in {addresses!r}]"
    site.manage("shell", "--verbosity=0", "-c", make)
    return addresses


def strategist(site: Site) -> Visitor:
    """Return someone who is signed in as the strategist; one session serves all faults."""
    if not hasattr(site, "strategist"):
        site.strategist = Visitor(site).sign_in(STRATEGIST)  # type: ignore[attr-defined]
    known: Visitor = site.strategist  # type: ignore[attr-defined]
    return known


# Mail


def mail_server(site: Site) -> Iterator[Row]:
    ways = {
        "mail server that is silent": ({"DATA": SILENT}, "dröjer"),
        "mail server that hangs up": ({"HELLO": DROP}, "dröjer"),
        "mail server that says 451": ({"RCPT": "451 later"}, "dröjer"),
        "mail server that says 550": ({"RCPT": "550 no such mailbox"}, "gick inte att skicka"),
    }
    askers = people(site, "mejl", len(ways))
    for (fault, (answers, sentence)), address in zip(ways.items(), askers, strict=True):
        yield _mail_fault(site, fault, answers, sentence, address)


def _mail_fault(site: Site, fault: str, answers: dict[str, str], sentence: str, address: str) -> Row:
    site.mail.answers = answers
    asker = Visitor(site)
    asked = asker.ask_for_code(address)
    others = [Visitor(site).ask(PAGE) for _ in range(10)]
    mail = site.first_value("SELECT max(id) FROM mailings_mail WHERE expires_at IS NOT NULL")
    tried = "SELECT id FROM mailings_mail WHERE id = %s AND (state <> 'queued' OR tries > 0)"
    wait_until(lambda: site.rows(tried, mail), f"a try of {fault}")
    # A minute is spared: after it the page says that the mail is late, and one may ask again.
    site.rows("UPDATE mailings_mail SET made_at = made_at - interval '61 s' WHERE id = %s RETURNING id", mail)
    page = asker.ask("/logga-in/kod/")
    site.mail.answers = {}
    if "550" in fault:  # that was for good, so the person asks again
        asker.ask("/logga-in/kod/", {"action": "resend"})
    came = wait_until(lambda: asker.code_for(address), f"a code after {fault}")
    asker.give_code(address)
    slowest = max(answer.seconds for answer in others)
    return Row(
        fault,
        f"asked in {asked.seconds:.1f} s, then “Mejlet {sentence}.”; others' pages in {slowest:.1f} s",
        "nothing",
        f"the code came after {came:.0f} s",
        unmet(
            the_asker_gets_a_page_at_once=asked.status == 302 and asked.seconds < SOON_SECONDS,
            the_asker_is_told=f"Mejlet {sentence}." in page.text,
            nobody_else_notices=all(answer.status == 200 for answer in others) and slowest < SOON_SECONDS,
        ),
    )


def room(site: Site) -> Iterator[Row]:
    addresses, begun = people(site, "rum", ROOM), time.monotonic()
    with ThreadPoolExecutor(12) as pool:
        done = list(pool.map(lambda address: _signed_in(site, address), addresses))
    took = time.monotonic() - begun
    yield Row(
        f"{ROOM} people behind one address",
        f"{sum(done)} were signed in within {took:.0f} s",
        "nothing",
        "–",
        unmet(all_are_in=all(done), within_two_minutes=took < 120),
    )


def _signed_in(site: Site, address: str) -> bool:
    return Visitor(site, "192.0.2.60").sign_in(address).ask("/").status in (200, 302)


# PostgreSQL and Redis


class Asking:
    """Somebody who asks for a page over and over, in a thread, for as long as the fault lasts."""

    def __init__(self, site: Site, path: str = PAGE, visitor: Visitor | None = None) -> None:
        self.visitor, self.path = visitor or Visitor(site), path
        self.answers: list[Answer] = []
        self.refused: list[str] = []
        self.over = threading.Event()

    def __enter__(self) -> "Asking":
        self.thread = threading.Thread(target=self._ask, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.over.set()
        self.thread.join()

    def _ask(self) -> None:
        while not self.over.wait(0.1):
            try:
                self.answers.append(self.visitor.ask(self.path))
            except OSError as error:
                self.refused.append(repr(error))

    @property
    def statuses(self) -> dict[int, int]:
        statuses = [answer.status for answer in self.answers]
        return {status: statuses.count(status) for status in sorted(set(statuses))}

    @property
    def slowest(self) -> float:
        return max((answer.seconds for answer in self.answers), default=0)

    def __str__(self) -> str:
        counts = ", ".join(f"{number} × {status}" for status, number in self.statuses.items())
        refused = f", {len(self.refused)} refused" if self.refused else ""
        return f"{counts}{refused}; the slowest {self.slowest:.1f} s"


def database(site: Site) -> Iterator[Row]:
    person = strategist(site)
    with Asking(site, "/", person) as asking:
        time.sleep(2)
        site.admin(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{site.database}'")
        time.sleep(3)
    yield Row(
        "PostgreSQL ends all connections", str(asking), "nothing", "at once", unmet(no_error=_none_is_500(asking))
    )
    words = f"Före omstarten {time.time_ns()}"
    wait_until(lambda: _save(site, person, words).status == 200, "a save")
    with Asking(site, "/", person) as asking:
        site.postgres.restart()
        back = wait_until(lambda: person.ask("/").status == 200, "PostgreSQL restarted")
    kept = _stored(site) == words
    yield Row(
        "PostgreSQL is restarted",
        str(asking),
        "nothing" if kept else "a save",
        f"after {back:.1f} s",
        unmet(no_500=_none_is_500(asking), the_save_is_kept=kept),
    )
    yield _database_away(site, person)


def _database_away(site: Site, person: Visitor) -> Row:
    site.postgres.stop()
    try:
        with Asking(site, "/", person) as asking:
            time.sleep(5)
        away, ready = person.ask("/"), Visitor(site).ask(READY)
    finally:
        site.postgres.start()
    back = wait_until(lambda: person.ask("/").status == 200, "PostgreSQL back")
    words = f"Efter avbrottet {time.time_ns()}"
    saved = _save(site, person, words)
    calm = away.status == 503 and "Vi har en driftstörning." in away.text
    return Row(
        "PostgreSQL is away",
        f"{asking}; Retry-After {away.retry_after} and the page of a disturbance",
        "nothing",
        f"after {back:.1f} s",
        unmet(
            a_calm_page=calm and bool(away.retry_after),
            no_500=_none_is_500(asking),
            answered_soon=asking.slowest < 2 * SOON_SECONDS,
            readiness_says_so=ready.status == 503 and "database" in ready.text,
            a_save_works_afterwards=saved.status == 200 and _stored(site) == words,
        ),
    )


def _none_is_500(asking: Asking) -> bool:
    return not asking.refused and 500 not in asking.statuses


def _draft(site: Site) -> int:
    draft = site.first_value(
        "SELECT a.id FROM assessments_assessment a JOIN cohorts_participation p ON p.id = a.participation_id "
        "JOIN cohorts_cohort c ON c.id = p.cohort_id "
        "WHERE p.code = '99' AND c.slug = 'demo-pagaende' AND a.state = 'draft' AND a.part_id IS NULL ORDER BY a.id"
    )
    return int(draft)


def _save(site: Site, person: Visitor, words: str) -> Answer:
    """Save the first moment as the rating page does."""
    path = f"/sjalvskattningar/{_draft(site)}/"
    revision = dict(STATE.findall(person.ask(path).text))["1"]
    posted = {"value": "2", "comment": words, "shared": "us", "revision": revision}
    form: dict[str, object] = {f"m1-{name}": value for name, value in posted.items()}
    return person.ask(f"{path}moment/1/", form, htmx=True)


def _stored(site: Site) -> str:
    return str(
        site.first_value(
            "SELECT s.comment FROM assessments_score s JOIN checklist_item i ON i.id = s.item_id "
            "WHERE s.assessment_id = %s AND i.number = 1",
            _draft(site),
        )
    )


def redis_away(site: Site) -> Iterator[Row]:
    person, [address] = strategist(site), people(site, "redis", 1)
    _forget_drafts(site)
    site.queue.stop()
    try:
        words = f"Utan Redis {time.time_ns()}"
        page, saved = person.ask("/"), _save(site, person, words)
        asker = Visitor(site)
        asked, ordered = asker.ask_for_code(address), _order(person)
        waits, ready = person.ask(ordered.goes_to), Visitor(site).ask(READY)
    finally:
        site.queue.start()
    built = wait_until(lambda: _is_built(site, ordered), "the PDF that was ordered without Redis")
    came = wait_until(lambda: asker.code_for(address), "the code that was asked for without Redis")
    asker.give_code(address)
    yield Row(
        "Redis is away",
        f"page {page.seconds:.1f} s, save {saved.seconds:.1f} s, a PDF “står i kö”",
        "nothing",
        f"PDF after {built:.0f} s, code after {built + came:.0f} s",
        unmet(
            pages_and_saves_go_on=page.status == 200 and _stored(site) == words,
            a_code_is_asked_for=asked.status == 302 and asked.seconds < SOON_SECONDS,
            a_PDF_is_ordered_and_waits=ordered.status == 302 and "står i kö" in waits.text,
            readiness_says_so=ready.status == 503,
            nothing_twice=len(site.codes_for(address)) == 1,
        ),
    )


# Files and PDFs


def _forget_drafts(site: Site) -> None:
    site.rows("DELETE FROM reports_build WHERE edition_id IS NULL RETURNING id")


def _order(person: Visitor) -> Answer:
    return person.ask(f"{OWN}/rapport/pdf/", {})


def _build_id(ordered: Answer) -> int:
    return int(ordered.goes_to.strip("/").split("/")[-1])


def _build(site: Site, ordered: Answer) -> tuple[str, str]:
    return site.rows("SELECT state, file FROM reports_build WHERE id = %s", _build_id(ordered))[0]


def _is_built(site: Site, ordered: Answer) -> bool:
    return _build(site, ordered)[0] == "ready"


def file_gone(site: Site) -> Iterator[Row]:
    person = strategist(site)
    _forget_drafts(site)
    ordered = _order(person)
    wait_until(lambda: _is_built(site, ordered), "a PDF")
    (site.files / _build(site, ordered)[1]).unlink()
    page = person.ask(ordered.goes_to)
    again = person.ask(f"{ordered.goes_to}igen/", {})
    back = wait_until(lambda: _is_built(site, again), "the PDF that was lost")
    fetched = person.ask(f"{again.goes_to}fil/")
    yield Row(
        "a PDF's file is gone",
        "“Filen finns inte kvar.” and the button “Bygg igen”",
        "nothing" if fetched.status == 200 else "the PDF",
        f"built again in {back:.0f} s",
        unmet(it_is_told="Filen finns inte kvar." in page.text, it_opens_again=fetched.status == 200),
    )
    yield _published_gone(site)


def _published_gone(site: Site) -> Row:
    published = "FROM reports_build WHERE edition_id IS NOT NULL AND state = 'ready' AND format = 'pdf'"
    newest = f"SELECT id, edition_id, file {published} ORDER BY id LIMIT 1"
    wait_until(lambda: site.rows(newest), "a published PDF")
    build, edition, name = site.rows(newest)[0]
    (site.files / name).unlink()
    page = Visitor(site).ask(f"/rapporter/{build}/")
    ready = f"SELECT id {published} AND edition_id = %s AND id <> %s"
    back = wait_until(lambda: site.rows(ready, edition, build), "the published PDF that was lost")
    opened = Visitor(site).ask(f"/rapporter/{site.first_value(ready, edition, build)}/")
    return Row(
        "a published PDF's file is gone",
        f"a page ({page.status}): “Den byggs på nytt av sig själv.”",
        "nothing" if opened.status == 200 else "the PDF",
        f"by itself after {back:.0f} s",
        unmet(it_is_told="Den byggs på nytt av sig själv." in page.text, it_opens_again=opened.status == 200),
    )


@contextmanager
def full_disk(site: Site, service: str, most: int) -> Iterator[None]:
    """Let no process of the service write a file longer than `most`: it breaks off there, as on a full disk.

    A limit of the process needs no rights, and no other disk.
    """
    processes = site.children(service)
    before = {process: resource.prlimit(process, resource.RLIMIT_FSIZE) for process in processes}
    for process, (_soft, hard) in before.items():
        resource.prlimit(process, resource.RLIMIT_FSIZE, (most, hard))
    try:
        yield
    finally:
        for process, limits in before.items():
            resource.prlimit(process, resource.RLIMIT_FSIZE, limits)


def disk_full(site: Site) -> Iterator[Row]:
    person = strategist(site)
    text = b"Underlag om avvikelser.\n" * 15_000
    path = f"/sjalvskattningar/{_draft(site)}/moment/1/underlag/"
    form: dict[str, object] = {"what": "file", "title": "Ett underlag", "shared": "us"}
    before = _files(site, "underlag"), site.first_value("SELECT count(*) FROM assessments_evidence")
    with full_disk(site, "web", 64_000):
        refused = person.ask(path, form, file=text)
        page = person.ask("/")
    after = _files(site, "underlag"), site.first_value("SELECT count(*) FROM assessments_evidence")
    taken = person.ask(path, form, file=text)
    yield Row(
        "the disk is full: an upload",
        f"{refused.status}: “Filen gick inte att spara just nu.”; other pages {page.status}",
        "nothing: no half file, no row",
        "the next upload is taken",
        unmet(
            it_is_told="gick inte att spara just nu" in refused.text,
            no_half_file_and_no_row=before == after,
            pages_go_on=page.status == 200,
            it_works_afterwards=taken.status == 302,
        ),
    )
    _forget_drafts(site)
    reports = _files(site, "reports")
    with full_disk(site, "worker", 4_000):
        ordered = _order(person)
        wait_until(lambda: _build(site, ordered)[0] == "failed", "a PDF on a full disk")
        page, left = person.ask(ordered.goes_to), _files(site, "reports") - reports
    again = person.ask(f"{ordered.goes_to}igen/", {})
    back = wait_until(lambda: _is_built(site, again), "the PDF with room on the disk")
    yield Row(
        "the disk is full: a PDF",
        "“PDF:en gick inte att bygga.” and the button “Bygg igen”",
        "nothing: no half file",
        f"built in {back:.0f} s when there is room",
        unmet(it_is_told="gick inte att bygga" in page.text, no_half_file=not left),
    )


def _files(site: Site, folder: str) -> set[str]:
    return {path.name for path in (site.files / folder).glob("*")}


def worker_killed(site: Site) -> Iterator[Row]:
    person = strategist(site)
    ordered = _killed_while_building(site, person)
    site.start("worker")
    begun, seen = time.monotonic(), set[str]()
    while not _is_built(site, ordered) and time.monotonic() - begun < 180:
        seen |= set(re.findall(r"Bygget avbröts och [^.]+\.", person.ask(ordered.goes_to).text))
        time.sleep(0.2)
    took = time.monotonic() - begun
    attempts = site.first_value("SELECT attempts FROM reports_build WHERE id = %s", _build_id(ordered))
    yield Row(
        "the worker is killed as it builds a PDF",
        " ".join(f"“{sentence}”" for sentence in sorted(seen)) or "nothing",
        "nothing",
        f"built {took:.0f} s later, try {attempts}",
        unmet(
            begun_again_within_45_s=took < BUILT_AGAIN_SECONDS + BUILDING_SECONDS,
            the_page_says_so=bool(seen),
            built_twice_at_most=attempts == 2,
        ),
    )


def _killed_while_building(site: Site, person: Visitor) -> Answer:
    for _ in range(10):
        _forget_drafts(site)
        ordered = _order(person)
        with psycopg.connect(f"{site.server}/{site.database}", autocommit=True) as eye:
            asked = "SELECT state FROM reports_build WHERE id = %s"
            while (state := eye.execute(asked, [_build_id(ordered)]).fetchone()) == ("queued",):
                time.sleep(0.005)
        site.kill("worker")
        if state == ("working",) and _build(site, ordered)[0] == "working":
            return ordered
        site.start("worker")
    raise TimeoutError("no PDF was caught while it was built")


# Time


def beat_stopped(site: Site) -> Iterator[Row]:
    site.kill("beat")
    silent = wait_until(lambda: Visitor(site).ask(READY).status == 503, "readiness without beat")
    readiness = Visitor(site).ask(READY).text
    page = Visitor(site).ask(PAGE)
    site.start("beat")
    back = wait_until(site.is_ready, "readiness with beat")
    yield Row(
        "beat is stopped for three periods",
        f"pages {page.status}; after {silent:.0f} s readiness is 503 and names the task",
        "nothing",
        f"readiness {back:.0f} s after beat's start, nothing else restarted",
        unmet(
            readiness_names_the_task="send_codes" in readiness or "requeue_lost_reports" in readiness,
            pages_go_on=page.status == 200,
            back_within_one_period=back < 60,
        ),
    )


def wrong_clock(site: Site) -> Iterator[Row]:
    """A worker whose clock is a day ahead notes its runs and takes a PDF, and dies; then all clocks are right."""
    person = strategist(site)
    tomorrow = timezone.localtime(timezone.now() + timedelta(days=1))
    site.kill("worker")
    # Production refuses the setting, so this one is started as an embedded site's.
    site.start_with("worker", MODELL_ENV="embedded", MODELL_NOW=f"{tomorrow:%Y-%m-%dT%H:%M}")
    ahead = "SELECT count(*) FROM kit_periodicrun WHERE last_run > now() + interval '1 hour'"
    wait_until(lambda: site.first_value(ahead), "a run of tomorrow")
    ordered = _killed_while_building(site, person)
    lease = "SELECT lease_until > now() + interval '1 hour' FROM reports_build WHERE id = %s"
    of_tomorrow = site.first_value(lease, _build_id(ordered))
    site.start("worker")
    built = wait_until(lambda: _is_built(site, ordered), "the PDF of tomorrow's worker")
    ready = wait_until(site.is_ready, "readiness after a wrong clock")
    yield Row(
        "a worker's clock was a day ahead",
        "a PDF that waits",
        "nothing",
        f"built after {built:.0f} s, ready after {built + ready:.0f} s; no row is of tomorrow",
        unmet(
            the_lease_was_of_tomorrow=of_tomorrow,
            begun_again_within_45_s=built < BUILT_AGAIN_SECONDS + BUILDING_SECONDS,
            no_run_is_of_tomorrow=site.first_value(ahead) == 0,
        ),
    )


# One person, and a restart


def one_attacker(site: Site) -> Iterator[Row]:
    attacker, other = strategist(site), Visitor(site, "192.0.2.70").sign_in(READER)
    draft = _draft(site)
    listed: dict[str, object] = {"people": "\n".join(f"Anna Prov {n}; anna{n}@kommun.invalid" for n in range(500))}
    attacks: tuple[Callable[[], Answer], ...] = (
        partial(attacker.ask, f"{OWN}/personer/lista/", listed),
        partial(attacker.ask, f"{OWN}/sjalvskattningar.xlsx"),
        partial(attacker.ask, f"/sjalvskattningar/{draft}/blankett.pdf"),
        partial(attacker.ask, f"{OWN}/rapport/pdf/", {}),
    )
    idle = statistics.median(other.ask("/").seconds for _ in range(20))
    over, statuses = threading.Event(), list[int]()

    def attack(request: Callable[[], Answer]) -> None:
        while not over.is_set():
            statuses.append(request().status)

    with ThreadPoolExecutor(2 * len(attacks)) as pool:
        for request in 2 * attacks:
            pool.submit(attack, request)
        time.sleep(1)
        others = [other.ask("/") for _ in range(30)]
        over.set()
    attacked = statistics.median(answer.seconds for answer in others)
    refused = sum(status in (429, 503) for status in statuses)
    yield Row(
        "one person asks for lists, workbooks and PDFs without end",
        f"the attacker: {len(statuses)} answers, {refused} refused; "
        f"others wait {attacked:.2f} s for a page, {attacked / idle:.1f} × an idle site's {idle:.2f} s",
        "nothing",
        "at once",
        unmet(
            others_get_their_page=all(answer.status == 200 for answer in others),
            others_wait_at_most_eight_times_longer=attacked <= SLOWER_AT_MOST * idle,
            no_error_page=500 not in statuses,
            the_attacker_is_refused=refused > 0,
        ),
    )


def renewed(site: Site) -> Iterator[Row]:
    """Take the web server over by USR2, as docs/drift.md says, while people ask."""
    old = site.processes["web"]
    with Asking(site) as first, Asking(site, "/", strategist(site)) as second:
        os.kill(old.pid, signal.SIGUSR2)
        wait_until(lambda: _new_master(old.pid), "the new web server")
        os.kill(old.pid, signal.SIGTERM)
        old.wait()
        time.sleep(3)
    answers = [*first.answers, *second.answers]
    yield Row(
        "the web server is renewed (USR2)",
        f"{first}",
        "nothing",
        "at no time away",
        unmet(
            no_refused_connection=not first.refused and not second.refused,
            no_error=all(answer.status < 500 for answer in answers),
        ),
    )
    restart_web(site)


def _new_master(old: int) -> bool:
    """True if the gunicorn that takes over has its two processes."""
    children = Path(f"/proc/{old}/task/{old}/children").read_text().split()
    return any(len(Path(f"/proc/{pid}/task/{pid}/children").read_text().split()) == 2 for pid in children)


def restart_web(site: Site) -> None:
    site.kill("web")
    site.start("web")
    wait_until(lambda: Visitor(site).ask("/halsa/").status == 200, "the web server")


FAULTS: dict[str, Callable[[Site], Iterator[Row]]] = {
    "database": database,
    "redis": redis_away,
    "mail": mail_server,
    "gone": file_gone,
    "renewed": renewed,
    "room": room,
    "disk": disk_full,
    "killed": worker_killed,
    "beat": beat_stopped,
    "clock": wrong_clock,
    "attack": one_attacker,
}
