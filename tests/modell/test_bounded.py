"""How much may be sent: refused by its length before a byte of it is read."""

import errno
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.urls import reverse

from assessments.models import Evidence
from reports.printers import pdf
from tests.cast import make_cast
from tests.factories import AssessmentFactory

pytestmark = pytest.mark.django_db
MB = 1024 * 1024
TOO_LARGE = "Det du skickade är för stort."


@pytest.fixture
def cast():
    return make_cast()


class Unread:
    """A body that fails the test if anything of it is read."""

    def read(self, *_size):
        raise AssertionError("The body is read.")

    readline = read


def sent(client, address, size, **more):
    return client.generic(
        "POST",
        address,
        content_type="multipart/form-data; boundary=X",
        **{"CONTENT_LENGTH": str(size), "wsgi.input": Unread(), **more},
    )


SIGN_IN = "/logga-in/"
EMPTY = {"wsgi.input": BytesIO()}


class TestSignedOut:
    def test_a_byte_more_than_two_mb(self, client):
        answer = sent(client, SIGN_IN, 2 * MB + 1)
        assert answer.status_code == 413
        assert TOO_LARGE in answer.text
        assert "Sidan tar emot högst 2 MB åt gången. Inget är sparat." in answer.text

    def test_two_mb_are_taken(self, client):
        assert sent(client, SIGN_IN, 2 * MB, **EMPTY).status_code != 413

    def test_the_attack_of_150_mb(self, client):
        assert sent(client, SIGN_IN, 150 * MB).status_code == 413


class TestSignedIn:
    @pytest.fixture
    def address(self, client, cast):
        client.force_login(cast.anna)
        return reverse("people:people_list", args=[cast.cohort.slug, cast.own.code])

    def test_a_byte_more_than_the_largest_file_and_its_form(self, client, address):
        answer = sent(client, address, 11 * MB + 1)
        assert answer.status_code == 413
        assert "Sidan tar emot högst 11 MB åt gången." in answer.text

    def test_the_largest_is_taken(self, client, address):
        assert sent(client, address, 11 * MB, **EMPTY).status_code != 413

    def test_the_limit_follows_the_setting(self, client, address, settings):
        settings.EVIDENCE_MAX_MB = 3
        assert "högst 6 MB" in sent(client, address, 7 * MB).text


def test_a_body_without_a_length_is_refused(client):
    answer = sent(client, SIGN_IN, "", HTTP_TRANSFER_ENCODING="chunked")
    assert (answer.status_code, answer.content.decode()) == (411, "Skicka längden på innehållet med.\n")


@pytest.mark.parametrize("length", ["-1", "12a", "²"])
def test_a_length_that_is_no_number_is_no_error(client, length):
    assert sent(client, SIGN_IN, length, **EMPTY).status_code


def test_a_full_disk_is_told(client, cast, monkeypatch):
    def full(*_args, **_how):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(pdf, "printed", full)
    client.force_login(cast.anna)
    answer = client.get(reverse("reports:empty_form", args=[cast.cohort.plan.checklist.key]))
    assert answer.status_code == 507
    assert "Filen gick inte att spara." in answer.text


@pytest.mark.parametrize("begun", ["new_file", "receive_data_chunk"])
def test_a_disk_that_is_full_while_a_file_comes_in_is_told_and_nothing_is_left(client, cast, monkeypatch, begun):
    """A large file is stored on disk while it is read, which is before any view."""

    def full(*_args, **_how):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(TemporaryFileUploadHandler, begun, full)
    assessment = AssessmentFactory(participation=cast.own)
    client.force_login(cast.anna)
    client.raise_request_exception = False
    large = SimpleUploadedFile("plan.pdf", b"%PDF-1.7 " + b"x" * 3 * MB, "application/pdf")
    address = reverse("assessments:evidence", args=[assessment.pk, 1])
    answer = client.post(address, {"title": "Plan", "file": large})
    assert answer.status_code == 507
    assert "Filen gick inte att spara." in answer.text
    assert not Evidence.objects.exists()
    assert not default_storage.exists("underlag") or default_storage.listdir("underlag")[1] == []
    monkeypatch.undo()
    assert client.get(address).status_code == 200


def test_another_error_is_none_of_that(client, cast, monkeypatch):
    monkeypatch.setattr(pdf, "printed", lambda content: 1 / 0)
    client.force_login(cast.anna)
    with pytest.raises(ZeroDivisionError):
        client.get(reverse("reports:empty_form", args=[cast.cohort.plan.checklist.key]))
