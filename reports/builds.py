"""What a worker does with an ordered file of a report, and which files there are to be."""

from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from kit import audit, building
from kit.building import discard
from kit.enums import BuildState
from reports.content import ReportContent, content_of
from reports.enums import BuildFormat
from reports.models import Build, ReportEdition
from reports.printers import checksum_of, ending_of, printed
from reports.trail import ReportEvent

FOLDER = "reports"
STEPS = ("Läser underlaget", "Sätter sidorna", "Sparar filen")
# After so long, the file of a draft that has a newer one is removed.
DRAFTS_KEPT = timedelta(days=30)
BROKEN = "Det blev fel när {what} byggdes. Försök igen, och hör av dig till SKR om det inte hjälper."


def run(build_id: int) -> None:
    """Build a file unless another worker does."""
    job = take(build_id)
    if job:
        building.work_on(job, job.work, BROKEN.format(what=BuildFormat(job.build.format).definite))


def take(build_id: int) -> "ReportJob | None":
    related = ("report", "joint", "edition", "meeting", "since")
    row = building.take_row(Build.objects.select_related(*related), build_id, steps=len(STEPS))
    return ReportJob(row) if row else None


def requeue_lost() -> list[int]:
    return building.requeue_lost_rows(Build.objects.all())


def queue_missing() -> None:
    """Queue a PDF of each published edition without one, and each file that is gone. A failed one waits."""
    # The rows are read before the files, so that a file that is saved meanwhile is not taken for lost.
    editions = list(ReportEdition.objects.published().defer("content").prefetch_related("builds"))
    names = stored_names()
    for edition in editions:
        for file_format in BuildFormat:
            _queue_missing(edition, file_format, names)


def _queue_missing(edition: ReportEdition, file_format: BuildFormat, names: frozenset[str]) -> None:
    builds = [build for build in edition.builds.all() if build.format == file_format]
    lost = [build.pk for build in builds if build.is_ready and build.file.name not in names]
    if lost:
        Build.objects.filter(pk__in=lost).delete()
    if len(lost) == len(builds) and (lost or file_format == BuildFormat.PDF):
        # Another sweep may have queued it, which the database allows once. With no lease it is sent at once.
        past = timezone.now() - timedelta(seconds=1)
        queued = Build(
            report_id=edition.report_id,
            joint_id=edition.joint_id,
            edition=edition,
            format=file_format,
            lease_until=past,
        )
        Build.objects.bulk_create([queued], ignore_conflicts=True)


def stored_names() -> frozenset[str]:
    try:
        return frozenset(f"{FOLDER}/{name}" for name in default_storage.listdir(FOLDER)[1])
    except FileNotFoundError:  # nothing is built yet
        return frozenset()


class ReportJob(building.Job):
    def work(self) -> None:
        self.step(1)
        content = content_of(self.build)
        self.step(2)
        data = printed(content, self.build.format, self.beat)
        self.step(3)
        self.finish(content, data)

    def finish(self, content: ReportContent, data: bytes) -> None:
        self.store(
            f"{FOLDER}/{self.build.pk}.{ending_of(self.build.format)}",
            ContentFile(data),
            self._record,
            checksum=checksum_of(content, self.build.format),
        )

    def _record(self) -> None:
        owner = organisation_of(self.build)
        audit.record(ReportEvent.BUILD_FINISHED, target=self.build, by=None, organisation=owner)


def organisation_of(build: Build) -> str:
    """Return the code of the organisation whose trail the build enters; the joint report is SKR's and has none."""
    return build.report.participation.organisation.code if build.report else ""


@transaction.atomic
def discard_old_drafts(now: datetime) -> None:
    """Remove the builds of drafts that are older than a month, where a newer one of the same report is ready."""
    same = Q(report=OuterRef("report")) | Q(joint=OuterRef("joint"))
    newer = Q(ordered_at__gt=OuterRef("ordered_at")) | Q(ordered_at=OuterRef("ordered_at"), pk__gt=OuterRef("pk"))
    ready = Build.objects.filter(same, newer, edition=None, format=OuterRef("format"), state=BuildState.READY)
    ended = Build.objects.filter(edition=None, state__in=(BuildState.READY, BuildState.FAILED))
    discard(ended.filter(Exists(ready.order_by()), ordered_at__lt=now - DRAFTS_KEPT))
