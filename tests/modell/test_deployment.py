"""Production: what is refused, what is warned of, and each service of the compose file run as a process."""

import contextlib
import json
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import tempfile
import time
from http.client import HTTPConnection
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

import psycopg
import pytest
import redis
import yaml
from django.core.checks.registry import registry
from django.urls import get_resolver

from kit.logs import without_keys
from modell.checks import figures
from tests.migrated import template

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
FILLED_IN = {
    "SECRET_KEY": "c1Zr0Jb8oR2m5vKq7wXy9tUe4hNf6gLd3sPaBi-QzVxTnWk_Mj",
    "POSTGRES_PASSWORD": "secret",
    "ALLOWED_HOSTS": "modell.example.se",
    "EMAIL_URL": "smtp://user:password@mail.example.se:587/?tls=True",
    "DEFAULT_FROM_EMAIL": "Modell <modell@example.se>",
}
PRODUCTION = {**FILLED_IN, "MODELL_ENV": "production", "REDIS_URL": "redis://127.0.0.1:6379/0"}
PRODUCTION |= {"DATABASE_URL": "postgres://modell@127.0.0.1/modell"}
PATIENCE_SECONDS = 60


def bare_environment(**values: str) -> dict[str, str]:
    """A process's environment without what this machine happens to set."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    kept = {name: os.environ[name] for name in ("HOME", "MODELL_VAR", "LANG") if name in os.environ}
    return {**kept, "PATH": path, "PYTHONUNBUFFERED": "1", **values}


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "manage.py", *arguments]
    env = bare_environment(**environment)
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)


# What is refused


@pytest.mark.parametrize(
    ("changed", "cure"),
    [
        ({"SECRET_KEY": None}, "Set it to fifty random characters."),
        ({"SECRET_KEY": ""}, "Set it to fifty random characters."),
        ({"ALLOWED_HOSTS": None}, "Set it to the site's host names, with commas."),
        ({"EMAIL_URL": None}, "Set it to smtp://user:password@host:587/?tls=True."),
        ({"MODELL_DEMO": "1"}, "MODELL_DEMO opens the site to anyone; remove it"),
        ({"MODELL_ENV": "live"}, "set it to embedded or production."),
        ({"MODELL_NOW": "2027-03-28T02:30"}, "MODELL_NOW sets the clock; remove it"),
        ({"MODELL_ENV": "embedded", "MODELL_NOW": "i morgon"}, "set it to a day and hour as 2027-03-28T02:30."),
    ],
)
def test_a_wrong_setting_stops_the_start_with_its_cure(changed, cure):
    environment = {name: value for name, value in {**PRODUCTION, **changed}.items() if value is not None}
    done = manage("check", **environment)
    assert done.returncode != 0
    assert cure in done.stderr.strip().splitlines()[-1]


def settings_with(**environment):
    asked = "from django.conf import settings as s; print(s.EMAIL_BACKEND, s.SITE_URL)"
    done = manage("shell", "--verbosity=0", "-c", asked, **environment)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def clock_of(**environment):
    asked = "import os; from django.utils import timezone; print(timezone.localtime(), os.environ['MODELL_NOW_SINCE'])"
    done = manage("shell", "--verbosity=0", "-c", asked, MODELL_NOW="2027-03-28T02:30", **environment)
    assert done.returncode == 0, done.stderr
    clock, _, since = done.stdout.strip().rpartition(" ")
    return clock, since


def test_processes_share_the_clock_that_is_set():
    """Summer time begins then, so that half past two is half past three."""
    first, since = clock_of()
    later, _ = clock_of(MODELL_NOW_SINCE=since)
    assert "2027-03-28 03:30:00" < first < later < "2027-03-28 04:00:00"


def test_the_demonstration_sends_nothing_whatever_it_is_told(tmp_path):
    demo = {"MODELL_DEMO": "1", "EMAIL_URL": FILLED_IN["EMAIL_URL"], "MODELL_VAR": str(tmp_path)}
    assert settings_with(**demo)[0] == "django.core.mail.backends.filebased.EmailBackend"


def test_mail_leads_to_the_first_host_unless_an_address_is_given(tmp_path):
    assert settings_with(**PRODUCTION, MODELL_VAR=str(tmp_path)) == [
        "mailings.smtp.EmailBackend",
        "https://modell.example.se",
    ]
    given = {**PRODUCTION, "SITE_URL": "https://annat.example.se/", "MODELL_VAR": str(tmp_path)}
    assert settings_with(**given)[1] == "https://annat.example.se"


# What is warned of


OUR_CHECKS = [
    check for check in registry.get_checks(include_deployment_checks=True) if check.__module__ == "modell.checks"
]


def found_by_checks():
    return {message.id: message.hint for check in OUR_CHECKS for message in check(app_configs=None)}


@pytest.fixture
def production(monkeypatch):
    """As it should be: what our checks read, read by no one else meanwhile."""
    good = SimpleNamespace(
        PRODUCTION=True,
        DEMO=False,
        CELERY_TASK_ALWAYS_EAGER=False,
        REDIS_URL=PRODUCTION["REDIS_URL"],
        DEFAULT_FROM_EMAIL=PRODUCTION["DEFAULT_FROM_EMAIL"],
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
        EMAIL_USE_TLS=True,
        EMAIL_USE_SSL=False,
        SECRET_KEY=FILLED_IN["SECRET_KEY"],
        ALLOWED_HOSTS=["modell.example.se"],
        SKR_SECOND_FACTOR=True,
        INTEREST_KEEP_DAYS=1,
        MAIL_KEEP_DAYS=1,
        MIN_GROUP=5,
        EVIDENCE_MAX_MB=100,
        SITE_URL="https://modell.example.se",
        DATABASES={"default": {"ENGINE": "django.db.backends.postgresql"}},
        MIN_UNREAD=3,
    )
    monkeypatch.setattr("modell.checks.settings", good)
    return good


@pytest.mark.usefixtures("production")
def test_a_safe_production_has_no_remarks():
    assert OUR_CHECKS
    assert found_by_checks() == {}


@pytest.mark.parametrize(
    ("name", "value", "identity", "cure"),
    [
        ("DEMO", True, "modell.E001", "Remove MODELL_DEMO."),
        ("CELERY_TASK_ALWAYS_EAGER", True, "modell.E002", "start `celery -A modell worker`"),
        ("REDIS_URL", "", "modell.E003", "Set REDIS_URL"),
        ("DEFAULT_FROM_EMAIL", "Modell <modell@localhost>", "modell.E004", "Set DEFAULT_FROM_EMAIL"),
        ("EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend", "modell.E005", "Set EMAIL_URL"),
        ("SITE_URL", "http://modell.example.se", "modell.E006", "Set SITE_URL to https://"),
        ("DATABASES", {"default": {"ENGINE": "django.db.backends.sqlite3"}}, "modell.W002", "Set DATABASE_URL"),
        ("PRODUCTION", False, "modell.W001", "Set MODELL_ENV=production"),
        ("MIN_UNREAD", 2, "modell.E007", "Set MODELL_MIN_UNREAD to 3 or more"),
        ("SECRET_KEY", "x", "modell.E008", "fifty random characters"),
        ("SECRET_KEY", FILLED_IN["SECRET_KEY"][:49], "modell.E008", "fifty random characters"),
        ("SECRET_KEY", "hemligt" * 10, "modell.E008", "fifty random characters"),
        ("SECRET_KEY", "embedded-site-on-loopback-only", "modell.E008", "fifty random characters"),
        ("SECRET_KEY", "django-insecure-" + FILLED_IN["SECRET_KEY"], "modell.E008", "fifty random characters"),
        ("ALLOWED_HOSTS", ["modell.example.se", "*"], "modell.E009", "the site's own names"),
        ("INTEREST_KEEP_DAYS", 0, "modell.E010", "Set MODELL_INTEREST_KEEP_DAYS to 1 day or more"),
        ("MAIL_KEEP_DAYS", -5, "modell.E010", "Set MODELL_MAIL_KEEP_DAYS to 1 day or more"),
        ("MIN_GROUP", 4, "modell.E011", "Set MODELL_MIN_GROUP to 5 or more"),
        ("EVIDENCE_MAX_MB", 0, "modell.E012", "a number from 1 to 100"),
        ("EVIDENCE_MAX_MB", 101, "modell.E012", "a number from 1 to 100"),
        ("SKR_SECOND_FACTOR", False, "modell.W003", "Remove MODELL_SKR_SECOND_FACTOR"),
        ("EMAIL_USE_TLS", False, "modell.W004", "Add ?tls=True"),
    ],
)
def test_an_unsafe_production_is_told_its_cure(production, name, value, identity, cure):
    setattr(production, name, value)
    faults = found_by_checks()
    assert list(faults) == [identity]
    assert cure in faults[identity]


def test_two_unread_are_refused_everywhere_and_four_are_not(production):
    """The check is no deployment check: every command runs it, an embedded site's too."""
    assert figures in registry.get_checks()
    production.PRODUCTION = False
    for number, identities in ((2, ["modell.E007"]), (3, []), (4, [])):
        production.MIN_UNREAD = number
        assert [message.id for message in figures(app_configs=None)] == identities


