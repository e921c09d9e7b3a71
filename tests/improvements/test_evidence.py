"""Underlag of an improvement: links and files, read by whoever reads the improvement."""

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from improvements.evidence import AT_MOST, add_file, add_link, remove_evidence
from improvements.models import WorkEvidence
from improvements.trail import ImprovementEvent
from kit.models import AuditEvent
from kit.uploads import FILES_AN_HOUR
from tests.factories import ImprovementFactory
from tests.refusing import refused

pytestmark = pytest.mark.django_db
URL = "https://exempel.invalid/rakning"


@pytest.fixture
def work(cast):
    return ImprovementFactory(participation=cast.own, title="Turlistan", shared=True)


def upload(content=b"En rutin.", name="rutin.txt"):
    return SimpleUploadedFile(name, content)


def stored_files():
    return default_storage.listdir("forbattringar")[1] if default_storage.exists("forbattringar") else []


def page(client, user, work, name="improvement"):
    client.force_login(user)
    return client.get(reverse(f"improvements:{name}", args=[work.pk]))


class TestAdding:
    def test_a_file_gets_a_name_of_our_own_and_is_called_as_its_sender_said(self, cast, work):
        add_file(improvement=work, file=upload(), title="Rutinen", by=cast.anna)
        add_file(improvement=work, file=upload(b"Mer.", "C:\\Filer\\Rutin för kassan.txt"), by=cast.anna)
        first, second = WorkEvidence.objects.all()
        assert (first.title, second.title) == ("Rutinen", "Rutin för kassan")
        assert (first.size, first.media_type, first.ending, first.added_by) == (9, "text/plain", "txt", cast.anna)
        assert "rutin" not in first.file.name
        assert len(stored_files()) == 2

    def test_a_link_without_a_title_is_called_as_its_host(self, cast, work):
        add_link(improvement=work, url=URL, by=cast.anna)
        assert str(WorkEvidence.objects.get()) == "exempel.invalid"

    def test_by_both_forms_of_the_page(self, client, cast, work):
        address = reverse("improvements:evidence", args=[work.pk])
        client.force_login(cast.eva)
        assert client.post(address, {"what": "link", "url": URL, "title": "Räkningen"}).status_code == 302
        assert client.post(address, {"what": "file", "file": upload(), "title": ""}).status_code == 302
        text = client.get(address).text
        assert "Räkningen" in text
        assert "exempel.invalid" in text
        assert [row.title for row in work.evidence.all()] == ["Räkningen", "rutin"]

    @pytest.mark.parametrize(
        ("posted", "sentence"),
        [
            ({"what": "link", "url": ""}, "Skriv eller klistra in en länk."),
            ({"what": "link", "url": "javascript:alert(1)"}, "Länken ska börja med https:// eller http://."),
            ({"what": "file"}, "Välj en fil."),
            ({"what": "link", "url": URL, "title": "x" * 161}, "Benämningen får ha högst 160 tecken."),
        ],
    )
    def test_what_is_wrong_is_said_at_the_field(self, client, cast, work, posted, sentence):
        client.force_login(cast.anna)
        answer = client.post(reverse("improvements:evidence", args=[work.pk]), posted)
        assert answer.status_code == 422
        assert sentence in answer.text

    def test_only_what_it_says_it_is(self, cast, work):
        with refused("Filen är av ett slag som inte tas emot."):
            add_file(improvement=work, file=upload(b"MZ\x90\x00", "rutin.exe"), by=cast.anna)
        assert (stored_files(), WorkEvidence.objects.count()) == ([], 0)

    def test_not_larger_than_other_underlag(self, cast, work, settings):
        settings.EVIDENCE_MAX_MB = 0
        with refused("Filen är för stor. Den får vara högst 0 MB."):
            add_file(improvement=work, file=upload(), by=cast.anna)

    def test_the_files_of_an_hour_are_counted_together_with_all_others(self, cast, work):
        FILES_AN_HOUR.use(cast.anna, FILES_AN_HOUR.most)
        with refused("Du kan skicka in högst 60 filer i timmen."):
            add_file(improvement=work, file=upload(), by=cast.anna)
        assert stored_files() == []

    def test_the_same_link_twice(self, cast, work):
        add_link(improvement=work, url=URL, by=cast.anna)
        with refused("Länken finns redan bland underlagen till förbättringsarbetet."):
            add_link(improvement=work, url=URL, by=cast.eva)

    def test_the_same_file_twice(self, cast, work):
        add_file(improvement=work, file=upload(), by=cast.anna)
        add_file(improvement=work, file=upload(b"En rutan."), by=cast.anna)
        with refused("Filen finns redan bland underlagen till förbättringsarbetet."):
            add_file(improvement=work, file=upload(), title="Med annat namn", by=cast.eva)
        assert len(stored_files()) == 2

    def test_no_more_than_there_is_room_for(self, client, cast, work):
        for number in range(AT_MOST):
            assert "Lägg till länken" in page(client, cast.anna, work, "evidence").text
            add_link(improvement=work, url=f"{URL}/{number}", by=cast.anna)
        assert "fler går inte att lägga till" in page(client, cast.anna, work, "evidence").text
        with refused(f"Det finns redan {AT_MOST} underlag till förbättringsarbetet. Ta bort ett först."):
            add_link(improvement=work, url=URL, by=cast.anna)
        with refused(f"Det finns redan {AT_MOST} underlag till förbättringsarbetet. Ta bort ett först."):
            add_file(improvement=work, file=upload(), by=cast.anna)
        assert (WorkEvidence.objects.count(), stored_files()) == (AT_MOST, [])

    def test_the_page_says_who_reads_it(self, client, cast, work):
        shared = "Gruppen, dess mentorer, SKR:s processledare och utvärderaren läser underlaget"
        assert shared in page(client, cast.anna, work, "evidence").text
        type(work).objects.update(shared=False)
        text = page(client, cast.anna, work, "evidence").text
        assert shared not in text
        assert "Om ni delar förbättringsarbetet läser gruppen också underlaget." in text
        assert "ska inte innehålla uppgifter om enskilda personer" in text


