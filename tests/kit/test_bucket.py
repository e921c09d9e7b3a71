"""Files in a bucket: the setting of production, at a server that speaks S3 and runs in the tests."""

import json
from datetime import timedelta
from uuid import uuid4

import boto3
import pytest
from django.conf import settings as django_settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from moto.server import ThreadedMotoServer

from assessments.actions.evidence import add_file, remove_evidence
from assessments.models import Evidence
from kit.enums import BuildState
from kit.orphans import remove_orphans
from reports import builds
from reports.actions import order_report
from tests.factories import AssessmentFactory, DelegateFactory
from tests.kept_rows import put_back
from tests.modell.test_backup import run
from tests.modell.test_deployment import manage

KEYS = {"S3_ACCESS_KEY": "testing", "S3_SECRET_KEY": "testing"}
PDF = b"%PDF-1.7 en plan"


@pytest.fixture(scope="module")
def server():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    yield "http://{}:{}".format(*server.get_host_and_port())
    server.stop()


@pytest.fixture(scope="module")
def of_production(server, tmp_path_factory):
    """What the settings make of the variables; the bucket's name is each test's own."""
    asked = "import json; from django.conf import settings as s; print(json.dumps(s.STORAGES['default'], default=str))"
    bucket = {"S3_BUCKET": "unused", "S3_ENDPOINT_URL": server, "MODELL_VAR": str(tmp_path_factory.mktemp("var"))}
    done = manage("shell", "--verbosity=0", "-c", asked, **KEYS, **bucket)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(autouse=True)
def bucket(server, of_production, settings, own_files_and_cache):
    name = f"modell-{uuid4().hex}"
    client = boto3.client(
        "s3", endpoint_url=server, region_name="us-east-1", aws_access_key_id="testing", aws_secret_access_key="testing"
    )
    client.create_bucket(Bucket=name)
    options = {**of_production["OPTIONS"], "bucket_name": name}
    settings.STORAGES = {**django_settings.STORAGES, "default": {**of_production, "OPTIONS": options}}
    yield lambda: {row["Key"] for row in client.list_objects_v2(Bucket=name).get("Contents", ())}
    client.close()


def content(name):
    with default_storage.open(name) as file:
        return file.read()


class BrokenOff(ContentFile):
    """A file whose second piece cannot be read."""

    def read(self, *_size):
        if self.tell():
            raise OSError("broken off")
        return super().read(4)


class TestTheStorage:
    def test_a_file_is_stored_read_and_deleted(self, bucket):
        name = default_storage.save("underlag/ett.txt", ContentFile(b"ett"))
        assert (name, bucket(), content(name)) == ("underlag/ett.txt", {name}, b"ett")
        assert default_storage.listdir("underlag")[1] == ["ett.txt"]
        default_storage.delete(name)
        assert (bucket(), default_storage.exists(name)) == (set(), False)
        with pytest.raises(FileNotFoundError):
            content(name)

    def test_two_of_the_same_name_are_two_files(self, bucket):
        first = default_storage.save("reports/4.pdf", ContentFile(b"first"))
        second = default_storage.save("reports/4.pdf", ContentFile(b"second"))
        assert (content(first), content(second), len(bucket())) == (b"first", b"second", 2)

    def test_what_breaks_off_leaves_nothing(self, bucket):
        with pytest.raises(OSError, match="broken off"):
            default_storage.save("reports/4.pdf", BrokenOff(PDF))
        assert bucket() == set()

    def test_nobody_reads_it_without_a_key(self):
        name = default_storage.save("underlag/ett.txt", ContentFile(b"ett"))
        assert "Signature=" in default_storage.url(name)


@pytest.mark.django_db(transaction=True)
class TestTheSite:
    @pytest.fixture
    def evidence(self):
        assessment = AssessmentFactory()
        by = DelegateFactory(participation=assessment.participation).user
        sent = SimpleUploadedFile("plan.txt", b"En plan.", "text/plain")
        add_file(
            assessment=assessment,
            item=assessment.checklist.items.first(),
            title="Planen",
            file=sent,
            shared=False,
            by=by,
        )
        return Evidence.objects.get(), by

    def test_a_file_is_sent_in_fetched_and_removed(self, bucket, evidence, client):
        evidence, by = evidence
        assert bucket() == {evidence.file.name}
        client.force_login(by)
        answer = client.get(reverse("assessments:evidence_file", args=[evidence.pk]))
        assert b"".join(answer.streaming_content) == b"En plan."
        remove_evidence(evidence=evidence, by=by)
        assert bucket() == set()

    def test_orphans_are_swept_when_they_are_a_day_old(self, bucket, evidence):
        named = evidence[0].file.name
        orphan = default_storage.save("underlag/orphan.pdf", ContentFile(PDF))
        foreign = default_storage.save("annat/fil.pdf", ContentFile(PDF))
        day = timedelta(days=1)
        assert remove_orphans(timezone.now() + day - timedelta(minutes=5)) == 0
        assert remove_orphans(timezone.now() + day + timedelta(minutes=5)) == 1
        assert bucket() == {named, foreign}
        assert orphan not in bucket()

    def test_a_pdf_is_built_and_found_to_be_gone(self, bucket):
        seat = DelegateFactory()
        build = order_report(participation=seat.participation, by=seat.user)
        build.refresh_from_db()
        assert (build.state, bucket()) == (BuildState.READY, {build.file.name})
        assert build.has_file
        assert builds.stored_names() == {build.file.name}
        default_storage.delete(build.file.name)
        assert not build.has_file
        assert builds.stored_names() == frozenset()

    def test_backup_and_restore(self, bucket, evidence, tmp_path):
        name = evidence[0].file.name
        run("backup", tmp_path / "backup")
        put_back("migrations")
        default_storage.delete(name)
        run("restore", tmp_path / "backup")
        assert (Evidence.objects.get().file.name, bucket(), content(name)) == (name, {name}, b"En plan.")
