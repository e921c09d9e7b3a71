"""What no line of the log holds, whatever way it comes: an address, a code, a key, and in production a name."""

import json
import logging
import smtplib
import sys

import pytest

from kit.logs import REQUEST, JsonLine, ReadableLine, RequestFacts, scrubbed

ADDRESS, NAME, CODE, KEY = "eva.ek@växjö.example.se", "Kanarina Fågelsång", "BCDF-GHJK", "hemlig-nyckel_1"
QUOTED = f"{NAME} {ADDRESS} {CODE} /intresse/{KEY}/"


def broken():
    """An exception with all of it, raised while another one, from a third, was handled."""
    try:
        try:
            raise ValueError(QUOTED)
        except ValueError as first:
            raise smtplib.SMTPRecipientsRefused({ADDRESS: (550, QUOTED.encode())}) from first
    except smtplib.SMTPRecipientsRefused:
        try:
            raise KeyError(QUOTED)
        except KeyError:
            return sys.exc_info()


def record(message, *args, exc_info=None, **extra):
    made = logging.LogRecord("an.app", logging.ERROR, __file__, 1, message, args, exc_info)
    vars(made).update(extra)
    return made


@pytest.mark.parametrize("formatter", [JsonLine(), ReadableLine()], ids=["json", "readable"])
@pytest.mark.parametrize(
    ("message", "args"),
    [
        (f"{ADDRESS} {CODE} /kalender/{KEY}.ics", ()),
        ("Not Found: %s", (f"/intresse/{KEY}/personer/{ADDRESS}/",)),
        ("%(who)s %(code)s", ({"who": ADDRESS, "code": CODE},)),
        ('"%s" %s', (f"?next=%2Fadress%2F{KEY}&epost=eva.ek%40example.se", 404)),
    ],
)
def test_no_message_holds_an_address_a_code_or_a_key(formatter, message, args):
    line = formatter.format(record(message, *args))
    for secret in ("eva.ek", "växjö", CODE, KEY):
        assert secret not in line
    assert "…" in line


def test_a_traceback_in_production_says_where_and_of_which_kind_and_quotes_nothing():
    line = JsonLine().format(record("Stopped.", exc_info=broken()))
    for secret in (NAME, "Kanarina", "eva.ek", "växjö", CODE, KEY):
        assert secret not in line
    trace = json.loads(line)["exception"]
    for kind in ("builtins.ValueError\n", "smtplib.SMTPRecipientsRefused\n", "builtins.KeyError\n"):
        assert kind in trace
    assert "in broken" in trace


def test_a_message_that_quotes_the_exception_does_not_either():
    """As Celery's does, and ours may."""
    for words in (repr, str):
        error = broken()
        line = JsonLine().format(record("Task a[b] raised unexpected: %s", words(error[1]), exc_info=error))
        assert json.loads(line)["message"] == "Task a[b] raised unexpected: KeyError"
        assert NAME not in line


def test_a_traceback_elsewhere_keeps_the_words_but_no_address_code_or_key():
    line = ReadableLine().format(record("Stopped.", exc_info=broken()))
    for secret in ("eva.ek", "växjö", CODE, KEY):
        assert secret not in line
    assert NAME in line


def test_what_the_system_says_of_its_own_error_is_told():
    try:
        raise OSError(28, "whatever was said", ADDRESS)
    except OSError:
        trace = json.loads(JsonLine().format(record("Stopped.", exc_info=sys.exc_info())))["exception"]
    assert trace.endswith("builtins.OSError: No space left on device\n")


def test_an_error_that_came_of_itself_is_told_once():
    error = ValueError("x")
    error.__cause__ = error
    line = JsonLine().format(record("Stopped.", exc_info=(ValueError, error, None)))
    assert json.loads(line)["exception"] == "builtins.ValueError\n"


def test_a_line_of_a_request_says_which_and_one_of_none_does_not():
    token = REQUEST.set(RequestFacts("abc", "10.0.0.1", "GET", "/om/", 7))
    try:
        line = json.loads(JsonLine().format(record("A line\nof two", status=200, milliseconds=4)))
    finally:
        REQUEST.reset(token)
    assert line.pop("time").endswith("+00:00")
    assert line == {
        "level": "ERROR",
        "logger": "an.app",
        "message": "A line\nof two",
        "request_id": "abc",
        "client": "10.0.0.1",
        "method": "GET",
        "path": "/om/",
        "user_id": 7,
        "status": 200,
        "milliseconds": 4,
    }
    assert set(json.loads(JsonLine().format(record("x")))) == {"time", "level", "logger", "message"}


def test_a_readable_line_has_time_level_and_logger():
    assert " ERROR an.app: Stopped." in ReadableLine().format(record("Stopped."))


@pytest.mark.parametrize(
    "text", ["SHA-256", "2026-11-29 12:00", "celery@worker", "GET /om/ 200", "admission.tasks.erase_interest_people"]
)
def test_what_is_no_secret_stays(text):
    assert scrubbed(text) == text
