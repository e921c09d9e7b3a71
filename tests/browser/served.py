"""The demonstration as `bin/serve` serves it. To make it ready takes a minute, so each site has a copy of one."""

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.migrated import copy_sqlite

ROOT = Path(__file__).resolve().parents[2]
# A bound costs time only where a test fails, so it is far beyond what a busy machine needs.
PATIENCE_SECONDS = 600


class Site:
    """A site with its data in a folder, which can be stopped and started again on the same data."""

    def __init__(self, var: Path) -> None:
        port = _free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.environment = {**os.environ, "PORT": str(port), "MODELL_VAR": str(var)}
        for name in ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "MODELL_ENV"):
            self.environment.pop(name, None)
        self.server: subprocess.Popen | None = None

    def make_ready(self) -> None:
        subprocess.run([sys.executable, "bin/serve", "--make-ready"], cwd=ROOT, env=self.environment, check=True)

    def start(self) -> None:
        command = [sys.executable, "bin/serve"]
        self.server = subprocess.Popen(
            command, cwd=ROOT, env=self.environment, start_new_session=True, stdout=subprocess.DEVNULL
        )
        _wait_for(f"{self.url}/halsa/", self.server)

    def stop(self) -> None:
        if self.server:
            self.server.terminate()
            self.server.wait(PATIENCE_SECONDS)
            self.server = None


def copied_site(var: Path, shared: Path) -> Site:
    """Return a site, not started, with a copy of the data that was made ready once in a run, in the shared folder."""
    made, ready = shared / "first-site", shared / "first-site.ready"
    with (shared / "first-site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not ready.exists():
            made.mkdir()
            copy_sqlite(made / "modell.sqlite3")
            Site(made).make_ready()
            ready.touch()
    shutil.copytree(made, var, dirs_exist_ok=True)
    return Site(var)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str, server: subprocess.Popen) -> None:
    last = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < last:
        assert server.poll() is None, "bin/serve ended before it answered"
        try:
            urlopen(url, timeout=PATIENCE_SECONDS).close()
            return
        except (URLError, OSError):
            time.sleep(0.2)
    raise AssertionError(f"{url} did not answer within {PATIENCE_SECONDS} s")