# The compose file


def filled_in(text: str, values: dict[str, str]) -> str:
    """Compose's ${NAME}, ${NAME:-otherwise} and ${NAME:?needed}, and $$ for a dollar."""

    def value_of(hit: re.Match[str]) -> str:
        if hit[0] == "$$":
            return "$"
        value = values.get(hit["name"], "")
        if not value and hit["how"] == "?":
            raise LookupError(f"{hit['name']}: {hit['rest']}")
        return value or (hit["rest"] if hit["how"] == "-" else "")

    return re.sub(r"\$\$|\$\{(?P<name>\w+)(?::(?P<how>[-?])(?P<rest>[^}]*))?\}", value_of, text)


def environment_of(service: str, values: dict[str, str] = FILLED_IN) -> dict[str, str]:
    return {name: filled_in(value, values) for name, value in COMPOSE["services"][service]["environment"].items()}


def test_compose_has_the_services_and_each_says_how_it_is():
    services = COMPOSE["services"]
    assert set(services) == {"migrate", "web", "worker", "codes", "beat", "postgres", "redis"}
    for name in set(services) - {"migrate"}:
        assert services[name]["healthcheck"]["test"], name
        assert services[name]["restart"] == "unless-stopped", name
    for name in ("web", "worker", "codes", "beat"):
        assert services[name]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"


