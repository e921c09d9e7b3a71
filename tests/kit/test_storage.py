"""No half files: on a full disk nothing is left, nothing points to nothing, and orphans are swept by night."""

import errno
import os
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db.models import FileField
from django.utils import timezone

from admission.models import LetterIssue
from archive.models import Bundle
from assessments.models import Evidence
from improvements.models import WorkEvidence
from kit import orphans, tasks
from kit.orphans import file_fields, remove_orphans
from kit.uploads import kept
from mailings.models import Attachment
from meetings.enums import MaterialKind
from meetings.models import Material
from reports.models import Build
from tests.factories import AssessmentFactory, CohortFactory, ImprovementFactory, MeetingFactory, ReportFactory
from tests.refusing import refused


class FullDisk(ContentFile):
    """A file whose second piece finds no room."""

    def chunks(self, chunk_size=None):
        yield b"%PDF-1.7 begun"
        raise OSError(errno.ENOSPC, "No space left on device")


def stored(folder):
    try:
        return default_storage.listdir(folder)[1]
    except FileNotFoundError:
        return []


def content(name):
    return Path(default_storage.path(name)).read_bytes()


class TestWholeFiles:
    def test_on_a_full_disk_nothing_is_left(self):
        with pytest.raises(OSError, match="No space left"):
            default_storage.save("reports/4.pdf", FullDisk(b""))
        assert stored("reports") == []

    def test_nor_of_a_file_that_is_moved(self, monkeypatch):
        def full(source, target, **_how):
            Path(target).write_bytes(b"begun")
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr("django.core.files.storage.filesystem.file_move_safe", full)
        with TemporaryUploadedFile("plan.pdf", "application/pdf", 3, None) as large, pytest.raises(OSError):
            default_storage.save("underlag/a.pdf", large)
        assert stored("underlag") == []

    def test_a_name_is_a_whole_file(self):
        assert default_storage.save("reports/4.pdf", ContentFile(b"whole")) == "reports/4.pdf"
        assert content("reports/4.pdf") == b"whole"
        assert stored("reports") == ["4.pdf"]

    def test_two_of_the_same_name_are_two_files(self, monkeypatch):
        first = default_storage.save("reports/4.pdf", ContentFile(b"first"))
        # As when both have looked before either is there.
        storage = type(default_storage._wrapped)
        looked = iter(["reports/4.pdf", "reports/4_other.pdf"])
        monkeypatch.setattr(storage, "get_available_name", lambda self, name, max_length=None: next(looked))
        second = default_storage.save("reports/4.pdf", ContentFile(b"second"))
        assert (first, second) == ("reports/4.pdf", "reports/4_other.pdf")
        assert [content(first), content(second)] == [b"first", b"second"]


class TestKept:
    def test_on_a_full_disk_the_person_is_told_and_nothing_is_left(self):
        field = FileField(upload_to="underlag/", name="file")
        file = field.attr_class(SimpleNamespace(file=None), field, "")
        stored_rows = []
        said = (
            "Filen gick inte att spara just nu. Försök igen om en stund, och hör av dig till SKR om det inte hjälper."
        )
        with refused(said), kept(file, FullDisk(b""), "pdf"):
            stored_rows.append("a row")
        assert (stored_rows, stored("underlag")) == ([], [])


def aged(name, days):
    then = timezone.now().timestamp() - timedelta(days=days).total_seconds()
    os.utime(default_storage.path(name), (then, then))


def save(folder, name="fil.pdf", days=2):
    name = default_storage.save(f"{folder}{name}", ContentFile(b"%PDF"))
    aged(name, days)
    return name


def evidence():
    assessment = AssessmentFactory()
    return Evidence(assessment=assessment, item=assessment.checklist.items.first(), title="Planen")


FIELDS = file_fields()
ROWS = {
    "admission.LetterIssue.file": lambda: LetterIssue(cohort=CohortFactory(), number=1, issued_on=date(2027, 3, 1)),
    "reports.Build.file": lambda: Build(report=ReportFactory(), lease_until=timezone.now()),
    "assessments.Evidence.file": evidence,
    "improvements.WorkEvidence.file": lambda: WorkEvidence(improvement=ImprovementFactory(), title="Rutinen"),
    "meetings.Material.file": lambda: Material(meeting=MeetingFactory(), kind=MaterialKind.MATERIAL, title="Bilder"),
    "mailings.Attachment.file": lambda: Attachment(name="brev.pdf", media_type="application/pdf", size=4),
    "archive.Bundle.file": lambda: Bundle(cohort=CohortFactory(), for_skr=True, lease_until=timezone.now()),
}


@pytest.mark.django_db
class TestOrphans:
    @pytest.mark.parametrize("field", FIELDS, ids=str)
    def test_a_file_that_no_row_names_goes_and_no_other(self, field):
        named, orphan, new = (save(field.upload_to, f"{name}.pdf") for name in ("named", "orphan", "new"))
        inner = save(field.upload_to, "17/inner.pdf")
        aged(new, 0.9)
        row = ROWS[str(field)]()
        setattr(row, field.name, named)
        row.save()
        assert remove_orphans(timezone.now()) == 2
        assert [default_storage.exists(name) for name in (named, orphan, new, inner)] == [True, False, True, False]

    def test_each_has_a_folder_of_its_own_name(self):
        """The sweep goes through these, so none may be of the day, or all that there is."""
        folders = {"underlag/", "material/", "reports/", "bilagor/", "brev/", "handlingar/", "forbattringar/"}
        assert {str(field.upload_to) for field in FIELDS} == folders

    def test_it_begins_with_nothing_stored(self):
        assert remove_orphans(timezone.now()) == 0

    def test_by_night(self, settings):
        orphan = save("reports/")
        tasks.remove_orphans()
        assert not default_storage.exists(orphan)
        night = settings.CELERY_BEAT_SCHEDULE["remove-orphans"]
        assert (night["task"], night["schedule"].hour) == (tasks.remove_orphans.name, {3})

    def test_a_row_that_is_stored_meanwhile_keeps_its_file(self, monkeypatch):
        """The rows are read last."""
        order = []
        field = FIELDS[0]
        save(field.upload_to)
        listdir = type(default_storage._wrapped).listdir
        monkeypatch.setattr(
            type(default_storage._wrapped), "listdir", lambda self, path: order.append("files") or listdir(self, path)
        )
        monkeypatch.setattr(orphans, "names_in", lambda field: order.append("rows") or [])
        remove_orphans(timezone.now())
        assert order == ["files"] * len(FIELDS) + ["rows"] * len(FIELDS)
