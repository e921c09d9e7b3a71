"""Rows that took long to load, kept in tables of their own beside the database's, which no flush empties."""

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from tests.turnstile import TURNSTILE

PREFIX = "kept_"
# A database may be used again with rows that an older version of the code has loaded, so only a name kept here counts.
KEPT: set[str] = set()


def keep(name: str) -> None:
    """Keep every row of every table under a name. In a transaction the tables would go with it."""
    assert not connection.in_atomic_block, "only a transactional test may keep rows"
    with transaction.atomic(), connection.cursor() as cursor:
        for table in _tables():
            cursor.execute(f"DROP TABLE IF EXISTS {_kept(name, table)}")
            cursor.execute(f"CREATE TABLE {_kept(name, table)} AS SELECT * FROM {_quoted(table)}")
    KEPT.add(name)


def put_back(name: str) -> bool:
    """Replace all that the database holds with the rows kept under a name; return False if there are none."""
    if name not in KEPT:
        return False
    with TURNSTILE.closed(), transaction.atomic(), connection.cursor() as cursor:
        _leave_out_references(cursor)
        for table in _tables():
            cursor.execute(f"DELETE FROM {_quoted(table)}")
        for table in _tables():
            cursor.execute(f"INSERT INTO {_quoted(table)} SELECT * FROM {_kept(name, table)}")
        for statement in connection.ops.sequence_reset_sql(no_style(), _models()):
            cursor.execute(statement)
    ContentType.objects.clear_cache()
    return True


def _leave_out_references(cursor: CursorWrapper) -> None:
    """Where the role may, check no reference: all tables are replaced, and the checks take most of the time."""
    if connection.vendor == "postgresql":
        cursor.execute("SHOW is_superuser")
        if cursor.fetchone() == ("on",):
            cursor.execute("SET LOCAL session_replication_role = replica")


def put_back_demonstration() -> None:
    """Load the demonstration once a day for each worker: it follows the calendar."""
    name = f"demo_{timezone.localdate():%Y%m%d}"
    if not put_back(name):
        call_command("load_demo", verbosity=0)
        keep(name)


def _models() -> list:
    return [model for model in apps.get_models(include_auto_created=True) if not model._meta.proxy]


def _tables() -> list[str]:
    return sorted({model._meta.db_table for model in _models()})


def _quoted(table: str) -> str:
    return connection.ops.quote_name(table)


def _kept(name: str, table: str) -> str:
    return _quoted(f"{PREFIX}{name}_{table}")
