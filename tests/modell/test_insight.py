"""What the operator learns of each request, and what nobody learns from it."""

import json
import logging
import re
import smtplib
from datetime import timedelta

import pytest
from celery import shared_task
from django.core import mail as outbox
from django.db.migrations.recorder import MigrationRecorder
from django.urls import reverse
from django.utils import timezone

from accounts.enums import SkrRole
from kit.logs import REQUEST, JsonLine, RequestFacts
from mailings.delivery import deliver
from modell import insight
from modell.celery import leave_number, send_number, take_number
from modell.metrics import SECONDS
from tests.factories import DelegateFactory, UserFactory
from tests.process_factories import MailFactory

pytestmark = pytest.mark.django_db

NAME, ADDRESS, CODE, KEY = "Kanarina Fågelsång", "kanarina@vaxjo.example.se", "BCDF-GHJK", "hemlig-nyckel_1"
SECRETS = ("Kanarina", "kanarina", CODE, KEY)
TOKEN = "an-operators-long-key"


class Lines(logging.Handler):
    """The lines as production writes them."""

    def __init__(self):
        super().__init__()
        self.setFormatter(JsonLine())
        self.lines = []

    def emit(self, record):
        self.lines.append(self.format(record))

    def of(self, logger):
        return [line for line in map(json.loads, self.lines) if line["logger"] == logger]


@pytest.fixture
def log_lines(caplog):
    handler, root = Lines(), logging.getLogger()
    with caplog.at_level(logging.INFO):
        root.addHandler(handler)
        yield handler
        root.removeHandler(handler)
    for secret in SECRETS:
        assert secret not in "\n".join(handler.lines)


@pytest.fixture
def broken(client, monkeypatch):
    """The page of words fails, and says in the exception all that it should not."""

    def fail():
        raise ValueError(f"{NAME} {ADDRESS} {CODE} /intresse/{KEY}/")

    monkeypatch.setattr("overview.views.start.terms", fail)
    client.raise_request_exception = False
    return lambda **headers: client.get("/ordlista/", headers=headers)


class TestLine:
    def test_one_line_a_request(self, client, log_lines):
        user = DelegateFactory().user
        client.force_login(user)
        answer = client.get(f"/om/?epost={ADDRESS}&namn=Kanarina")
        (line,) = log_lines.of("modell.insight")
        assert re.fullmatch("[0-9a-f]{12}", line["request_id"])
        assert answer.headers["X-Request-ID"] == line["request_id"]
        del line["time"], line["milliseconds"], line["request_id"]
        assert line == {
            "level": "INFO",
            "logger": "modell.insight",
            "message": "GET /om/ 200",
            "client": "127.0.0.1",
            "method": "GET",
            "path": "/om/",
            "user_id": user.pk,
            "status": 200,
        }
        assert REQUEST.get() is None

    def test_a_line_tells_of_the_method_that_was_asked_for(self, client, log_lines):
        client.head("/om/")
        client.delete("/om/")
        assert [line["message"] for line in log_lines.of("modell.insight")] == ["HEAD /om/ 200", "DELETE /om/ 405"]

    @pytest.mark.parametrize(("trusted", "client_address"), [(True, "192.0.2.9"), (False, "127.0.0.1")])
    def test_the_client_is_whom_the_proxy_saw(self, client, log_lines, settings, trusted, client_address):
        settings.BEHIND_PROXY = trusted
        client.get("/om/", headers={"X-Forwarded-For": "198.51.100.1, 192.0.2.9"})
        assert log_lines.of("modell.insight")[0]["client"] == client_address

    @pytest.mark.parametrize("path", [f"/intresse/{KEY}/personer/sju/nej", f"/finns-inte/{ADDRESS}/", f"/x/{CODE}"])
    def test_a_page_that_there_is_not(self, client, log_lines, path):
        assert client.get(path).status_code == 404
        assert log_lines.of("modell.insight")[0]["status"] == 404
        assert log_lines.of("django.request")[0]["message"].startswith("Not Found: /")

    def test_what_is_forbidden_is_told_with_who(self, client, log_lines):
        user = DelegateFactory().user
        client.force_login(user)
        assert client.get(reverse("overview:operation")).status_code == 403
        (line,) = log_lines.of("django.request")
        assert (line["level"], line["user_id"]) == ("WARNING", user.pk)
        assert line["message"] == "Forbidden (Permission denied): /drift/"

    def test_whoever_signs_out_is_the_user_of_that_request(self, client, log_lines):
        user = UserFactory()
        client.force_login(user)
        client.post(reverse("account_logout"))
        assert log_lines.of("modell.insight")[0]["user_id"] == user.pk


class TestNumber:
    @pytest.mark.parametrize("given", ["Abc-1234", "a" * 64])
    def test_the_proxys_own_is_taken(self, client, log_lines, given):
        assert client.get("/om/", headers={"X-Request-ID": given}).headers["X-Request-ID"] == given
        assert log_lines.of("modell.insight")[0]["request_id"] == given

    @pytest.mark.parametrize("given", ["", "short", "a" * 65, "a b c d e f", "abcdefgh\u00e5", '12345678"}'])
    def test_anything_else_is_not(self, client, log_lines, given):
        number = client.get("/om/", headers={"X-Request-ID": given}).headers["X-Request-ID"]
        assert re.fullmatch("[0-9a-f]{12}", number)

    def test_a_page_that_fails_shows_it_and_its_lines_have_it(self, broken, log_lines):
        answer = broken()
        assert answer.status_code == 500
        number = answer.headers["X-Request-ID"]
        assert f"uppge nummer <b>{number}</b>" in " ".join(answer.text.split())
        (error,) = log_lines.of("django.request")
        assert error["request_id"] == log_lines.of("modell.insight")[0]["request_id"] == number
        assert error["exception"].endswith("builtins.ValueError\n")
        assert "in words" in error["exception"]

    def test_a_task_carries_the_number_of_the_request_that_orders_it(self):
        token = REQUEST.set(RequestFacts("abcdefgh"))
        headers = {}
        send_number(headers=headers)
        REQUEST.reset(token)

        class Sent:
            class request:  # noqa: N801
                is_eager = False
                id = "the-tasks-own"
                request_number = headers["request_number"]

        take_number(task=Sent)
        assert REQUEST.get().request_id == "abcdefgh"
        Sent.request.request_number = None
        take_number(task=Sent)
        assert REQUEST.get().request_id == "the-tasks-own"
        leave_number(task=Sent)
        assert REQUEST.get() is None
        send_number(headers=(none := {}))
        assert none == {}


