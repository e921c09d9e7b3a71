"""A person sees and takes out what is stored about them, and nothing of anybody else's."""

import io
import json
import logging
import zipfile

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.enums import SkrRole
from accounts.models import AddressChange
from admission.models import InterestWriter
from assessments.models import Query
from kit import audit
from mailings.models import Mail
from meetings.models import CalendarFeed
from people.trail import PeopleEvent
from privacy.persons import person_of
from privacy.stored import MOST_ON_PAGE, in_words, stored_about
from tests.factories import AssessmentFactory, DelegateFactory, UserFactory
from tests.factors import with_app
from tests.process_factories import InterestWriterFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna():
    return DelegateFactory(user__name="Anna Ek", user__email="anna.ek@exempel.invalid").user


def unpacked(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist() == ["uppgifter.json", "uppgifter.html"]
        return json.loads(archive.read("uppgifter.json")), archive.read("uppgifter.html").decode()


def the_file(client, user):
    client.force_login(user)
    answer = client.get(reverse("privacy:mine_file"))
    assert answer["Content-Type"] == "application/zip"
    assert answer["Cache-Control"] == "private, no-store"
    return unpacked(answer.content)


def test_the_page_and_the_file_tell_the_same(client, anna):
    audit.record(PeopleEvent.DELEGATE_INVITED, target="Bo Ask", by=anna)
    document, page = the_file(client, anna)
    assert (document["format"], document["version"]) == ("modell-person", 1)
    account = document["tables"]["accounts_user"]
    assert account["called"] == "Konto"
    assert account["rows"][0]["email"] == "anna.ek@exempel.invalid"
    assert document["tables"]["kit_auditevent"]["rows"][0]["kind"] == "bjöd in en representant"
    shown = client.get(reverse("privacy:mine")).text
    for table in document["tables"].values():
        assert table["called"] in shown
        assert table["called"] in page
    assert "anna.ek@exempel.invalid" in page


def test_another_persons_rows_are_never_in_it(client, anna):
    bo = DelegateFactory(user__name="Bo Ask", user__email="bo.ask@exempel.invalid").user
    query = Query.objects.create(
        assessment=(assessment := AssessmentFactory()),
        item=assessment.items[0],
        text="Vad?",
        asked_by=bo,
        answered_by=anna,
    )
    Mail.objects.create(key="1", kind="invitation", recipient=bo, address=bo.email, subject="Till Bo", text="x")
    document, page = the_file(client, anna)
    [row] = document["tables"]["assessments_query"]["rows"]
    assert (row["text"], row["asked_by"], row["answered_by"]) == (query.text, "någon annan", "du")
    assert "Bo Ask" not in page + json.dumps(document)
    assert "bo.ask" not in page + json.dumps(document)


def test_no_key_and_no_secret_is_in_it(client, anna):
    of_the_app = with_app(anna)
    feed = CalendarFeed.objects.create(user=anna, key="kalendernyckel")
    change = AddressChange.objects.create(user=anna, email="ny@exempel.invalid", asked_on="2026-09-20")
    writer = InterestWriterFactory(email=anna.email)
    document, page = the_file(client, anna)
    page_and_file = page + json.dumps(document)
    assert {"mfa_authenticator", "meetings_calendarfeed", "admission_interestwriter"} <= set(document["tables"])
    for secret in (
        of_the_app,
        Authenticator.objects.filter(user=anna).first().data["secret"],
        feed.key,
        change.key,
        writer.key,
        anna.password,
    ):
        assert secret not in page_and_file
    assert InterestWriter.objects.get().key


def test_nobody_uses_it_for_another(client, anna):
    """Neither page takes anything that says whose the rows are."""
    client.force_login(UserFactory(name="Cia Lind", skr_role=SkrRole.PROCESS_LEADER))
    for name in ("mine", "mine_file", "ask"):
        answer = client.get(reverse(f"privacy:{name}"), {"pk": anna.pk, "email": anna.email})
        assert b"anna.ek" not in answer.content
    assert "Cia Lind" in client.get(reverse("privacy:mine")).text


def test_the_page_shows_the_newest_and_the_file_all(client, anna):
    for number in range(MOST_ON_PAGE + 1):
        audit.record(PeopleEvent.DELEGATE_INVITED, target=f"Person {number}", by=anna)
    client.force_login(anna)
    page = client.get(reverse("privacy:mine")).text
    assert f"Här står de {MOST_ON_PAGE} senaste." in page
    assert "Person 0<" not in page
    assert len(the_file(client, anna)[0]["tables"]["kit_auditevent"]["rows"]) == MOST_ON_PAGE + 1


def test_the_queries_do_not_grow_with_the_rows(anna, django_assert_num_queries):
    def queries(rows):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        for _ in range(rows):
            DelegateFactory(user=anna)
        with CaptureQueriesContext(connection) as asked:
            [table.words for table in stored_about(person_of(anna))]
        return len(asked)

    assert queries(1) == queries(3)


def test_an_export_leaves_a_line_with_the_number_and_no_name(client, anna, caplog):
    caplog.set_level(logging.INFO, logger="kit.exporting")
    the_file(client, anna)
    leader = UserFactory(skr_role=SkrRole.PROCESS_LEADER)
    client.force_login(leader)
    cohort = anna.seats.get().participation.cohort
    client.get(reverse("people:directory_file", args=[cohort.slug]))
    assert [record.getMessage() for record in caplog.records if record.name == "kit.exporting"] == [
        f"User {anna.pk} exported their own data.",
        f"User {leader.pk} exported the people of {cohort.slug}.",
    ]


def test_the_command_writes_the_same_file(anna, tmp_path, capsys):
    path = tmp_path / "anna.zip"
    call_command("export_person", "Anna.Ek@exempel.invalid", "--output", str(path))
    document, _ = unpacked(path.read_bytes())
    assert document["tables"]["accounts_user"]["rows"][0]["name"] == "Anna Ek"
    assert capsys.readouterr().out == f"{path}: written.\n"
    with pytest.raises(CommandError, match="Nothing is stored"):
        call_command("export_person", "ingen@exempel.invalid", "--output", str(path))


@pytest.mark.parametrize(("value", "words"), [(None, "–"), ("", "–"), (True, "Ja"), (False, "Nej"), ("Ek", "Ek")])
def test_values_are_told_in_words(value, words):
    assert in_words(value) == words