def test_compose_is_configured_by_the_variables_of_the_example():
    example = re.findall(r"^([A-Z0-9_]+)=", (ROOT / ".env.example").read_text(), re.M)
    asked = set(re.findall(r"\$\{(\w+)", (ROOT / "docker-compose.yml").read_text()))
    assert asked == set(example)
    for name in FILLED_IN:
        with pytest.raises(LookupError, match=name):
            [environment_of(service, {**FILLED_IN, name: ""}) for service in ("web", "postgres")]


def test_compose_publishes_the_site_on_this_machine_only():
    published = [port for service in COMPOSE["services"].values() for port in service.get("ports", ())]
    assert [filled_in(port, {}) for port in published] == ["127.0.0.1:8000:8000"]


def test_the_environment_of_compose_passes_the_deployment_checks():
    done = manage("check", "--deploy", "--fail-level", "WARNING", **environment_of("web"))
    assert done.returncode == 0, done.stderr


def test_an_unsafe_environment_does_not_come_past_the_first_service(tmp_path):
    command = shlex.split(COMPOSE["services"]["migrate"]["command"])
    asked = {**environment_of("migrate", {**FILLED_IN, "SECRET_KEY": "x"}), "MODELL_VAR": str(tmp_path)}
    done = subprocess.run(command, cwd=ROOT, env=bare_environment(**asked), capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "modell.E008" in done.stderr


def test_compose_bounds_what_each_service_may_take():
    for name in ("migrate", "web", "worker", "codes", "beat", "postgres", "redis"):
        service = COMPOSE["services"][name]
        assert {"mem_limit", "pids_limit"} <= set(service), name
        assert service["logging"]["options"] == {"max-size": "10m", "max-file": "5"}, name
    for name in ("migrate", "web", "worker", "codes", "beat"):
        assert COMPOSE["services"][name]["cap_drop"] == ["ALL"], name


def test_the_image_holds_what_the_site_imports_and_runs_as_its_own_user():
    dockerfile = (ROOT / "Dockerfile").read_text()
    kept = set(re.findall(r"^!(\S+)", (ROOT / ".dockerignore").read_text(), re.M))
    apps = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "bench", "chaos"}
    assert (
        apps | {"manage.py", "gunicorn.conf.py", "static", "templates", "data", "requirements/base.txt", "bin/healthy"}
        <= kept
    )
    assert dockerfile.index("collectstatic") < dockerfile.index("\nUSER modell") < dockerfile.index("\nCMD")
    assert "--require-hashes" in dockerfile
    assert "\nHEALTHCHECK" in dockerfile


