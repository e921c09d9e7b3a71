"""What keeps a browser's late requests apart from the rows that a test puts back."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from threading import Condition
from typing import Any

PATIENCE_SECONDS = 60


class Turnstile:
    """How many requests are in an app: none is while `closed`, and one that comes then waits."""

    def __init__(self, patience: float = PATIENCE_SECONDS) -> None:
        self._changed = Condition()
        self._patience = patience
        self._inside = 0
        self._closed = False

    def before(self, app: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
        def passed(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
            with self._changed:
                self._wait_for(lambda: not self._closed, "rows are put back for too long")
                self._inside += 1
            try:
                return app(environ, start_response)
            finally:
                with self._changed:
                    self._inside -= 1
                    self._changed.notify_all()

        return passed

    @contextmanager
    def closed(self) -> Iterator[None]:
        """A page saves as it is left, so its last request can come after the test has ended."""
        with self._changed:
            self._wait_for(lambda: not self._inside, "a request is not answered")
            self._closed = True
        try:
            yield
        finally:
            with self._changed:
                self._closed = False
                self._changed.notify_all()

    def _wait_for(self, it_is_so: Callable[[], bool], otherwise: str) -> None:
        assert self._changed.wait_for(it_is_so, self._patience), otherwise


TURNSTILE = Turnstile()
