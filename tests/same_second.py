"""Doings at the same second, each with a connection of its own, on PostgreSQL.

Where `behind` is given, the rows are held until every doing waits for one, so that the race is there each time and not
now and then.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier
from time import monotonic

from django.db import connection, transaction
from django.db.models import QuerySet

from kit.models import AuditEvent
from kit.refusals import ActionRefused

# A wait that would never end fails instead; a deadlock PostgreSQL finds by itself after a second.
PATIENCE = 60

Doing = Callable[[], object]


def at_once(*doings: Doing, behind: QuerySet | Doing | None = None) -> list[object]:
    """What each returned or was refused with; anything else that one of them raises fails the test."""
    together = Barrier(len(doings))
    with ThreadPoolExecutor(len(doings)) as pool, locked(behind) as is_over:
        futures = [pool.submit(in_own_connection, doing, together) for doing in doings]
        is_over(futures)
    return [future.result() for future in futures]


def in_own_connection(doing: Doing, together: Barrier) -> object:
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = '{PATIENCE}s'; SET statement_timeout = '{PATIENCE}s'")
        together.wait(PATIENCE)
        return doing()
    except ActionRefused as refusal:
        return refusal
    finally:
        with connection.cursor() as cursor:  # the pool gives the connection to others
            cursor.execute("RESET lock_timeout; RESET statement_timeout")
        connection.close()


@contextmanager
def locked(rows: QuerySet | Doing | None) -> Iterator[Callable[[list[Future]], None]]:
    """Hold the rows, or what a doing makes, until each of the futures is done or waits for a lock."""
    if rows is None:
        yield lambda futures: None
        return
    with transaction.atomic():
        if isinstance(rows, QuerySet):
            assert list(rows.select_for_update(of=("self",))), "nothing is held"
        else:
            rows()
        yield wait_for_all


def wait_for_all(futures: list[Future]) -> None:
    last = monotonic() + PATIENCE
    while waiting() + sum(future.done() for future in futures) < len(futures):
        assert monotonic() < last, "not all came to the lock"


def waiting() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")  # else a transaction sees the first answer for ever
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return cursor.fetchone()[0]


def of_kind(results: list[object], kind: type) -> list:
    return [result for result in results if isinstance(result, kind)]


def row(instance):
    """The instance's row, to be held."""
    return type(instance).objects.filter(pk=instance.pk)


def events(kind: str) -> int:
    return AuditEvent.objects.filter(kind=kind).count()
