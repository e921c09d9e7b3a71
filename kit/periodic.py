"""What beat starts by itself: when each task last ran to its end, and which of them is late."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from celery.schedules import crontab, maybe_schedule
from django.conf import settings
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from kit.models import PeriodicRun

PERIODS = 3
# A task that comes often may stand behind a long PDF without anything being wrong.
SHORTEST = timedelta(minutes=1)
# After an hour of the clock; more than an hour, since a task by the hour may miss one while the site is renewed.
MARGIN = timedelta(minutes=90)
# Two machines' clocks differ by less; a run further ahead was noted by a clock that was wrong.
CLOCKS_DIFFER = timedelta(minutes=1)


@dataclass(frozen=True)
class ScheduledTask:
    name: str  # in the schedule
    task: str
    every: timedelta
    last_run: datetime | None
    late: bool


def periodic(work: Callable[[], None]) -> Callable[[], None]:
    """Make a scheduled task leave the time of each run that came to its end, one that found nothing to do included."""
    name = f"{work.__module__}.{work.__name__}"

    @wraps(work)
    def run() -> None:
        work()
        run = PeriodicRun(name=name, last_run=timezone.now())
        PeriodicRun.objects.bulk_create(
            [run], update_conflicts=True, unique_fields=("name",), update_fields=("last_run",)
        )

    return run


def scheduled_tasks(now: datetime) -> list[ScheduledTask]:
    runs = dict(PeriodicRun.objects.values_list("name", "last_run"))
    set_up = _set_up_at()
    entries: dict[str, dict[str, Any]] = settings.CELERY_BEAT_SCHEDULE
    return [_task(name, entry, runs.get(entry["task"]), set_up, now) for name, entry in entries.items()]


def _task(name: str, entry: dict[str, Any], noted: datetime | None, set_up: datetime, now: datetime) -> ScheduledTask:
    last_run = min(noted, now) if noted and noted <= now + CLOCKS_DIFFER else None
    since = last_run or min(set_up, now)
    when: Any = maybe_schedule(entry["schedule"])
    return ScheduledTask(name, entry["task"], _every(when, since), last_run, late=now > _late_at(when, since))


def _set_up_at() -> datetime:
    # A task that is new in this release has not run either, so it counts from when the release was set up.
    applied = MigrationRecorder.Migration.objects.order_by("-applied")
    return applied.values_list("applied", flat=True)[0]


def _late_at(when: Any, since: datetime) -> datetime:
    if isinstance(when, crontab):
        return _due(when, since) + MARGIN
    return since + max(PERIODS * when.run_every, SHORTEST)


def _every(when: Any, since: datetime) -> timedelta:
    if isinstance(when, crontab):
        due = _due(when, since)
        return _due(when, due) - due
    return when.run_every


def _due(when: crontab, since: datetime) -> datetime:
    """Return the first time after `since` at which the clock says that it is to run."""
    here, ahead, _ = when.remaining_delta(since)
    return here + ahead