class TestReading:
    def test_whoever_reads_the_improvement(self, client, cast, work):
        add_file(improvement=work, file=upload(), title="Rutinen", by=cast.anna)
        address = WorkEvidence.objects.get().address
        for user in (cast.anna, cast.eva, cast.gun, cast.bo, cast.cia):
            assert address in page(client, user, work).text
            answer = client.get(address)
            assert b"".join(answer.streaming_content) == b"En rutin."
            assert answer["Content-Disposition"] == 'attachment; filename="Rutinen.txt"'
            assert answer["X-Content-Type-Options"] == "nosniff"
            assert answer["Cache-Control"] == "private, no-store"
        client.force_login(cast.dag)
        assert client.get(address).status_code == 404
        type(work).objects.update(shared=False)
        client.force_login(cast.gun)
        assert client.get(address).status_code == 404

    def test_an_address_below_another_improvement_opens_nothing(self, client, cast, work):
        add_file(improvement=work, file=upload(), by=cast.anna)
        add_link(improvement=work, url=URL, by=cast.anna)
        file, link = WorkEvidence.objects.all()
        other = ImprovementFactory(participation=cast.own)
        client.force_login(cast.anna)
        for improvement, row in ((other, file), (work, link)):
            assert client.get(reverse("improvements:evidence_file", args=[improvement.pk, row.pk])).status_code == 404

    def test_a_file_that_is_gone_is_told_of(self, client, cast, work):
        add_file(improvement=work, file=upload(), by=cast.anna)
        row = WorkEvidence.objects.get()
        default_storage.delete(row.file.name)
        assert "Filen finns inte kvar." in page(client, cast.anna, work, "evidence").text
        assert client.get(row.address).status_code == 404


class TestRemoving:
    def test_the_file_goes_with_its_row(self, client, cast, work, django_capture_on_commit_callbacks):
        add_file(improvement=work, file=upload(), by=cast.anna)
        address = reverse("improvements:evidence_remove", args=[work.pk, WorkEvidence.objects.get().pk])
        client.force_login(cast.eva)
        with django_capture_on_commit_callbacks(execute=True):
            answers = [client.post(address).url for _ in range(2)]
        assert answers == [reverse("improvements:evidence", args=[work.pk])] * 2
        assert (WorkEvidence.objects.count(), stored_files()) == (0, [])

    def test_a_second_time_writes_nothing_in_the_trail(self, cast, work):
        add_link(improvement=work, url=URL, title="Räkningen", by=cast.anna)
        row = WorkEvidence.objects.get()
        for _ in range(2):
            remove_evidence(evidence=row, by=cast.anna)
        kinds = (ImprovementEvent.WORK_EVIDENCE_ADDED, ImprovementEvent.WORK_EVIDENCE_REMOVED)
        events = AuditEvent.objects.filter(kind__in=kinds).order_by("pk")
        assert [event.kind for event in events] == list(kinds)
        assert {(event.organisation, event.data["what"]) for event in events} == {
            (cast.own.organisation.code, "Räkningen")
        }

    @pytest.mark.parametrize(
        ("number", "sentence"), [(1, "Underlaget tas också bort."), (2, "Två underlag tas också bort.")]
    )
    def test_with_the_improvement(self, client, cast, work, number, sentence, django_capture_on_commit_callbacks):
        for at in range(number):
            add_file(improvement=work, file=upload(f"Rutin {at}".encode()), by=cast.anna)
        address = reverse("improvements:improvement_remove", args=[cast.cohort.slug, cast.own.code, work.pk])
        client.force_login(cast.anna)
        assert sentence in client.get(address).text
        with django_capture_on_commit_callbacks(execute=True):
            client.post(address)
        assert (WorkEvidence.objects.count(), stored_files()) == (0, [])
