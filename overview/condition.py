"""How the site is: one value, which the command, the readiness check, the metrics and SKR's page print."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Count, Min
from django.utils import timezone
from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

from archive.models import Bundle
from kit.enums import BuildState
from kit.periodic import ScheduledTask, scheduled_tasks
from mailings.enums import MailState
from mailings.models import Mail
from reports.models import Build

BROKER_PATIENCE_SECONDS = 1
BUILT = (Build, Bundle)
NO_DATABASE = "The database does not answer."
NO_BROKER = "The broker (REDIS_URL) does not answer."


@dataclass(frozen=True)
class Queue:
    """What waits for the worker. Longer than `patience`, and something is wrong; None where that is asked otherwise."""

    name: str
    waiting: int
    since: datetime | None
    oldest_seconds: int | None
    patience: timedelta | None

    @property
    def is_stuck(self) -> bool:
        return self.patience is not None and (self.oldest_seconds or 0) > self.patience.total_seconds()


@dataclass(frozen=True)
class Condition:
    release: str
    database: str
    migrations_pending: int
    broker: bool
    queues: tuple[Queue, ...]
    periodic: tuple[ScheduledTask, ...]
    uncertain_mail: int
    stuck_builds: int
    free_bytes: int

    @property
    def not_ready(self) -> list[str]:
        """Return why the site should get no visitors, or its operator a call."""
        return [
            *_pending(self.migrations_pending),
            *([] if self.broker else [NO_BROKER]),
            *(_said(task) for task in self.periodic if task.late),
        ]

    @property
    def troubles(self) -> list[str]:
        stuck = [
            f"The oldest in the queue {queue.name} has waited {queue.oldest_seconds} s." for queue in self.stuck_queues
        ]
        builds = [f"Files that are stuck: {self.stuck_builds}."] if self.stuck_builds else []
        return [*self.not_ready, *stuck, *builds]

    @property
    def stuck_queues(self) -> list[Queue]:
        return [queue for queue in self.queues if queue.is_stuck]


def condition() -> Condition:
    now = timezone.now()
    mail = Mail.objects.overdue(now)
    # A mail server may ask us to wait for half an hour; nobody waits so long for a code.
    queues = (
        _queue("code", [mail.codes()], "made_at", now, timedelta(minutes=5)),
        _queue("mail", [mail.ordinary()], "made_at", now, timedelta(hours=1)),
        _queue("builds", [model.objects.filter(state=BuildState.QUEUED) for model in BUILT], "ordered_at", now, None),
    )
    return Condition(
        release=settings.RELEASE,
        database=connection.vendor,
        migrations_pending=migrations_pending(),
        broker=broker_answers(),
        queues=queues,
        periodic=tuple(scheduled_tasks(now)),
        uncertain_mail=Mail.objects.unsettled().filter(state=MailState.UNCERTAIN).count(),
        stuck_builds=sum(model.objects.stuck(now).count() for model in BUILT),
        free_bytes=shutil.disk_usage(settings.VAR_DIR).free,
    )


def why_not_ready() -> list[str]:
    """Return `Condition.not_ready`, also where the database is away or older than this release."""
    try:
        if pending := migrations_pending():
            return list(_pending(pending))
        return condition().not_ready
    except (DatabaseError, InterfaceError):
        return [NO_DATABASE]


def migrations_pending() -> int:
    return len(_migrations_on_disk() - MigrationRecorder(connection).applied_migrations().keys())


@cache
def _migrations_on_disk() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).disk_migrations)


def broker_answers() -> bool:
    """True if the broker takes tasks; a queue in files is there as long as its folder."""
    if not settings.REDIS_URL:
        return True
    patience = {"socket_connect_timeout": BROKER_PATIENCE_SECONDS, "socket_timeout": BROKER_PATIENCE_SECONDS}
    once = Retry(NoBackoff(), 0)
    try:
        with Redis.from_url(settings.REDIS_URL, retry=once, **patience) as redis:
            return bool(redis.ping())
    except (RedisError, OSError):
        return False


def _queue(name: str, parts: list[models.QuerySet], made: str, now: datetime, patience: timedelta | None) -> Queue:
    counts = [rows.order_by().aggregate(waiting=Count("pk"), since=Min(made)) for rows in parts]
    since = min((count["since"] for count in counts if count["since"]), default=None)
    # What was made by a clock that was wrong has not waited less than no time.
    seconds = max(0, int((now - since).total_seconds())) if since else None
    return Queue(name, sum(count["waiting"] for count in counts), since, seconds, patience)


def _pending(number: int) -> Iterator[str]:
    if number:
        yield f"Migrations that have not been run: {number}."


def _said(task: ScheduledTask) -> str:
    when = f"since {timezone.localtime(task.last_run):%Y-%m-%d %H:%M:%S}" if task.last_run else "at all"
    return f"{task.name} ({task.task}) has not run {when}."
