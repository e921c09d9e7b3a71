"""A Redis that cannot be used, for tests: nothing listens, or it takes connections and never answers."""

import socket
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any
from uuid import uuid4

Away = tuple[str, Callable[[], int]]


def redis_at(address: str) -> dict[str, dict[str, Any]]:
    """Django's CACHES as production has them, with keys of their own."""
    limits = {"socket_connect_timeout": 0.25, "socket_timeout": 0.25}
    backend = {"BACKEND": "kit.cache.RedisOrMemory", "LOCATION": address, "OPTIONS": limits}
    return {"default": {**backend, "KEY_PREFIX": uuid4().hex}}


@contextmanager
def refused() -> Iterator[Away]:
    """An address where nothing listens: the port is taken, by a socket that does not listen."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        yield f"redis://127.0.0.1:{free.getsockname()[1]}/0", lambda: 0


@contextmanager
def silent() -> Iterator[Away]:
    """A server that never answers; the function returns how many connections came since it was last asked."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        server.settimeout(0)
        yield f"redis://127.0.0.1:{server.getsockname()[1]}/0", lambda: _came(server)


def _came(server: socket.socket) -> int:
    number = 0
    while True:
        try:
            server.accept()[0].close()
        except BlockingIOError:
            return number
        number += 1
