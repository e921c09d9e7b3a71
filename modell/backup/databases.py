"""The database as one file, out and in: a copy of SQLite's own, or a dump by PostgreSQL's own programs."""

import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

from django.db import connection, transaction
from django.utils import timezone

from kit.orphans import file_fields
from mailings.models import MailHold
from modell.backup.refusals import BackupRefused

# A restore does not wait for ever for a site that somebody forgot to stop.
ASIDE, AT_A_TIME = "modell_set_aside", 10
PATIENCE = "60s"


@dataclass(frozen=True)
class Dumped:
    """What the dump holds, read at its own moment: its migrations, and the stored files that its rows name."""

    migrations: list[str]
    named: frozenset[str]

    @classmethod
    def read(cls, cursor: Any) -> "Dumped":
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
        migrations = [f"{app}.{name}" for app, name in cursor.fetchall()]
        named: set[str] = set()
        for table, column in _columns_of_files():
            cursor.execute(f"SELECT DISTINCT {column} FROM {table} WHERE {column} <> ''")  # noqa: S608  (our own names)
            named.update(name for (name,) in cursor.fetchall())
        return cls(migrations, frozenset(named))


def _columns_of_files() -> Iterator[tuple[str, str]]:
    quoted = connection.ops.quote_name
    for field in file_fields():
        yield quoted(field.model._meta.db_table), quoted(str(field.column))


def _hold() -> str:
    """Return the SQL that keeps mail from leaving, so that the rows never are there without it."""
    table = connection.ops.quote_name(MailHold._meta.db_table)
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    return f"DELETE FROM {table}; INSERT INTO {table} (since) VALUES ('{now}');"  # noqa: S608  (our own names)


class DatabaseFile(Protocol):
    """A kind of database, as a backup has it."""

    kind: str
    name: str

    def dump(self, path: Path) -> Dumped: ...

    def refuse_unreadable(self, path: Path) -> None:
        """Refuse a file that cannot be loaded here."""

    def load(self, path: Path) -> None:
        """Replace all that the database holds, in one transaction, and hold its mail."""


class SQLiteFile:
    kind, name = "sqlite", "database.sqlite3"

    def dump(self, path: Path) -> Dumped:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(path)])
        with connection.wrap_database_errors, closing(sqlite3.connect(path)) as copy:
            return Dumped.read(copy.cursor())

    def refuse_unreadable(self, path: Path) -> None:
        with connection.wrap_database_errors, closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as copy:
            copy.execute("SELECT count(*) FROM sqlite_master")

    def load(self, path: Path) -> None:
        # The backup itself is not touched. Into the file that is there, page by page: whoever has it open sees the new.
        beside = Path(connection.settings_dict["NAME"]).parent
        connection.ensure_connection()
        with connection.wrap_database_errors, TemporaryDirectory(dir=beside) as folder:
            staged = shutil.copyfile(path, Path(folder) / path.name)
            with closing(sqlite3.connect(staged)) as source:
                source.executescript(_hold())
                source.backup(connection.connection)


class PostgreSQLFile:
    kind, name = "postgresql", "database.dump"

    def dump(self, path: Path) -> Dumped:
        server = _server()
        version = _version("pg_dump", server)
        if version < server:
            raise BackupRefused(
                f"pg_dump is of PostgreSQL {version} and the server of {server}: install postgresql-client-{server}, "
                "or dump in the server's own container (docs/drift.md)"
            )
        # The dump and the names of files are of the same moment: pg_dump reads by this transaction's snapshot.
        with transaction.atomic(durable=True), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            (snapshot,) = cursor.fetchone()
            where, environment = _connected()
            _run("pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={path}", *where, env=environment)
            return Dumped.read(cursor)

    def refuse_unreadable(self, path: Path) -> None:
        server = _server()
        _version("psql", server)
        _version("pg_restore", server)
        _run("pg_restore", "--list", str(path))

    def load(self, path: Path) -> None:
        _drop_aside()
        tables = [connection.ops.quote_name(table) for table in connection.introspection.table_names()]
        connection.close()
        where, environment = _connected()
        with TemporaryDirectory() as folder:
            # First the whole script: a dump that breaks off halfway must not be committed.
            script = Path(folder) / "database.sql"
            _run("pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(path))
            steps = (f"--command={_aside(tables)}", f"--file={script}", f"--command=RESET search_path; {_hold()}")
            options = ("--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1")
            _run("psql", *options, *steps, *where, env=environment)
        _drop_aside()


def _aside(tables: Sequence[str]) -> str:
    """Return the statements that set the old tables aside, once nobody uses them.

    To drop them in the transaction that makes the new ones would lock each constraint and trigger of both, which is
    more than a server with its usual settings has room for.
    """
    moved = [f"ALTER TABLE {table} SET SCHEMA {ASIDE};" for table in tables]
    locked = [f"LOCK TABLE {', '.join(tables)} IN ACCESS EXCLUSIVE MODE;"] if tables else []
    return " ".join([f"SET lock_timeout = '{PATIENCE}';", *locked, f"CREATE SCHEMA {ASIDE};", *moved])


def _drop_aside() -> None:
    """Drop what a restore has set aside, a few tables at a time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY tablename", [ASIDE])
        tables = [f"{ASIDE}.{connection.ops.quote_name(name)}" for (name,) in cursor.fetchall()]
        for start in range(0, len(tables), AT_A_TIME):
            cursor.execute(f"DROP TABLE {', '.join(tables[start : start + AT_A_TIME])} CASCADE")
        cursor.execute(f"DROP SCHEMA IF EXISTS {ASIDE}")


def database_file() -> DatabaseFile:
    return PostgreSQLFile() if connection.vendor == "postgresql" else SQLiteFile()


def _connected() -> tuple[Sequence[str], dict[str, str]]:
    """Return the arguments and the environment by which PostgreSQL's programs reach this site's database."""
    # Django's own for psql, whose first argument is the program; the password is in the environment alone.
    (_, *where), environment = connection.client.settings_to_cmd_args_env(connection.settings_dict, [])
    return where, environment or {}


def _server() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        return int(cursor.fetchone()[0]) // 10_000


def _version(program: str, server: int) -> int:
    if shutil.which(program) is None:
        raise BackupRefused(f"{program} is not installed: install postgresql-client-{server} (docs/drift.md)")
    version = re.search(r"\d+", _run(program, "--version"))
    return int(version[0]) if version else 0


def _run(program: str, *arguments: str, env: dict[str, str] | None = None) -> str:
    done = subprocess.run(  # noqa: S603  (our own arguments)
        [shutil.which(program) or program, *arguments],
        env={**os.environ, **(env or {}), "LC_ALL": "C"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = done.stderr.strip().splitlines()
        raise BackupRefused(said[0] if said else f"{program} ended with {done.returncode}")
    return done.stdout
