"""The life of an ordered file in the worker. The row is the truth; messages may be lost or doubled.

A worker takes the row by a lease and renews it while it works. `attempts` is its ticket: a worker that was taken for
dead, and wakes up after another has taken over, sees another ticket in the row and changes nothing.
"""

import logging
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from kit import audit
from reports.content import ReportContent, content_of
from reports.enums import BuildFormat, BuildState
from reports.models import Build, ReportEdition
from reports.printers import checksum_of, printed
from reports.querysets import is_let_go, lease
from reports.trail import ReportEvent

log = logging.getLogger(__name__)

FOLDER = "reports"
STEPS = ("Läser underlaget", "Sätter sidorna", "Sparar filen")
MAX_ATTEMPTS = 3
# After so long, the file of a draft that has a newer one is removed.
DRAFTS_KEPT = timedelta(days=30)
BROKEN = "Det blev fel när {what} byggdes. Försök igen, och hör av dig till SKR om det inte hjälper."
INTERRUPTED = "Bygget avbröts tre gånger. Försök igen om en stund."


class LeaseLost(Exception):
    """Another worker has the row, or it is deleted: the file that was made is thrown away."""


def run(build_id: int) -> None:
    """Build a file unless another worker does. Never raise: an error is stored in the row."""
    job = take(build_id)
    if job is None:
        return
    try:
        job.work()
    except LeaseLost:
        log.warning("Report build %s was taken over or removed.", build_id)
    except Exception:
        log.exception("Report build %s failed.", build_id)
        job.fail(BROKEN.format(what=BuildFormat(job.build.format).definite))


def take(build_id: int) -> "Job | None":
    """Lease and return a row that is queued, or left by a worker taken for dead; None if it is not free."""
    now = timezone.now()
    # One UPDATE both checks and takes, so that only one worker gets the row.
    free = Q(state=BuildState.QUEUED) | Q(is_let_go(now), state=BuildState.WORKING)
    taken = Build.objects.filter(free, pk=build_id, attempts__lt=MAX_ATTEMPTS).update(
        state=BuildState.WORKING, step=0, steps=len(STEPS), attempts=F("attempts") + 1, lease_until=now + lease()
    )
    related = ("report", "joint", "edition", "meeting", "since")
    return Job(Build.objects.select_related(*related).get(pk=build_id)) if taken else None


@transaction.atomic
def requeue_lost() -> list[int]:
    """Queue rows with an expired lease again, fail those tried too often, and return the ids to send."""
    now = timezone.now()
    lost = Build.objects.lost(now)
    lost.filter(attempts__gte=MAX_ATTEMPTS).update(state=BuildState.FAILED, error=INTERRUPTED)
    ids = list(lost.select_for_update().values_list("pk", flat=True))
    Build.objects.filter(pk__in=ids).update(state=BuildState.QUEUED, step=0, lease_until=now + lease())
    return ids


def queue_missing() -> None:
    """Queue a PDF of each published edition that has none, or whose file is gone. A failed one waits for a person."""
    # The rows are read before the files, so that a file that is saved meanwhile is not taken for lost.
    editions = list(ReportEdition.objects.published().defer("content").prefetch_related("builds"))
    names = stored_names()
    for edition in editions:
        pdfs = [build for build in edition.builds.all() if build.format == BuildFormat.PDF]
        lost = [build.pk for build in pdfs if build.is_ready and build.file.name not in names]
        Build.objects.filter(pk__in=lost).delete()
        if len(lost) == len(pdfs):
            # Another sweep may have queued it, which the database allows once. With no lease it is sent at once.
            past = timezone.now() - timedelta(seconds=1)
            queued = Build(report_id=edition.report_id, joint_id=edition.joint_id, edition=edition, lease_until=past)
            Build.objects.bulk_create([queued], ignore_conflicts=True)


def stored_names() -> frozenset[str]:
    """Return the names of all report files there are."""
    try:
        return frozenset(f"{FOLDER}/{name}" for name in default_storage.listdir(FOLDER)[1])
    except FileNotFoundError:  # nothing is built yet
        return frozenset()


def has_file(build: Build) -> bool:
    return build.is_ready and default_storage.exists(build.file.name)


@dataclass
class Job:
    """A worker's lease on a row."""

    build: Build
    renewed: float = 0.0

    def work(self) -> None:
        self.step(1)
        content = content_of(self.build)
        self.step(2)
        data = printed(content, self.build.format, self.beat)
        self.step(3)
        self.finish(content, data)

    def step(self, number: int) -> None:
        self._update(step=number, lease_until=timezone.now() + lease())

    def beat(self) -> None:
        """Renew the lease when a fifth of it has passed; the printer calls this at every page."""
        if time.monotonic() - self.renewed > settings.REPORT_LEASE_SECONDS / 5:
            self._update(lease_until=timezone.now() + lease())

    def finish(self, content: ReportContent, data: bytes) -> None:
        # The file goes before the row that names it, so that nobody sees half a file.
        name = default_storage.save(f"{FOLDER}/{self.build.pk}.{self.build.format}", ContentFile(data))
        try:
            with transaction.atomic():
                self._update(
                    state=BuildState.READY,
                    file=name,
                    checksum=checksum_of(content, self.build.format),
                    ready_at=timezone.now(),
                    error="",
                )
                audit.record(
                    ReportEvent.BUILD_FINISHED, target=self.build, by=None, organisation=organisation_of(self.build)
                )
        except BaseException:
            default_storage.delete(name)
            raise

    def fail(self, sentence: str) -> None:
        try:
            self._update(state=BuildState.FAILED, error=sentence)
        except LeaseLost:
            log.warning("Report build %s had been taken over.", self.build.pk)

    def _update(self, **values: Any) -> None:
        leased = Build.objects.filter(pk=self.build.pk, state=BuildState.WORKING, attempts=self.build.attempts)
        if not leased.update(**values):
            raise LeaseLost
        self.renewed = time.monotonic()


def organisation_of(build: Build) -> str:
    """Return the code of the organisation whose trail the build enters; the joint report is SKR's and has none."""
    return build.report.participation.organisation.code if build.report else ""


def discard(builds: QuerySet[Build]) -> None:
    # Rows go first: a worker that still builds one of them loses its lease and throws its file away.
    for build in builds:
        build.delete()
        if build.file.name:
            transaction.on_commit(partial(default_storage.delete, build.file.name))


@transaction.atomic
def discard_old_drafts(now: datetime) -> None:
    """Remove the builds of drafts that are older than a month, where a newer one of the same report is ready."""
    same = Q(report=OuterRef("report")) | Q(joint=OuterRef("joint"))
    newer = Q(ordered_at__gt=OuterRef("ordered_at")) | Q(ordered_at=OuterRef("ordered_at"), pk__gt=OuterRef("pk"))
    ready = Build.objects.filter(same, newer, edition=None, format=OuterRef("format"), state=BuildState.READY)
    ended = Build.objects.filter(edition=None, state__in=(BuildState.READY, BuildState.FAILED))
    discard(ended.filter(Exists(ready.order_by()), ordered_at__lt=now - DRAFTS_KEPT))
