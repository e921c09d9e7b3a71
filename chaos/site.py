"""The site with compose's own commands, on a PostgreSQL, a Redis and a mail server that are its own."""

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import redis

from tests.mail_server import MailServer
from tests.modell.test_deployment import FILLED_IN, ROOT, Running, bare_environment

HOST, SERVICES = FILLED_IN["ALLOWED_HOSTS"], ("web", "worker", "codes", "beat")
PATIENCE_SECONDS = 120.0
CODE = re.compile(r"^([A-Z]{4}-[A-Z]{4})\r?$", re.M)
DATABASE_USER = "postgres"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(true: Callable[[], Any], what: str, patience: float = PATIENCE_SECONDS) -> float:
    """Return after how many seconds it became true; an error counts as not yet."""
    begun = time.monotonic()
    while time.monotonic() - begun < patience:
        with contextlib.suppress(OSError, psycopg.Error, redis.RedisError):
            if true():
                return time.monotonic() - begun
        time.sleep(0.2)
    raise TimeoutError(f"{what}: not within {patience:.0f} s")


class Postgres:
    """A server in a folder of its own; root may not run one, so that the system's user does."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder / "postgres", free_port()
        self.user = DATABASE_USER if os.geteuid() == 0 else None
        # Debian's are not on the path.
        initdb = max(Path("/usr/lib/postgresql").glob("*/bin/initdb"), default=shutil.which("initdb"))
        if not initdb:
            raise SystemExit("chaos: initdb is missing; install postgresql.")
        self.programs = Path(initdb).resolve().parent
        self.folder.mkdir()
        if self.user:
            shutil.chown(self.folder, DATABASE_USER)
        self._run("initdb", "--auth=trust", f"--username={DATABASE_USER}", "--locale=C.UTF-8")
        self.start()

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self.programs / program), "-D", str(self.folder), *arguments]
        # Not to a pipe, which the server would hold open for as long as it runs.
        with (self.folder.parent / "postgres.log").open("ab") as log:
            subprocess.run(
                command, cwd="/", stdin=subprocess.DEVNULL, stdout=log, stderr=log, user=self.user, check=True
            )

    def start(self) -> None:
        self._control("start")

    def stop(self) -> None:
        self._control("stop", "-m", "fast")

    def restart(self) -> None:
        self._control("restart", "-m", "fast")

    def _control(self, *arguments: str) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
        self._run("pg_ctl", "-w", "-s", "-l", str(self.folder / "log"), "-o", options, *arguments)


class RedisServer:
    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder / "redis", free_port()
        self.folder.mkdir()
        self.start()

    def start(self) -> None:
        command = ["redis-server", "--bind", "127.0.0.1", "--port", str(self.port), "--dir", str(self.folder)]
        self.process = subprocess.Popen([*command, "--save", ""], stdout=subprocess.DEVNULL, start_new_session=True)
        with redis.Redis(port=self.port) as asked:
            wait_until(asked.ping, "redis-server")

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()


class Site(Running):
    """The services, each of which can be killed and started again as Docker would."""

    def __init__(self, folder: Path, postgres: Postgres, queue: RedisServer, mail: MailServer) -> None:
        os.environ["DATABASE_URL"] = f"postgres://{DATABASE_USER}@127.0.0.1:{postgres.port}/unused"
        os.environ["REDIS_URL"] = f"redis://127.0.0.1:{queue.port}/0"
        super().__init__(folder)
        self.postgres, self.queue, self.mail = postgres, queue, mail
        self.files = folder / "files"

    def environment(self, service: str) -> dict[str, str]:
        mail = {"EMAIL_URL": f"smtp://127.0.0.1:{self.mail.port}"}
        return {**super().environment(service), **mail}

    def manage(self, *arguments: str, **environment: str) -> str:
        command = [sys.executable, "manage.py", *arguments]
        env = bare_environment(**{**self.environment("migrate"), **environment})
        done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"manage.py {arguments[0]}: {done.stderr[-2000:]}")
        return done.stdout

    def set_up(self) -> None:
        """Make the tables and the demonstration's omgångar, and start all services."""
        self.admin(f"CREATE DATABASE {self.database}")
        with ThreadPoolExecutor() as beside:
            static = beside.submit(self.manage, "collectstatic", "--no-input", "--verbosity=0")
            self.manage("migrate", "--no-input", "--verbosity=0")
            self.manage("load_demo", MODELL_ENV="embedded", MODELL_DEMO="1")
            static.result()
        for service in SERVICES:
            self.start(service)
        wait_until(self.is_ready, "the site")

    def start_with(self, service: str, **environment: str) -> None:
        """Start a service with a setting of its own."""
        usual = self.environment
        self.environment = lambda service: {**usual(service), **environment}  # type: ignore[method-assign]
        try:
            self.start(service)
        finally:
            del self.environment

    def kill(self, service: str) -> None:
        """End a service and its children at once, as a lack of memory would."""
        process = self.processes.pop(service)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def children(self, service: str) -> list[int]:
        """Return the ids of a service's processes, its own among them."""
        parent = self.processes[service].pid
        return [parent, *map(int, Path(f"/proc/{parent}/task/{parent}/children").read_text().split())]

    def rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        with psycopg.connect(f"{self.server}/{self.database}", autocommit=True) as connection:
            return connection.execute(statement, values).fetchall()

    def first_value(self, statement: str, *values: object) -> Any:
        return self.rows(statement, *values)[0][0]

    def codes_for(self, email: str) -> list[str]:
        """Return the codes of all mail to the address, the oldest first."""
        bodies = [mail.get_body(("plain",)) for mail in self.mail.received if email in str(mail["To"])]
        return [hit[1] for body in bodies if body and (hit := CODE.search(body.get_content()))]

    def is_ready(self) -> bool:
        from chaos.visitor import Visitor

        return Visitor(self).ask("/halsa/redo/").status == 200


@contextmanager
def running_site() -> Iterator[Site]:
    with contextlib.ExitStack() as stack:
        folder = Path(
            stack.enter_context(tempfile.TemporaryDirectory(prefix="modell-chaos-", ignore_cleanup_errors=True))
        )
        folder.chmod(0o711)  # the database's user goes through it
        postgres = Postgres(folder)
        stack.callback(_quietly, postgres.stop)
        queue = RedisServer(folder)
        stack.callback(_quietly, queue.stop)
        mail = stack.enter_context(MailServer())
        var = folder / "var"
        var.mkdir()
        site = Site(var, postgres, queue, mail)
        stack.callback(_quietly, site.stop)
        site.set_up()
        yield site


def _quietly(stop: Callable[[], None]) -> None:
    # A fault may have stopped it already.
    with contextlib.suppress(Exception):
        stop()
