"""What a worker does with an ordered file of papers, and when such a file is removed."""

from collections.abc import Callable
from datetime import datetime
from tempfile import TemporaryFile
from typing import IO

from django.core.files import File
from django.db import transaction

from accounts.enums import SkrRole
from archive.models import Bundle
from archive.organisation import entries_of_organisation
from archive.packing import PackedFile, pack
from archive.skr import entries_of_skr
from archive.trail import ArchiveEvent
from cohorts.models import Participation
from cohorts.roles import Roles, roles_of_organisation
from kit import audit, building
from kit.building import discard

FOLDER = "handlingar"
STEPS = ("Läser underlaget", "Skriver papperen", "Lägger till filerna", "Sparar filen")
BROKEN = "Det blev fel när filen byggdes. Försök igen, och hör av dig till SKR om det inte hjälper."
SKR = Roles(skr_role=SkrRole.PROCESS_LEADER)
RELATED = ("cohort__plan__checklist", "cohort__contact", "participation__organisation", "participation__group")


def run(bundle_id: int) -> None:
    """Build a file unless another worker does."""
    job = take(bundle_id)
    if job:
        building.work_on(job, job.work, BROKEN)


def take(bundle_id: int) -> "BundleJob | None":
    row = building.take_row(Bundle.objects.select_related(*RELATED), bundle_id, steps=len(STEPS))
    return BundleJob(row) if row else None


def requeue_lost() -> list[int]:
    return building.requeue_lost_rows(Bundle.objects.all())


class BundleJob(building.Job):
    def work(self) -> None:
        self.step(1)
        entries = entries_of(self.build)
        self.step(2)
        # On the disk, since the files of two years may be many.
        with TemporaryFile() as file:
            pack(file, entries, beat=self.beat, before_files=lambda: self.step(3))
            self.step(4)
            self.store(f"{FOLDER}/{self.build.pk}.zip", File(file), self._record)

    def _record(self) -> None:
        owner = organisation_of(self.build)
        audit.record(ArchiveEvent.BUNDLE_FINISHED, target=self.build, by=None, organisation=owner)


def entries_of(bundle: Bundle) -> list[PackedFile]:
    if bundle.participation is None:
        return entries_of_skr(bundle.cohort, SKR)
    return entries_for(bundle.participation, for_skr=bundle.for_skr)


def entries_for(participation: Participation, *, for_skr: bool) -> list[PackedFile]:
    return entries_of_organisation(participation, SKR if for_skr else roles_of_organisation(participation))


def write_bundle(participation: Participation, file: IO[bytes], beat: Callable[[], None] = lambda: None) -> None:
    pack(file, entries_for(participation, for_skr=False), beat=beat)


def organisation_of(bundle: Bundle) -> str:
    """Return whose trail the file enters: what SKR takes out is SKR's own doing."""
    return "" if bundle.for_skr or bundle.participation is None else bundle.participation.code


@transaction.atomic
def discard_all() -> None:
    """Remove every file, also one that is under way: a person who is named in it has been erased."""
    discard(Bundle.objects.all())


@transaction.atomic
def discard_expired(now: datetime) -> None:
    discard(Bundle.objects.expired(now))
