"""The site served by `bin/serve` on a free port, as when a person starts it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
PATIENCE_SECONDS = 90
# Settings of the bench itself. Without them the site runs on SQLite and needs nothing installed.
LEFT_OUT = ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "MODELL_ENV")


@contextmanager
def serving(var: Path, **environment: str) -> Iterator[str]:
    """Yield the address of the running site, and stop the server afterwards."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    inherited = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}
    server = subprocess.Popen(
        [sys.executable, "bin/serve"],
        cwd=ROOT,
        env={**inherited, "PORT": str(port), "MODELL_VAR": str(var), **environment},
        start_new_session=True,
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/halsa/", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    last = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < last:
        if server.poll() is not None:
            raise SystemExit("bench: bin/serve ended before it answered; what went wrong stands above.")
        try:
            urlopen(url, timeout=1).close()
            return
        except (URLError, OSError):
            time.sleep(0.2)
    raise SystemExit(f"bench: {url} did not answer within {PATIENCE_SECONDS} s.")
