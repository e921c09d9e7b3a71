"""Databases with every migration applied, made once and copied: by each run of the suite, and by what starts in a test.

The migrations take half a minute, a copy a second. One is made anew when a migration, or what one loads, has changed.
"""

import fcntl
import os
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

ROOT = Path(__file__).resolve().parents[1]
PREFIX = "modell_migrated_"
# Of this lock's number only one process at a time makes the database.
LOCK = 20_261_130
MADE = "SELECT datname FROM pg_database WHERE datname LIKE %s ORDER BY oid"
# Several checkouts may share a server.
KEPT = 6
# SQLite's are files of this checkout.
FILES = ROOT / "var/migrated"


def template() -> str:
    """Return the name of the database to copy; make it if it is missing, and drop the oldest beyond the newest few."""
    name = PREFIX + digest()
    server = urlsplit(os.environ["DATABASE_URL"])
    with psycopg.connect(urlunsplit(server._replace(path="/postgres")), autocommit=True) as admin:
        if admin.execute("SELECT pg_try_advisory_lock(%s)", [LOCK]).fetchone() != (True,):
            # Another process makes it: meanwhile this one makes SQLite's, for the site that the suite serves.
            sqlite_template()
            admin.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        made = [row[0] for row in admin.execute(MADE, [f"{PREFIX}%"])]
        if name not in made:
            _make(admin, name, server)
        for old in made[:-KEPT]:
            if old != name:
                admin.execute(f'DROP DATABASE IF EXISTS "{old}" WITH (FORCE)')
    return name


def copy_sqlite(to: Path) -> None:
    """Copy the SQLite database to a file."""
    shutil.copy(sqlite_template(), to)
    for rest in ("-wal", "-shm"):
        Path(f"{to}{rest}").unlink(missing_ok=True)


def sqlite_template() -> Path:
    """Return the SQLite database to copy; make it if it is missing, and drop those of other migrations."""
    FILES.mkdir(parents=True, exist_ok=True)
    file = FILES / f"{digest()}.sqlite3"
    with (FILES / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not file.exists():
            for old in FILES.glob("*.sqlite3*"):
                old.unlink()
            # Under another name until it is whole.
            making = file.with_suffix(".sqlite3-making")
            _migrate(f"sqlite:///{making}")
            making.rename(file)
    return file


def digest() -> str:
    """Return what stands for the migrations, the rows that they load and the versions of the packages."""
    code = [path for name in ("migrations/*.py", "loading.py", "register.py") for path in ROOT.glob(f"*/{name}")]
    data = [path for path in (ROOT / "data").rglob("*") if path.suffix in (".json", ".csv")]
    files = sorted([*code, *data, ROOT / "requirements/base.txt"])
    return sha256(b"".join(str(file.relative_to(ROOT)).encode() + file.read_bytes() for file in files)).hexdigest()[:16]


def _make(admin: psycopg.Connection, name: str, server: Any) -> None:
    # Under another name until it is whole.
    making = f"{name}_making"
    admin.execute(f'DROP DATABASE IF EXISTS "{making}" WITH (FORCE)')
    admin.execute(f'CREATE DATABASE "{making}"')
    _migrate(urlunsplit(server._replace(path=f"/{making}")))
    admin.execute(f'ALTER DATABASE "{making}" RENAME TO "{name}"')


def _migrate(database: str) -> None:
    # It is used on any day, so it is made on none that is set.
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MODELL_NOW")}
    command = [sys.executable, "manage.py", "migrate", "--no-input", "--verbosity=0"]
    subprocess.run(command, cwd=ROOT, env={**kept, "DATABASE_URL": database}, check=True)
