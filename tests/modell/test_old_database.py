"""A database of the old kind ends every command with one line; starting over removes it."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = (
    ["migrate"],
    ["load_demo"],
    ["export_cohort", "en-omgang", "--output", "ut.json"],
    ["staff", "add", "eva.ek@example.se"],
)
OLD = (
    "CREATE TABLE django_migrations (id integer PRIMARY KEY, app varchar(255), name varchar(255), applied timestamp)",
    "INSERT INTO django_migrations VALUES (1, 'programme', '0001_initial', '2026-11-27')",
)


def manage(arguments: list[str], **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    kept["DJANGO_SETTINGS_MODULE"] = "modell.settings"
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env={**kept, **environment}, capture_output=True, text=True, check=False
    )


def is_refused(done: subprocess.CompletedProcess[str]) -> bool:
    lines = done.stderr.splitlines()
    return done.returncode == 1 and len(lines) == 1 and "make demo-reset" in lines[0] and not done.stdout


@pytest.fixture
def old(tmp_path: Path) -> Path:
    with sqlite3.connect(tmp_path / "modell.sqlite3") as database:
        for statement in OLD:
            database.execute(statement)
    database.close()
    return tmp_path


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_every_command_ends_with_one_line(old, command):
    assert is_refused(manage(["manage.py", *command], MODELL_VAR=str(old), MODELL_DEMO="1"))


def test_a_command_that_asks_no_database_goes_on(old):
    assert manage(["manage.py", "check"], MODELL_VAR=str(old)).returncode == 0


def test_starting_over_empties_the_queue_too(old):
    (old / "queue").mkdir()
    (old / "queue" / "a-message").write_text("programme.tasks.remind")
    done = manage(["bin/serve", "--forget"], MODELL_VAR=str(old), PORT="8765")
    assert (done.returncode, done.stderr) == (0, "")
    assert list(old.iterdir()) == []


def test_starting_over_leaves_a_database_server_alone(old):
    done = manage(
        ["bin/serve", "--forget"], MODELL_VAR=str(old), PORT="8765", DATABASE_URL="postgres://nobody@127.0.0.1/x"
    )
    assert done.returncode == 1
    assert "does not empty" in done.stderr
    assert (old / "modell.sqlite3").exists()


@pytest.mark.services
def test_on_postgresql_too(tmp_path):
    given = settings.DATABASES["default"]
    server = {"host": given["HOST"], "port": given["PORT"], "user": given["USER"], "password": given["PASSWORD"]}
    name = f"old_{os.getpid()}"
    with psycopg.connect(**server, dbname="postgres", autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        try:
            with psycopg.connect(**server, dbname=name) as database:
                for statement in OLD:
                    database.execute(statement)
            url = f"postgres://{given['USER']}:{given['PASSWORD']}@{given['HOST']}:{given['PORT']}/{name}"
            assert is_refused(manage(["manage.py", "migrate"], MODELL_VAR=str(tmp_path), DATABASE_URL=url))
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