# What the logs tell


LOGGED = {
    "a calendar": ("/kalender/hemlig-nyckel_1.ics", {}),
    "an interest form": ("/intresse/hemlig-nyckel_1/", {}),
    "a part of one": ("/intresse/hemlig-nyckel_1/personer/7/", {}),
    "no page at all": ("/intresse/hemlig-nyckel_1/personer/sju/nej", {}),
    "the page one came from": ("/halsa/", {"Referer": "http://127.0.0.1/intresse/hemlig-nyckel_1/"}),
    "a code for signing in": ("/logga-in/lank/hemlig-nyckel_1/", {}),
    "where one is going": ("/logga-in/?next=/intresse/hemlig-nyckel_1/&y=%2Fkalender%2Fhemlig-nyckel_1.ics", {}),
}


@pytest.fixture
def web(tmp_path):
    """The compose file's web server with its own command, on an empty SQLite: most answers are errors, and are told."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    ours = {"PORT": str(port), "MODELL_VAR": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path / 'empty.sqlite3'}"}
    environment = bare_environment(**{**environment_of("web", {**FILLED_IN, "MODELL_METRICS_TOKEN": "long"}), **ours})
    made = manage("collectstatic", "--no-input", "--verbosity=0", MODELL_VAR=str(tmp_path))
    assert made.returncode == 0, made.stderr
    log = tmp_path / "web.log"
    with log.open("wb") as out:
        command = shlex.split(COMPOSE["services"]["web"]["command"])
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while "Booting worker" not in log.read_text():
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.1)
    try:
        yield SimpleNamespace(port=port, log=log, process=process)
    finally:
        process.terminate()
        process.wait(PATIENCE_SECONDS)


def get(web, path, **headers):
    """Ask as the proxy does."""
    proxy = {"Host": "modell.example.se", "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.9"}
    connection = HTTPConnection("127.0.0.1", web.port, timeout=PATIENCE_SECONDS)
    connection.request("GET", path, headers={**proxy, **headers})
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, body


@pytest.mark.in_turn(3)
def test_every_line_in_production_is_json_and_none_holds_the_key_of_a_private_address(web):
    for path, headers in LOGGED.values():
        get(web, path, **headers)
    log = web.log.read_text()
    assert "hemlig" not in log
    lines = [json.loads(line) for line in log.splitlines()]
    assert {"time", "level", "logger", "message"} <= set.intersection(*(set(line) for line in lines))
    assert {"gunicorn.error", "modell.insight", "django.request"} <= {line["logger"] for line in lines}
    # The site's own first visit, before it takes others, came through no proxy.
    requests = [line for line in lines if "status" in line and line["client"] == "192.0.2.9"]
    assert len(requests) == len(LOGGED)
    assert {"GET /kalender/… 500", "GET /intresse/…/personer/7/ 500", "GET /halsa/ 200"} <= {
        line["message"] for line in requests
    }
    # Django tells of errors too.
    assert "Not Found: /intresse/…/personer/sju/nej" in {line["message"] for line in lines}


@pytest.mark.in_turn(3)
def test_the_numbers_are_summed_over_the_web_servers_processes(web):
    """The database is empty, so nothing but the requests is known."""
    assert get(web, "/matt/")[0] == 404
    for _ in range(20):
        assert get(web, "/halsa/") == (200, "ok")
    status, metrics = get(web, "/matt/", Authorization="Bearer long")
    assert status == 200
    assert 'modell_request_seconds_count{status="2xx",view="overview:health"} 20.0' in metrics
    assert 'modell_request_seconds_count{status="4xx",view="metrics"} 1.0' in metrics
    assert "modell_database 0.0" in metrics
    (folder,) = Path(tempfile.gettempdir()).glob(f"modell-metrics-{web.process.pid}-*")
    web.process.terminate()
    web.process.wait(PATIENCE_SECONDS)
    assert not folder.exists()


def private_addresses():
    """Whose key alone lets one in: addresses with a key that ask for no sign-in; the demonstration's names nobody."""
    for entry in get_resolver().url_patterns:
        for pattern in getattr(entry, "url_patterns", [entry]):
            asks = getattr(pattern.callback, "login_required", True)
            if "key" in pattern.pattern.converters and not asks and pattern.name != "demo_sign_in":
                yield str(pattern.pattern)


