"""The drill: all is lost and comes back; and what is refused before anything is touched."""

import hashlib
import json
import shutil
import stat
import threading
import tomllib
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse

from accounts.models import User
from cohorts.models import Cohort
from mailings import tasks
from mailings.actions import Envelope, queue_mail
from mailings.attachments import attach
from mailings.enums import MailState
from mailings.models import Attachment, Mail, MailHold
from modell.backup import taking
from modell.backup.databases import database_file
from modell.backup.refusals import BackupRefused
from modell.release import RELEASE
from people.mails import INVITATION
from reports import builds
from reports.models import Build
from tests.factories import UserFactory
from tests.kept_rows import put_back, put_back_demonstration
from tests.mail_server import MailServer
from tests.process_factories import MailFactory

pytestmark = pytest.mark.django_db(transaction=True)
KIND = "postgresql" if connection.vendor == "postgresql" else "sqlite"


def run(name, *arguments):
    out, err = StringIO(), StringIO()
    call_command(name, *map(str, arguments), stdout=out, stderr=err)
    return out.getvalue() + err.getvalue()


def refusal(name, *arguments):
    with pytest.raises(CommandError) as refused:
        run(name, *arguments)
    message = str(refused.value)
    assert len(message.splitlines()) == 1
    return message


def lose_everything():
    """An empty site: what migrations load, and nothing more."""
    put_back("migrations")
    shutil.rmtree(default_storage.location, ignore_errors=True)


def exported(folder):
    folder.mkdir()
    for slug in Cohort.objects.filter(plan__isnull=False).values_list("slug", flat=True):
        run("export_cohort", slug, "--output", folder / slug)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def small(tmp_path):
    """The backup of a site with one person and one file."""
    UserFactory(email="a@exempel.invalid")
    default_storage.save("underlag/ett.txt", ContentFile(b"ett"))
    run("backup", tmp_path / "backup")
    return tmp_path / "backup"


def manifest_of(folder):
    return json.loads((folder / "manifest.json").read_text())


class TestTheDrill:
    @pytest.mark.long
    def test_all_is_lost_and_comes_back_and_each_mail_leaves_once(self, tmp_path, settings, client):
        put_back_demonstration()
        builds.queue_missing()
        pdf = Build.objects.published().first()
        builds.run(pdf.pk)
        pdf.refresh_from_db()
        with pdf.file.open() as file:
            content = file.read()
        assert content.startswith(b"%PDF")
        queued = MailFactory.create_batch(30)
        before = exported(tmp_path / "before")
        assert len(before) > 5

        run("backup", tmp_path / "backup")
        lose_everything()
        assert not Cohort.objects.filter(slug__in=before).exists()
        output = run("restore", tmp_path / "backup")

        assert "No mail leaves until `manage.py release_mail`" in output
        assert exported(tmp_path / "after") == before
        for build in Build.objects.exclude(file=""):
            assert default_storage.exists(build.file.name)
        client.force_login(User.objects.get(email="processledare@demo.invalid"))
        answer = client.get(reverse("reports:build_file", args=[pdf.pk]))
        assert b"".join(answer.streaming_content) == content

        settings.EMAIL_BACKEND = "mailings.smtp.EmailBackend"
        with MailServer() as server:
            settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
            tasks.deliver(queued[0].pk)
            tasks.send_waiting()
            assert server.received == []
            run("release_mail")
            tasks.send_waiting()
            tasks.deliver(queued[0].pk)
            tasks.send_waiting()
        assert sorted(server.message_ids) == sorted(mail.message_id for mail in queued)
        assert set(Mail.objects.values_list("state", flat=True)) == {MailState.SENT}

    def test_new_rows_get_numbers_that_nobody_has(self, small):
        lose_everything()
        run("restore", small)
        assert UserFactory().pk > User.objects.get(email="a@exempel.invalid").pk

    def test_a_site_that_goes_on_meanwhile_has_no_row_without_its_file(self, tmp_path, monkeypatch):
        """A writer makes mail with files; between the dump and the copying of files at least one more is written."""
        user = UserFactory()
        written, over = threading.Event(), threading.Event()

        def write():
            number = 0
            while not over.is_set():
                number += 1
                to = Envelope.to(user, reason="Därför.")
                values = {"organisation": "Provby", "funktion": "strateg", "omgang": "Provomgången"}
                with transaction.atomic():
                    file = attach("brev.txt", f"{number}".encode())
                    queue_mail(kind=INVITATION, key=f"m:{number}", to=to, values=values, files=[file])
                written.set()
            connection.close()

        def wait_for_more():
            for _ in range(3):
                written.clear()
                assert written.wait(60)

        stored_names = taking.stored_names

        def after_more():
            wait_for_more()
            return stored_names()

        monkeypatch.setattr(taking, "stored_names", after_more)
        writer = threading.Thread(target=write)
        writer.start()
        try:
            wait_for_more()
            output = run("backup", tmp_path / "backup")
        finally:
            over.set()
            writer.join()
        assert "a row names it" not in output
        at_the_end = Mail.objects.count()
        lose_everything()
        run("restore", tmp_path / "backup")
        mails = Mail.objects.all()
        assert 3 <= len(mails) < at_the_end
        for mail in mails:
            with mail.files.get().file.open() as file:
                assert file.read().decode() == mail.key.removeprefix("m:")

    def test_a_backup_of_an_older_release_is_brought_forward(self, tmp_path):
        call_command("migrate", "kit", "0001", verbosity=0)
        try:
            UserFactory()
            run("backup", tmp_path / "backup")
        finally:
            call_command("migrate", verbosity=0)
        lose_everything()
        run("restore", tmp_path / "backup")
        executor = MigrationExecutor(connection)
        assert not executor.migration_plan(executor.loader.graph.leaf_nodes())
        assert (User.objects.count(), MailHold.objects.count()) == (1, 1)

    def test_files_in_a_bucket_come_along(self, tmp_path, settings):
        """A storage without a folder of its own, known by the storage's methods alone."""
        memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
        settings.STORAGES = {**settings.STORAGES, "default": memory}
        default_storage.save("brev/2026/ett.txt", ContentFile(b"ett"))
        default_storage.save("topp.txt", ContentFile(b"topp"))
        UserFactory()
        run("backup", tmp_path / "backup")
        default_storage.delete("brev/2026/ett.txt")
        with default_storage.open("topp.txt", "wb") as file:
            file.write(b"annat")
        run("restore", tmp_path / "backup", "--replace")
        for name, content in (("brev/2026/ett.txt", b"ett"), ("topp.txt", b"topp")):
            with default_storage.open(name) as file:
                assert file.read() == content


