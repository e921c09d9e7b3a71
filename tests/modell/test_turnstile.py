"""A request of a page that is being closed, and the rows that are put back meanwhile."""

from threading import Event, Thread

import pytest

from tests.turnstile import Turnstile

pytestmark = pytest.mark.one_database


def test_rows_are_put_back_after_the_request_that_is_inside_and_before_the_next():
    turnstile, seen, asked, may_end = Turnstile(), [], Event(), Event()

    def app(environ, start_response):
        seen.append(f"{environ} asks")
        asked.set()
        may_end.wait()
        seen.append(f"{environ} is answered")

    def put_back():
        with turnstile.closed():
            seen.append("put back")
            late.start()
            late.join(0.1)  # it has every chance to come in

    passed = turnstile.before(app)
    early, late, keeper = (
        Thread(target=passed, args=("early", None)),
        Thread(target=passed, args=("late", None)),
        Thread(target=put_back),
    )
    early.start()
    asked.wait()
    keeper.start()
    may_end.set()
    for thread in (early, keeper, late):
        thread.join()
    assert seen == ["early asks", "early is answered", "put back", "late asks", "late is answered"]
