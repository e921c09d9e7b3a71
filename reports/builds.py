"""The life of an ordered PDF, as the worker lives it. The row is the truth; messages may be lost or doubled.

A worker takes the row by a lease and renews it while it works. `attempts` is its ticket: one that was taken for
dead, and wakes up after another has taken over, finds another ticket in the row and changes nothing.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from modell import audit
from modell.audit import Kind
from reports.content import Content, content_of
from reports.enums import BuildState
from reports.models import Build
from reports.pdf import render_pdf

log = logging.getLogger(__name__)

STEPS = ("Läser underlaget", "Sätter sidorna", "Sparar filen")
MAX_ATTEMPTS = 3
BROKEN = "Det blev fel när PDF:en byggdes. Försök igen, och hör av dig till SKR om det inte hjälper."
INTERRUPTED = "Bygget avbröts tre gånger. Försök igen om en stund."


class LeaseLost(Exception):
    """Another worker has the row, or it is gone: what we made is thrown away."""


def lease() -> timedelta:
    return timedelta(seconds=settings.REPORT_LEASE_SECONDS)


def run(build_id: int) -> None:
    """Build one PDF, if nobody else does. Never raises: what went wrong stands in the row."""
    job = take(build_id)
    if job is None:
        return
    try:
        job.work()
    except LeaseLost:
        log.warning("Report build %s was taken over or removed.", build_id)
    except Exception:
        log.exception("Report build %s failed.", build_id)
        job.fail(BROKEN)


def take(build_id: int) -> "Job | None":
    """The row, if it is free: queued, or left by a worker that is taken for dead. Atomic, so that one gets it."""
    now = timezone.now()
    free = Q(state=BuildState.QUEUED) | Q(state=BuildState.WORKING, lease_until__lt=now)
    taken = Build.objects.filter(free, pk=build_id, attempts__lt=MAX_ATTEMPTS).update(
        state=BuildState.WORKING, step=0, steps=len(STEPS), attempts=F("attempts") + 1, lease_until=now + lease()
    )
    return Job(Build.objects.select_related("report", "joint", "meeting", "since").get(pk=build_id)) if taken else None


@transaction.atomic
def requeue_lost() -> list[int]:
    """Queue what has an expired lease again, and give up what has been tried enough; the ids to send."""
    now = timezone.now()
    lost = Build.objects.lost(now)
    lost.filter(attempts__gte=MAX_ATTEMPTS).update(state=BuildState.FAILED, error=INTERRUPTED)
    ids = list(lost.select_for_update().values_list("pk", flat=True))
    Build.objects.filter(pk__in=ids).update(state=BuildState.QUEUED, step=0, lease_until=now + lease())
    return ids


@dataclass
class Job:
    """One worker's hold of one row."""

    build: Build
    renewed: float = 0.0

    def work(self) -> None:
        self.step(1)
        content = content_of(self.build)
        self.step(2)
        data = render_pdf(content.html(), progress=self.beat)
        self.step(3)
        self.finish(content, data)

    def step(self, number: int) -> None:
        self._update(step=number, lease_until=timezone.now() + lease())

    def beat(self) -> None:
        """Called at every page: a renewal is written when a fifth of the lease has passed."""
        if time.monotonic() - self.renewed > settings.REPORT_LEASE_SECONDS / 5:
            self._update(lease_until=timezone.now() + lease())

    def finish(self, content: Content, data: bytes) -> None:
        """The file first, then the row that names it; nobody sees a file that is half written."""
        name = default_storage.save(f"reports/{self.build.pk}.pdf", ContentFile(data))
        try:
            with transaction.atomic():
                self._update(
                    state=BuildState.READY, file=name, checksum=content.checksum, ready_at=timezone.now(), error=""
                )
                audit.record(Kind.BUILD_FINISHED, target=self.build, by=None, organisation=organisation_of(self.build))
        except BaseException:
            default_storage.delete(name)
            raise

    def fail(self, sentence: str) -> None:
        try:
            self._update(state=BuildState.FAILED, error=sentence)
        except LeaseLost:
            log.warning("Report build %s had been taken over.", self.build.pk)

    def _update(self, **values: Any) -> None:
        held = Build.objects.filter(pk=self.build.pk, state=BuildState.WORKING, attempts=self.build.attempts)
        if not held.update(**values):
            raise LeaseLost
        self.renewed = time.monotonic()


def organisation_of(build: Build) -> str:
    """Whose trail it enters: the organisation's for its own report, SKR's for the joint one."""
    return build.report.participation.organisation.code if build.report else ""


def render_now(content: Content, progress: Callable[[], None] | None = None) -> bytes:
    """The same file as the worker's, in this process and without a row: for the command line."""
    return render_pdf(content.html(), progress=progress)