class TestTheBackup:
    def test_its_manifest_names_every_file_with_size_and_checksum(self, small):
        manifest = manifest_of(small)
        assert (manifest["format"], manifest["version"]) == ("modell-backup", 1)
        assert (manifest["release"], manifest["database"]) == (RELEASE, KIND)
        there = sorted(str(path.relative_to(small)) for path in small.rglob("*") if path.is_file())
        assert sorted([*(file["path"] for file in manifest["files"]), "manifest.json"]) == there
        for file in manifest["files"]:
            content = (small / file["path"]).read_bytes()
            assert (file["size"], file["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
        assert "files/underlag/ett.txt" in there

    def test_only_its_owner_can_read_it(self, small):
        for path in (small, *small.rglob("*")):
            assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path

    def test_a_file_that_is_gone_is_told(self, tmp_path):
        Attachment.objects.create(name="borta.pdf", file="bilagor/borta.pdf", size=4)
        output = run("backup", tmp_path / "backup")
        assert "bilagor/borta.pdf: a row names it, and the storage does not have it\n" in output

    def test_a_file_that_is_deleted_while_it_is_taken_is_left_out(self, tmp_path, monkeypatch):
        default_storage.save("underlag/ett.txt", ContentFile(b"ett"))
        monkeypatch.setattr(taking, "stored_names", lambda: ["underlag/borta.txt", "underlag/ett.txt"])
        run("backup", tmp_path / "backup")
        files = [file["path"] for file in manifest_of(tmp_path / "backup")["files"]]
        assert files == [database_file().name, "files/underlag/ett.txt"]

    def test_into_an_empty_folder_and_into_no_other(self, tmp_path, small):
        (tmp_path / "empty").mkdir()
        run("backup", tmp_path / "empty")
        assert "expected a folder that is empty or absent" in refusal("backup", tmp_path / "empty")
        (tmp_path / "file").touch()
        assert "expected a folder that is empty or absent" in refusal("backup", tmp_path / "file")

    def test_one_that_fails_leaves_nothing(self, tmp_path, monkeypatch):
        def full(*_):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(taking.shutil, "copyfileobj", full)
        default_storage.save("underlag/ett.txt", ContentFile(b"ett"))
        folder = tmp_path / "backups"
        folder.mkdir()
        assert "No space left on device" in refusal("backup", folder / "one")
        assert list(folder.iterdir()) == []

    @pytest.mark.services
    @pytest.mark.parametrize(("says", "cure"), [("9.6.24", "install postgresql-client-"), (None, "is not installed")])
    def test_a_pg_dump_that_cannot_do_it_is_told_with_the_cure(self, tmp_path, monkeypatch, says, cure):
        programs = tmp_path / "bin"
        programs.mkdir()
        if says:
            (programs / "pg_dump").write_text(f"#!/bin/sh\necho 'pg_dump (PostgreSQL) {says}'\n")
            (programs / "pg_dump").chmod(0o755)
        monkeypatch.setenv("PATH", str(programs))
        refused = refusal("backup", tmp_path / "backup")
        assert cure in refused
        assert "postgresql-client-" in refused


def damage_database(folder):
    path = folder / database_file().name
    path.write_bytes(path.read_bytes()[:-1] + b"x")


def lose_file(folder):
    (folder / "files/underlag/ett.txt").unlink()


def change_manifest(**values):
    def change(folder):
        (folder / "manifest.json").write_text(json.dumps({**manifest_of(folder), **values}))

    return change


class TestTheRestore:
    @pytest.mark.parametrize(
        ("spoil", "message"),
        [
            (damage_database, "missing or not as it was written"),
            (lose_file, "files/underlag/ett.txt missing or not as it was written"),
            (lambda folder: (folder / "manifest.json").unlink(), "there is no backup"),
            (lambda folder: (folder / "manifest.json").write_text("{"), "manifest.json is damaged"),
            (change_manifest(extra=1), "manifest.json is damaged"),
            (change_manifest(version=2), "a backup of modell-backup 2, not modell-backup 1"),
            (change_manifest(files=[{"path": "../ett.txt", "size": 1, "sha256": ""}]), "a file outside the backup"),
            (change_manifest(migrations=["kit.9999_later"], release="9.0"), "of a newer release (9.0)"),
            (change_manifest(database="oracle"), "carry each omgång over by export_cohort and import_cohort"),
        ],
    )
    def test_what_cannot_be_restored_is_refused_and_nothing_is_touched(self, small, spoil, message):
        spoil(small)
        User.objects.update(email="b@exempel.invalid")
        default_storage.delete("underlag/ett.txt")
        assert message in refusal("restore", small, "--replace")
        assert User.objects.get().email == "b@exempel.invalid"
        assert not default_storage.exists("underlag/ett.txt")
        assert not MailHold.objects.exists()

    def test_a_site_in_use_is_replaced_only_when_asked(self, small):
        User.objects.update(email="b@exempel.invalid")
        MailFactory()
        assert "add --replace to throw away what it holds" in refusal("restore", small)
        assert Mail.objects.count() == 1
        run("restore", small, "--replace")
        assert (User.objects.get().email, Mail.objects.count()) == ("a@exempel.invalid", 0)

    def test_it_is_on_hold_even_if_the_backup_was_taken_on_hold(self, small):
        run("restore", small, "--replace")
        shutil.rmtree(small)
        run("backup", small)
        run("restore", small, "--replace")
        assert MailHold.objects.count() == 1

    def test_one_that_stops_at_the_database_says_how_things_stand(self, small, monkeypatch):
        def locked(*_):
            raise BackupRefused("ERROR:  canceling statement due to lock timeout")

        monkeypatch.setattr(type(database_file()), "load", locked)
        message = refusal("restore", small, "--replace")
        assert "the files are put back and the database is as it was (ERROR:  canceling statement" in message
        assert message.endswith("stop the site and restore again")

    def test_a_dump_that_does_not_load_leaves_the_database_as_it_was(self, small):
        path = small / database_file().name
        path.write_bytes(b"no database")
        whole = {"path": path.name, "size": 11, "sha256": hashlib.sha256(b"no database").hexdigest()}
        change_manifest(files=[whole])(small)
        User.objects.update(email="b@exempel.invalid")
        refusal("restore", small, "--replace")
        assert User.objects.get().email == "b@exempel.invalid"


def test_the_release_is_that_of_the_project():
    project = tomllib.loads((Path(django_settings.BASE_DIR) / "pyproject.toml").read_text())["project"]
    assert project["version"] == RELEASE
