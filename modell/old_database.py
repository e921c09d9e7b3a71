"""The refusal of a database from before the apps were cut by subject, which this version cannot read."""

import sys
from pathlib import Path

import django
from django.conf import settings
from django.db import DatabaseError, connection

OLD_APP = "programme"
# Commands that need no database, and must not wait for one.
ASKS_NO_DATABASE = ("check", "collectstatic", "help", "makemigrations", "version", "--help", "--version")
SENTENCE = (
    "modell: the database was made by an older version and cannot be read by this one. Run make demo-reset to start "
    "the demonstration over, or set DATABASE_URL to an empty database."
)


def refuse_old_database(arguments: list[str]) -> None:
    """Exit with code 1 and a line on stderr if the database is of the old kind."""
    if not arguments[1:2] or arguments[1] in ASKS_NO_DATABASE:
        return
    django.setup()
    if is_old():
        print(SENTENCE, file=sys.stderr)  # noqa: T201  (a command speaks to its terminal)
        raise SystemExit(1)


def is_old() -> bool:
    # Also False without a database or an answer from it: the command itself then gives a better message.
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3") and not Path(database["NAME"]).exists():
        return False
    try:
        with connection.cursor() as cursor:
            if "django_migrations" not in connection.introspection.table_names(cursor):
                return False
            cursor.execute("SELECT 1 FROM django_migrations WHERE app = %s", [OLD_APP])
            return cursor.fetchone() is not None
    except DatabaseError:
        return False
