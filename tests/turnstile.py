"""What keeps a browser's late requests apart from the rows that a test puts back."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from threading import Condition
from typing import Any

# It is waited for only by a test that has failed anyway.
PATIENCE_SECONDS = 60


class Turnstile:
    """The live server's app, and how many requests are in it: none is while `closed`, and who comes then waits."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._inside = 0
        self._closed = False

    def before(self, app: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
        def passed(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
            self._enter()
            try:
                return app(environ, start_response)
            finally:
                self._leave()

        return passed

    @contextmanager
    def closed(self) -> Iterator[None]:
        """A page saves as it is left, so its last request can come after the test has ended."""
        with self._changed:
            assert self._changed.wait_for(lambda: not self._inside, PATIENCE_SECONDS), "a request is never answered"
            self._closed = True
        try:
            yield
        finally:
            with self._changed:
                self._closed = False
                self._changed.notify_all()

    def _enter(self) -> None:
        with self._changed:
            self._changed.wait_for(lambda: not self._closed, PATIENCE_SECONDS)
            self._inside += 1

    def _leave(self) -> None:
        with self._changed:
            self._inside -= 1
            self._changed.notify_all()


TURNSTILE = Turnstile()
