"""The life of a file that a worker builds. The row is the truth; messages may be lost or doubled (ADR 6).

A worker takes the row by a lease and renews it while it works. `attempts` is its ticket: a worker that was taken for
dead, and wakes up after another has taken over, sees another ticket in the row and changes nothing.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Self

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from kit.enums import BuildState

log = logging.getLogger(__name__)

UNDER_WAY = (BuildState.QUEUED, BuildState.WORKING)
MAX_ATTEMPTS = 3
# Three tries, each with a worker that is killed in the middle, take a few minutes.
STUCK_AFTER = timedelta(minutes=15)
USUAL_WAIT = timedelta(minutes=1)
INTERRUPTED = "Bygget avbröts tre gånger. Försök igen om en stund."


def lease() -> timedelta:
    return timedelta(seconds=settings.REPORT_LEASE_SECONDS)


def is_let_go(now: datetime) -> Q:
    """Return the condition that no worker holds a build: its lease has run out, or a wrong clock set it.

    A lease is twice as long here, since the worker that has just renewed it may have a clock a little ahead.
    """
    return Q(lease_until__lt=now) | Q(lease_until__gt=now + 2 * lease())


class BuiltQuerySet(models.QuerySet):
    def lost(self, now: datetime) -> Self:
        """Return builds whose worker is taken for dead, and queued ones whose message may have been lost."""
        return self.filter(is_let_go(now), state__in=UNDER_WAY)

    def stuck(self, now: datetime) -> Self:
        return self.filter(state__in=UNDER_WAY, ordered_at__lt=now - STUCK_AFTER)


class Built(models.Model):
    """An ordered file, built by a worker that holds the row by a lease; each model has its own `file`."""

    state = models.CharField("läge", max_length=20, choices=BuildState, default=BuildState.QUEUED)
    step = models.PositiveSmallIntegerField("steg", default=0)
    steps = models.PositiveSmallIntegerField("antal steg", default=0)
    attempts = models.PositiveSmallIntegerField("försök", default=0)
    error = models.TextField("varför inte", blank=True)
    lease_until = models.DateTimeField("lånad till")
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="beställd av"
    )
    ordered_at = models.DateTimeField("beställd", auto_now_add=True)
    ready_at = models.DateTimeField("klar", null=True, blank=True)
    file: Any

    class Meta:
        abstract = True

    @property
    def is_queued(self) -> bool:
        return self.state == BuildState.QUEUED

    @property
    def is_working(self) -> bool:
        return self.state == BuildState.WORKING

    @property
    def is_ready(self) -> bool:
        return self.state == BuildState.READY

    @property
    def is_under_way(self) -> bool:
        return self.is_queued or self.is_working

    @property
    def is_begun_again(self) -> bool:
        """True if it is under way and has been left halfway by a worker that died."""
        return self.is_under_way and self.attempts > int(self.is_working)

    @property
    def waits_long(self) -> bool:
        """True if no worker has begun in its usual time: it may be away, or what tells it."""
        return self.is_queued and timezone.now() - self.ordered_at > USUAL_WAIT

    @property
    def has_file(self) -> bool:
        return self.is_ready and default_storage.exists(self.file.name)

    @property
    def is_gone(self) -> bool:
        """True if the file was built and is lost, as after a restore without the files."""
        return self.is_ready and not self.has_file


class LeaseLost(Exception):
    """Another worker has the row, or it is deleted: the file that was made is thrown away."""


def take_row(rows: models.QuerySet, build_id: int, *, steps: int) -> Any | None:
    """Lease and return a row that is queued, or left by a worker taken for dead; None if it is not free."""
    now = timezone.now()
    # One UPDATE both checks and takes, so that only one worker gets the row.
    free = Q(state=BuildState.QUEUED) | Q(is_let_go(now), state=BuildState.WORKING)
    taken = rows.filter(free, pk=build_id, attempts__lt=MAX_ATTEMPTS).update(
        state=BuildState.WORKING, step=0, steps=steps, attempts=F("attempts") + 1, lease_until=now + lease()
    )
    return rows.get(pk=build_id) if taken else None


@transaction.atomic
def requeue_lost_rows(rows: models.QuerySet) -> list[int]:
    """Queue rows with an expired lease again, fail those tried too often, and return the ids to send."""
    now = timezone.now()
    lost = rows.lost(now)  # type: ignore[attr-defined]
    lost.filter(attempts__gte=MAX_ATTEMPTS).update(state=BuildState.FAILED, error=INTERRUPTED)
    ids = list(lost.select_for_update().values_list("pk", flat=True))
    rows.filter(pk__in=ids).update(state=BuildState.QUEUED, step=0, lease_until=now + lease())
    return ids


def work_on(job: Job | None, work: Callable[[], None], broken: str) -> None:
    """Do the work of a lease. Never raise: an error is stored in the row, as the sentence `broken`."""
    if job is None:
        return
    try:
        work()
    except LeaseLost:
        log.warning("%s %s was taken over or removed.", job.name, job.build.pk)
    except Exception:
        log.exception("%s %s failed.", job.name, job.build.pk)
        job.fail(broken)


@dataclass
class Job:
    """A worker's lease on a row."""

    build: Any
    renewed: float = 0.0

    @property
    def name(self) -> str:
        return type(self.build).__name__

    def step(self, number: int) -> None:
        self._update(step=number, lease_until=timezone.now() + lease())

    def beat(self) -> None:
        """Renew the lease when a fifth of it has passed; the printer calls this at every page."""
        if time.monotonic() - self.renewed > settings.REPORT_LEASE_SECONDS / 5:
            self._update(lease_until=timezone.now() + lease())

    def store(self, name: str, content: File, then: Callable[[], object], **values: Any) -> None:
        """Store the file and say in the row that it is ready; `then` writes what belongs to it."""
        # The file goes before the row that names it, so that nobody sees half a file.
        stored = default_storage.save(name, content)
        try:
            with transaction.atomic():
                self._update(state=BuildState.READY, file=stored, ready_at=timezone.now(), error="", **values)
                then()
        except BaseException:
            default_storage.delete(stored)
            raise

    def fail(self, sentence: str) -> None:
        try:
            self._update(state=BuildState.FAILED, error=sentence)
        except LeaseLost:
            log.warning("%s %s had been taken over.", self.name, self.build.pk)

    def _update(self, **values: Any) -> None:
        rows = type(self.build).objects
        if not rows.filter(pk=self.build.pk, state=BuildState.WORKING, attempts=self.build.attempts).update(**values):
            raise LeaseLost
        self.renewed = time.monotonic()


def discard(builds: models.QuerySet) -> None:
    # Rows go first: a worker that still builds one of them loses its lease and throws its file away.
    for build in builds:
        build.delete()
        if build.file.name:
            transaction.on_commit(partial(default_storage.delete, build.file.name))
