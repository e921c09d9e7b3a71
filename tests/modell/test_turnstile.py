"""A request of a page that is being closed, and the rows that are put back meanwhile."""

from threading import Thread

import pytest

from tests.turnstile import Turnstile

pytestmark = pytest.mark.one_database


def test_no_rows_are_put_back_while_a_request_is_inside():
    turnstile, seen = Turnstile(patience=0), []

    def app(environ, start_response):
        with pytest.raises(AssertionError, match="a request is not answered"), turnstile.closed():
            seen.append("put back")

    turnstile.before(app)({}, None)
    with turnstile.closed():
        seen.append("put back afterwards")
    assert seen == ["put back afterwards"]


def test_no_request_comes_in_while_rows_are_put_back():
    turnstile, seen = Turnstile(patience=0), []
    passed = turnstile.before(lambda environ, start_response: seen.append(environ))
    with turnstile.closed(), pytest.raises(AssertionError, match="rows are put back for too long"):
        passed("during", None)
    passed("after", None)
    assert seen == ["after"]


def test_one_that_comes_meanwhile_is_let_in_afterwards():
    turnstile, seen = Turnstile(), []
    late = Thread(target=turnstile.before(lambda environ, start_response: seen.append(environ)), args=("late", None))
    with turnstile.closed():
        late.start()
        seen.append("put back")
    late.join()
    assert seen == ["put back", "late"]


def test_a_request_that_fails_is_out_again():
    turnstile = Turnstile(patience=0)

    def app(environ, start_response):
        raise OSError

    with pytest.raises(OSError):
        turnstile.before(app)({}, None)
    with turnstile.closed():
        pass