@shared_task
def fails():
    raise ValueError(f"{NAME} {ADDRESS} {CODE} /kalender/{KEY}.ics")


def test_a_task_that_fails_quotes_nothing(log_lines):
    fails.apply(throw=False)
    (line,) = log_lines.of("celery.app.trace")
    assert line["message"].endswith("raised unexpected: ValueError")
    assert "in fails" in line["exception"]


def test_mail_that_is_refused_is_told_of_without_its_address(monkeypatch, caplog, log_lines):
    """Neither by our line nor by its traceback, whatever writes them."""
    refused = smtplib.SMTPRecipientsRefused({ADDRESS: (550, f"{ADDRESS} is unknown".encode())})

    def send(self, messages):
        raise refused

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", send)
    deliver(MailFactory(address=ADDRESS).pk)
    assert outbox.outbox == []
    assert "was not confirmed (SMTPRecipientsRefused)" in caplog.text
    assert ADDRESS not in caplog.text


def test_other_libraries_lines_go_the_same_way():
    """No handler of their own, which would write another format."""
    for name in ("weasyprint", "celery", "celery.app.trace", "fontTools", "allauth", "django.request"):
        log = logging.getLogger(name)
        assert log.propagate, name
        assert all(type(handler).__name__ in ("NullHandler", "AdminEmailHandler") for handler in log.handlers), name


class TestMetrics:
    @pytest.fixture
    def ask(self, client, settings):
        settings.METRICS_TOKEN = TOKEN
        SECONDS.clear()
        return lambda given=f"Bearer {TOKEN}": client.get("/matt/", headers={"Authorization": given})

    def test_numbers_by_page_and_by_class_of_answer(self, ask, client, broken):
        for path in ("/om/", "/om/", "/finns-inte/"):
            client.get(path)
        broken()
        answer = ask()
        assert answer.status_code == 200
        assert answer.headers["Content-Type"].startswith("text/plain")
        assert answer.headers["Cache-Control"] == "private, no-store"
        for line in (
            'modell_request_seconds_count{status="2xx",view="overview:about"} 2.0',
            'modell_request_seconds_count{status="5xx",view="overview:words"} 1.0',
            'modell_request_seconds_count{status="4xx",view=""} 1.0',
            'modell_request_seconds_bucket{le="+Inf",status="2xx",view="overview:about"} 2.0',
        ):
            assert line in answer.text
        assert "finns-inte" not in answer.text

    def test_how_the_site_is(self, ask):
        MigrationRecorder.Migration.objects.update(applied=timezone.now())  # so that no task should have run yet
        MailFactory(expires_at=timezone.now() + timedelta(minutes=15))
        MailFactory()
        text = ask().text
        for line in (
            'modell_waiting{queue="code"} 1.0',
            'modell_waiting{queue="mail"} 1.0',
            'modell_oldest_waiting_seconds{queue="builds"} 0.0',
            'modell_late{task="send-waiting-mail"} 0.0',
            "modell_database 1.0",
            "modell_migrations_pending 0.0",
        ):
            assert line in text
        assert 'modell_last_run_timestamp_seconds{task="' not in text
        assert ADDRESS not in text

    def test_the_last_run(self, ask):
        from kit.tasks import erase_old_forms

        erase_old_forms.apply()
        assert re.search(r'modell_last_run_timestamp_seconds\{task="erase-old-forms"\} \d', ask().text)

    def test_without_a_database_the_requests_are_told_all_the_same(self, ask, client, monkeypatch):
        from django.db import OperationalError

        def away():
            raise OperationalError

        client.get("/om/")
        monkeypatch.setattr("modell.metrics.condition", away)
        text = ask().text
        assert "modell_database 0.0" in text
        assert 'view="overview:about"' in text

    @pytest.mark.parametrize("given", ["", TOKEN, f"Bearer {TOKEN}x", "Bearer ", f"bearer {TOKEN}", "Bearer å"])
    def test_nobody_else_finds_it(self, ask, given):
        assert ask(given).status_code == 404

    def test_without_the_setting_there_is_none(self, client, settings):
        settings.METRICS_TOKEN = ""
        client.force_login(UserFactory(skr_role=SkrRole.PROCESS_LEADER))
        for given in ("Bearer ", "", f"Bearer {TOKEN}"):
            assert client.get("/matt/", headers={"Authorization": given}).status_code == 404

    def test_without_the_setting_nothing_is_counted(self, client, settings):
        SECONDS.clear()
        settings.METRICS_TOKEN = ""
        client.get("/om/")
        assert list(SECONDS.collect()[0].samples) == []


def test_the_line_stands_outermost(settings):
    """Else an answer of a middleware outside it would have none."""
    assert settings.MIDDLEWARE[0] == f"{insight.__name__}.logged"