def test_every_private_address_is_known_to_the_log():
    routes = list(private_addresses())
    paths = ["/" + re.sub(r"<\w+:key>", "hemlig", re.sub(r"<\w+:(?!key)\w+>", "7", route)) for route in routes]
    assert len(paths) == 12
    assert all("hemlig" in path for path in paths)
    assert [path for path in paths if "hemlig" in without_keys(path)] == []


# Its services, as processes on this machine's PostgreSQL and Redis


class Running:
    """A compose file's services with their own commands and environments, in a database of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.server = os.environ["DATABASE_URL"].rpartition("/")[0]
        self.database = f"modell_compose_{uuid4().hex[:12]}"
        self.node = uuid4().hex[:8]
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.redis = self.claim_redis()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]

    def claim_redis(self) -> redis.Redis:
        """One of the server's numbered databases that nobody uses: runs beside each other must not share a queue."""
        server = re.sub(r"(?<=[^/])/\d*$", "", os.environ["REDIS_URL"])
        for number in range(15, 0, -1):
            # The number stands in the address: redis-py lets the address win over `db=`.
            self.redis_url = f"{server}/{number}"
            free = redis.Redis.from_url(self.redis_url)
            if free.set("modell-test", self.node, nx=True, ex=600):
                if free.dbsize() == 1:
                    return free
                free.delete("modell-test")
            free.close()
        pytest.fail("Every numbered database of the Redis at REDIS_URL is in use.")

    def environment(self, service: str) -> dict[str, str]:
        """The service's own; only the addresses are this machine's."""
        values = environment_of(service)
        values["DATABASE_URL"] = f"{self.server}/{self.database}"
        values["REDIS_URL"] = self.redis_url
        values["MODELL_VAR"] = str(self.folder)
        values["HOSTNAME"] = self.node
        if "PORT" in values:
            values["PORT"] = str(self.port)
        return bare_environment(**values)

    def command(self, text: str) -> list[str]:
        # Here one machine runs them all, so the node's name stands in for each container's.
        return shlex.split(filled_in(text, {}).replace("%h", self.node).replace("$HOSTNAME", self.node))

    def run(self, service: str, text: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(text), cwd=ROOT, env=self.environment(service), capture_output=True, text=True, check=False
        )

    def start(self, service: str) -> None:
        with (self.folder / f"{service}.log").open("wb") as log:
            self.processes[service] = subprocess.Popen(
                self.command(COMPOSE["services"][service]["command"]),
                cwd=ROOT,
                env=self.environment(service),
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def log(self, service: str) -> str:
        return (self.folder / f"{service}.log").read_text()

    def until(self, service: str, true, what: str) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not true():
            assert self.processes[service].poll() is None, f"{service} ended\n{self.log(service)}"
            assert time.monotonic() < deadline, f"{service}: {what}\n{self.log(service)}"
            time.sleep(0.3)

    def until_healthy(self, service: str) -> None:
        check = COMPOSE["services"][service]["healthcheck"]["test"]
        self.until(service, lambda: self.run(service, check).returncode == 0, "not healthy")

    def admin(self, statement: str) -> None:
        with psycopg.connect(f"{self.server}/postgres", autocommit=True) as connection:
            connection.execute(statement)

    def stop(self) -> None:
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            try:
                process.wait(8)
            except subprocess.TimeoutExpired:
                pass
            finally:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        self.redis.flushdb()
        self.redis.close()


@pytest.fixture
def running(tmp_path):
    """The services, with a database that has all migrations."""
    services = Running(tmp_path)
    services.admin(f'CREATE DATABASE {services.database} TEMPLATE "{template()}"')
    try:
        yield services
    finally:
        services.stop()
        services.admin(f"DROP DATABASE {services.database} WITH (FORCE)")


@pytest.mark.services
@pytest.mark.in_turn("compose")
def test_every_service_of_compose_runs_and_is_healthy(running):
    # As the image does.
    assert running.run("web", "python manage.py collectstatic --no-input --verbosity=0").returncode == 0
    done = running.run("migrate", COMPOSE["services"]["migrate"]["command"])
    assert done.returncode == 0, done.stderr
    for service in ("web", "worker", "codes", "beat"):
        running.start(service)
    for service in ("web", "worker", "codes", "beat"):
        running.until_healthy(service)
    # A task goes by Redis to a forked worker, which reaches PostgreSQL; beat's own task does the same.
    sent = running.run("web", "celery -A modell call reports.tasks.requeue_lost_reports")
    assert sent.returncode == 0, sent.stderr
    running.until("worker", lambda: f"{sent.stdout.strip()}] succeeded" in running.log("worker"), "task not done")
    # Its lines are as the web server's, with the number of the request that ordered the task.
    ordered = (
        "from kit.logs import REQUEST, RequestFacts; from kit.tasks import erase_old_forms;"
        "REQUEST.set(RequestFacts('from-a-page')); erase_old_forms.delay()"
    )
    done = running.run("web", f"python manage.py shell --verbosity=0 -c {shlex.quote(ordered)}")
    assert done.returncode == 0, done.stderr

    def has_its_number():
        lines = [json.loads(line) for line in running.log("worker").splitlines() if line.startswith("{")]
        return any(line.get("request_id") == "from-a-page" and "succeeded" in line["message"] for line in lines)

    running.until("worker", has_its_number, "the number did not follow")


@pytest.mark.services
@pytest.mark.in_turn("compose")
def test_the_connection_pool_does_not_cross_celerys_fork(running):
    """With a pool in the worker too: many tasks in two forked processes, one of them killed, and none hangs."""
    pooled = running.environment

    def with_pool(service):
        return {**pooled(service), "DATABASE_POOL": "4"}

    running.environment = with_pool
    running.start("worker")
    running.until_healthy("worker")

    def send_ten():
        code = "from reports.tasks import requeue_lost_reports as t; [t.delay() for _ in range(10)]"
        done = running.run("web", f"python manage.py shell --verbosity=0 -c {shlex.quote(code)}")
        assert done.returncode == 0, done.stderr

    def done():
        return running.log("worker").count("] succeeded")

    send_ten()
    running.until("worker", lambda: done() >= 10, "the first ten are not done")
    children = Path(f"/proc/{running.processes['worker'].pid}/task/{running.processes['worker'].pid}/children")
    os.kill(int(children.read_text().split()[0]), signal.SIGKILL)
    send_ten()
    running.until("worker", lambda: done() >= 20, "the next ten are not done")


def test_cookies_are_of_this_host_alone():
    """A browser takes a cookie of such a name over TLS only, for the whole site, and from no neighbour (ASVS 3.3.3)."""
    ask = (
        "from django.conf import settings as s; "
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, "
        "s.SESSION_COOKIE_DOMAIN, s.CSRF_COOKIE_DOMAIN, s.SESSION_COOKIE_PATH, s.CSRF_COOKIE_PATH)"
    )
    shell = manage("shell", "-v", "0", "-c", ask, **PRODUCTION)
    assert shell.stdout.split() == ["__Host-sessionid", "__Host-csrftoken", "True", "True", "None", "None", "/", "/"]
