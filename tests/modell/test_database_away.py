"""With the database away the site says so at once, and goes on by itself when it is back."""

import sqlite3
from http.client import HTTPConnection
from types import SimpleNamespace

import psycopg
import psycopg_pool
import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import InterfaceError, OperationalError, ProgrammingError
from django.http import HttpRequest
from django.urls import reverse

from modell.errors import server_error
from tests.factories import UserFactory
from tests.modell.test_deployment import COMPOSE, PATIENCE_SECONDS, PRODUCTION, manage, running  # noqa: F401
from tests.strict import StrictClient

pytestmark = pytest.mark.django_db
SORRY, BROKEN = "Vi har en driftstörning.", "Något gick fel hos oss."


def as_django_raises(error, raised=OperationalError):
    wrapped = raised(*error.args)
    wrapped.__cause__ = error
    return wrapped


def of_sqlite(name):
    error = sqlite3.OperationalError(name)
    error.sqlite_errorname = name
    return error


def answer_to(client, monkeypatch, error, **headers):
    """The answer to someone who has signed in, and how often the database was asked."""
    asked = []

    def ask(session):
        asked.append(session)
        raise error

    monkeypatch.setattr(SessionStore, "load", ask)
    return client.get(reverse("home"), headers=headers), asked


@pytest.fixture
def client():
    client = StrictClient(raise_request_exception=False)
    client.force_login(UserFactory(skr_role="process_leader"))
    return client


AWAY = [
    as_django_raises(psycopg.OperationalError("connection refused")),
    as_django_raises(psycopg_pool.PoolTimeout("couldn't get a connection after 2.00 sec")),
    as_django_raises(psycopg.errors.AdminShutdown("terminating connection")),
    as_django_raises(psycopg.errors.CannotConnectNow("the database system is starting up")),
    as_django_raises(of_sqlite("SQLITE_BUSY")),
    InterfaceError("connection already closed"),
]
OURS = [
    as_django_raises(psycopg.errors.DeadlockDetected("deadlock detected")),
    as_django_raises(psycopg.errors.QueryCanceled("statement timeout")),
    as_django_raises(of_sqlite("SQLITE_ERROR")),
    as_django_raises(psycopg.errors.UndefinedTable("no such table"), ProgrammingError),
    ZeroDivisionError("division by zero"),
]


@pytest.mark.parametrize("error", AWAY, ids=repr)
def test_it_is_told_with_when_to_come_back(client, monkeypatch, error):
    answer, asked = answer_to(client, monkeypatch, error)
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "10", "no-store")
    assert SORRY in answer.text
    # Each question would wait for the database anew.
    assert len(asked) == 1


def told_of(error):
    try:
        raise error
    except type(error):
        return server_error(HttpRequest())


@pytest.mark.parametrize("error", OURS, ids=repr)
def test_another_error_is_told_as_ours(error):
    answer = told_of(error)
    assert (answer.status_code, BROKEN in answer.text, "Retry-After" in answer) == (500, True, False)


def test_the_page_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert told_of(AWAY[0]).status_code == 503


def test_a_form_that_is_sent_meanwhile_is_answered_the_same(client, monkeypatch):
    """guard.js keeps what was typed and sends it again: tests/browser/test_guard.py."""

    def away(session):
        raise AWAY[1]

    monkeypatch.setattr(SessionStore, "load", away)
    answer = client.post(reverse("account_login"), headers={"X-Guard": "1"})
    assert answer.status_code == 503


def settings_of(**environment):
    asked = "from django.db import connection as c; d = c.settings_dict; print(d['CONN_HEALTH_CHECKS'], d['OPTIONS'])"
    done = manage("shell", "--verbosity=0", "-c", asked, **PRODUCTION | environment)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize(("size", "pool"), [("8", True), ("0", False)])
def test_nobody_waits_for_the_database_longer_than_two_seconds(tmp_path, size, pool):
    url = f"{PRODUCTION['DATABASE_URL']}?sslmode=prefer"
    printed = settings_of(MODELL_VAR=str(tmp_path), DATABASE_POOL=size, DATABASE_URL=url)
    limits = "'pool': {'min_size': 1, 'max_size': 8, 'timeout': 2, 'reconnect_timeout': 10}"
    assert "'options': '-c join_collapse_limit=4'" in printed
    # What the address says stays.
    assert printed.startswith("True {'sslmode': 'prefer', 'connect_timeout': 2")
    assert (limits in printed) is pool


@pytest.mark.services
@pytest.mark.in_turn("compose")
def test_postgresql_restarted_and_away(running):  # noqa: F811
    """Every connection ended is no error for anyone; a database that lets nobody in is a 503, and then all is well."""

    def get(path):
        connection = HTTPConnection("127.0.0.1", running.port, timeout=PATIENCE_SECONDS)
        connection.request("GET", path, headers={"Host": "modell.example.se", "X-Forwarded-Proto": "https"})
        answer = connection.getresponse()
        response = SimpleNamespace(status=answer.status, text=answer.read().decode(), headers=answer.headers)
        connection.close()
        return response

    def end_all():
        running.admin(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{running.database}'")

    assert running.run("web", "python manage.py collectstatic --no-input --verbosity=0").returncode == 0
    running.start("web")
    running.until_healthy("web")
    for _ in range(3):
        assert [get("/intresse/").status for _ in range(20)] == [200] * 20
        end_all()
    assert get("/intresse/").status == 200
    running.admin(f"ALTER DATABASE {running.database} ALLOW_CONNECTIONS false")
    end_all()
    away = get("/intresse/")
    assert (away.status, away.headers["Retry-After"], SORRY in away.text) == (503, "10", True)
    # The process answers, and says that it is not ready.
    ready = get("/halsa/redo/")
    assert (get("/halsa/").status, ready.status, "database" in ready.text) == (200, 503, True)
    running.admin(f"ALTER DATABASE {running.database} ALLOW_CONNECTIONS true")
    running.until("web", lambda: get("/intresse/").status == 200, "not back")
