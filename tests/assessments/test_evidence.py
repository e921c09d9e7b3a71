"""Underlag: a link or a file beside a moment; only what it says it is, and only to those who may see it."""

import errno
import io
import zipfile
from datetime import date

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile
from django.urls import reverse

from accounts.enums import SkrRole
from assessments.actions.assessments import submit_assessment
from assessments.actions.evidence import add_file, add_link, remove_evidence
from assessments.evidence import AT_MOST, evidence_of
from assessments.models import Evidence
from cohorts.enums import Function
from cohorts.roles import roles_of
from kit.models import AuditEvent
from kit.refusals import ActionRefused
from kit.uploads import FILES_AN_HOUR, recognised
from tests.factories import (
    AssessmentFactory,
    CohortFactory,
    DelegateFactory,
    EvaluatorFactory,
    GroupFactory,
    GroupMentorFactory,
    MeetingFactory,
    ParticipationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40
JPG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\x00" * 40
EXE = b"MZ\x90\x00\x03" + b"\x00" * 200
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
HTML = b"<!doctype html><script>alert(1)</script>"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
MACRO = "application/vnd.ms-word.document.macroEnabled.main+xml"
ODT = "application/vnd.oasis.opendocument.text"


def zipped(**parts):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def office(main, *more):
    types = f'<Types><Override PartName="/main.xml" ContentType="{main}"/></Types>'
    return zipped(**{"[Content_Types].xml": types, "main.xml": "<a/>"}, **dict.fromkeys(more, "x"))


def upload(content=PDF, name="plan.pdf"):
    return SimpleUploadedFile(name, content, content_type="application/octet-stream")


@pytest.fixture(autouse=True)
def before_the_meeting():
    with time_machine.travel(date(2026, 9, 20)):
        yield


@pytest.fixture
def participation():
    return ParticipationFactory(group=GroupFactory(cohort=(cohort := CohortFactory())), cohort=cohort)


@pytest.fixture
def draft(participation):
    meeting = MeetingFactory(cohort=participation.cohort, starts_on=date(2026, 10, 1))
    return AssessmentFactory(participation=participation, meeting=meeting, values=[2] * 10)


@pytest.fixture
def anna(participation):
    return DelegateFactory(participation=participation, user__name="Anna").user


@pytest.fixture
def item(draft):
    return draft.items[3]


def content_of(answer):
    """What a file's answer brings; it is closed without letting the database go, as `close()` would."""
    content = b"".join(answer.streaming_content) if answer.streaming else b""
    for close in answer._resource_closers:
        close()
    return content


def stored_files():
    return default_storage.listdir("underlag")[1] if default_storage.exists("underlag") else []


class TestWhatAFileIs:
    @pytest.mark.parametrize(
        ("content", "name", "ending"),
        [
            (PDF, "plan.pdf", "pdf"),
            (PDF, "PLAN.PDF", "pdf"),
            (PNG, "bild.png", "png"),
            (JPG, "bild.jpg", "jpg"),
            (JPG, "bild.jpeg", "jpg"),
            (office(WORD), "policy.docx", "docx"),
            (office(EXCEL), "tal.xlsx", "xlsx"),
            (office(SLIDES), "bilder.pptx", "pptx"),
            (zipped(mimetype=ODT, **{"content.xml": "<a/>"}), "text.odt", "odt"),
            ("år;antal\n2026;4\n".encode(), "tal.csv", "csv"),
            ("år;antal\n".encode("utf-16"), "tal.csv", "csv"),
            ("Å\n".encode("latin-1"), "text.txt", "txt"),
            (b"BM 1 i omg\xe5ngen\n", "text.txt", "txt"),  # begins as a bitmap does
        ],
    )
    def test_taken(self, content, name, ending):
        assert recognised(upload(content, name)).ending == ending

    @pytest.mark.parametrize(
        ("content", "name"),
        [
            (EXE, "plan.pdf"),
            (EXE, "plan.exe"),
            (EXE, "plan.txt"),
            (SVG, "bild.svg"),
            (SVG, "bild.png"),
            (SVG, "bild.txt"),
            (HTML, "sida.html"),
            (HTML, "sida.csv"),
            (b"\xef\xbb\xbf  " + HTML, "sida.txt"),
            (b"GIF89a" + b"\x00" * 40, "bild.gif"),
            (zipped(a="b"), "arkiv.zip"),
            (zipped(a="b"), "policy.docx"),
            (b"PK\x03\x04 broken", "policy.docx"),
            (EXE + office(WORD), "policy.docx"),  # an archive at a program's end
            (zipped(mimetype="application/epub+zip"), "bok.odt"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "gammal.doc"),
            (b"\xff\xfe\x00\x00\x00\x00", "text.txt"),
            (b"plain words", "utan"),
            (b"plain words", "text.md"),
        ],
    )
    def test_refused(self, content, name):
        with pytest.raises(ActionRefused, match="ett slag som inte tas emot"):
            recognised(upload(content, name))

    @pytest.mark.parametrize(
        ("content", "name"), [(PDF, "bild.png"), (PNG, "plan.pdf"), (office(EXCEL), "policy.docx"), (PDF, "plan")]
    )
    def test_the_name_says_the_same(self, content, name):
        with pytest.raises(ActionRefused, match="Ge filen rätt ändelse"):
            recognised(upload(content, name))

    @pytest.mark.parametrize(
        "content",
        [
            office(MACRO),
            office(WORD, "word/vbaProject.bin"),
            office(EXCEL, "xl/macrosheets/sheet1.xml"),
            office(WORD, "word/activeX/activeX1.xml"),
            zipped(mimetype=ODT, **{"Basic/Standard/Module1.xml": "x"}),
        ],
    )
    @pytest.mark.parametrize("name", ["policy.docx", "policy.odt"])
    def test_macros_are_not_taken(self, content, name):
        with pytest.raises(ActionRefused, match="Filen innehåller makron"):
            recognised(upload(content, name))

    def test_an_archive_is_not_unpacked(self):
        """A part that would swell to a gigabyte is never read; of the one that is, only its beginning."""
        bomb = office(WORD) and zipped(**{"[Content_Types].xml": WORD + " " * 5_000_000, "a": b"\x00" * 5_000_000})
        assert len(bomb) < 20_000
        assert recognised(upload(bomb, "policy.docx")).ending == "docx"


class TestAdding:
    def test_a_file_is_kept_under_a_name_of_our_own(self, draft, item, anna):
        add_file(assessment=draft, item=item, file=upload(name="../../etc/Vår plan.pdf"), by=anna)
        evidence = Evidence.objects.get()
        assert (evidence.title, evidence.media_type, evidence.size, evidence.shared) == (
            "Vår plan",
            "application/pdf",
            len(PDF),
            False,
        )
        assert stored_files() == [evidence.file.name.removeprefix("underlag/")]
        assert "plan" not in evidence.file.name
        assert evidence.file.name.endswith(".pdf")

    @pytest.mark.parametrize(
        ("name", "title"),
        [
            ("..\\..\\plan.pdf", "plan"),
            ("a\x00b\u202efdp.pdf", "abfdp"),
            ("   .pdf", "Underlag"),
            ("<b>.pdf", "<b>"),
        ],
    )
    def test_a_name_is_made_harmless(self, draft, item, anna, name, title):
        file = upload()
        file._name = name  # past what Django has cleaned away already
        if title == "Underlag":
            file._name = "   .pdf".replace("   ", " \t")
        add_file(assessment=draft, item=item, file=file, by=anna)
        assert Evidence.objects.get().title == title

    def test_too_large(self, draft, item, anna, settings):
        settings.EVIDENCE_MAX_MB = 1
        with pytest.raises(ActionRefused, match="högst 1 MB"):
            add_file(assessment=draft, item=item, file=upload(PDF + b" " * 1024 * 1024), by=anna)
        assert stored_files() == []

    def test_the_same_file_twice(self, draft, item, anna):
        add_file(assessment=draft, item=item, file=upload(), by=anna)
        with pytest.raises(ActionRefused, match="finns redan"):
            add_file(assessment=draft, item=item, file=upload(name="annat.pdf"), title="Annat", by=anna)
        add_file(assessment=draft, item=item, file=upload(PDF.replace(b"1.7", b"1.6")), by=anna)  # of the same size
        add_file(assessment=draft, item=draft.items[0], file=upload(), by=anna)
        assert len(stored_files()) == 3

    def test_the_same_link_twice(self, draft, item, anna):
        add_link(assessment=draft, item=item, url="https://provby.se/plan", by=anna)
        with pytest.raises(ActionRefused, match="finns redan"):
            add_link(assessment=draft, item=item, url="https://provby.se/plan", title="Plan", by=anna)
        assert Evidence.objects.get().title == "provby.se"

    @pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "ftp://a.se/b", "//a.se", "https://"])
    def test_only_pages_on_the_web(self, draft, item, anna, url):
        with pytest.raises(ActionRefused, match="https://"):
            add_link(assessment=draft, item=item, url=url, by=anna)

    def test_at_most_ten(self, draft, item, anna):
        for number in range(AT_MOST):
            add_link(assessment=draft, item=item, url=f"https://provby.se/{number}", by=anna)
        with pytest.raises(ActionRefused, match="redan 10"):
            add_link(assessment=draft, item=item, url="https://provby.se/till", by=anna)

    def test_not_once_it_is_handed_in(self, draft, item, anna):
        submit_assessment(assessment=draft, assessors=3, by=anna)
        with pytest.raises(ActionRefused, match="inlämnad"):
            add_file(assessment=draft, item=item, file=upload(), by=anna)
        assert stored_files() == []

    def test_it_stands_in_the_owners_trail(self, draft, item, anna):
        add_link(assessment=draft, item=item, url="https://provby.se/", title="Plan", by=anna)
        event = AuditEvent.objects.get(kind="evidence_added")
        assert event.organisation == draft.participation.organisation.code
        assert event.data == {"title": "Plan", "shared": False}


class TestRemoving:
    def test_the_file_goes_with_it(self, draft, item, anna, django_capture_on_commit_callbacks):
        add_file(assessment=draft, item=item, file=upload(), by=anna)
        with django_capture_on_commit_callbacks(execute=True):
            remove_evidence(evidence=Evidence.objects.get(), by=anna)
        assert (stored_files(), Evidence.objects.count()) == ([], 0)

    def test_two_clicks_are_one(self, draft, item, anna):
        add_link(assessment=draft, item=item, url="https://provby.se/", by=anna)
        evidence = Evidence.objects.get()
        remove_evidence(evidence=evidence, by=anna)
        remove_evidence(evidence=evidence, by=anna)
        assert AuditEvent.objects.filter(kind="evidence_removed").count() == 1

    def test_what_is_handed_in_keeps_its_underlag(self, draft, item, anna):
        add_link(assessment=draft, item=item, url="https://provby.se/", by=anna)
        submit_assessment(assessment=draft, assessors=3, by=anna)
        with pytest.raises(ActionRefused):
            remove_evidence(evidence=Evidence.objects.get(), by=anna)


@pytest.fixture
def near(participation):
    """Everyone with something to do with the organisation, by what they are."""
    group, cohort = participation.group, participation.cohort
    mentoring = GroupMentorFactory(group=group).participation
    return {
        "own politician": DelegateFactory(participation=participation, function=Function.POLITICIAN).user,
        "groupmate": DelegateFactory(participation=ParticipationFactory(cohort=cohort, group=group)).user,
        "mentor": DelegateFactory(participation=mentoring).user,
        "process leader": UserFactory(skr_role=SkrRole.PROCESS_LEADER),
        "evaluator": EvaluatorFactory(cohort=cohort).user,
        "administrator": UserFactory(skr_role=SkrRole.ADMINISTRATOR),
        "other": DelegateFactory(participation=ParticipationFactory(cohort=cohort)).user,
    }


class TestWhoSees:
    @pytest.mark.parametrize(
        ("shared", "submitted", "seen_by"),
        [
            (False, False, {"own politician"}),
            (True, False, {"own politician"}),
            (False, True, {"own politician"}),
            (True, True, {"own politician", "groupmate", "mentor", "process leader", "evaluator"}),
        ],
    )
    def test_the_file_and_the_list(self, client, draft, item, anna, near, shared, submitted, seen_by):
        add_file(assessment=draft, item=item, file=upload(), shared=shared, by=anna)
        if submitted:
            submit_assessment(assessment=draft, assessors=3, by=anna)
        url = reverse("assessments:evidence_file", args=[Evidence.objects.get().pk])
        listed_for = set()
        for who, user in near.items():
            client.force_login(user)
            answer = client.get(url)
            assert (answer.status_code, content_of(answer)) in ((200, PDF), (404, b""))
            list_has_it = bool(evidence_of(draft, roles_of(user)))
            assert list_has_it == (answer.status_code == 200)
            listed_for |= {who} if list_has_it else set()
        assert listed_for == seen_by
        client.logout()
        assert client.get(url).url.startswith("/logga-in/")


class TestPages:
    def url(self, draft):
        return reverse("assessments:evidence", args=[draft.pk, 4])

    def test_a_link_is_added_and_shown_with_its_host(self, client, draft, anna):
        client.force_login(anna)
        posted = {"what": "link", "url": "https://www.provby.se/plan", "title": "Vår plan", "shared": "group"}
        assert client.post(self.url(draft), posted).status_code == 302
        text = client.get(self.url(draft)).text
        assert "Vår plan" in text
        assert "www.provby.se" in text
        assert Evidence.objects.get().shared

    def test_a_file_is_added_served_and_removed(self, client, draft, anna):
        client.force_login(anna)
        posted = {"what": "file", "file": upload(), "title": "Plan 2026/27", "shared": "us"}
        assert client.post(self.url(draft), posted).status_code == 302
        evidence = Evidence.objects.get()
        answer = client.get(evidence.address)
        assert content_of(answer) == PDF
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"] == 'attachment; filename="Plan 2026-27.pdf"'
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer["Cache-Control"] == "private, no-store"
        client.post(reverse("assessments:evidence_remove", args=[evidence.pk]))
        assert client.get(evidence.address).status_code == 404

    def test_a_file_that_is_gone_is_not_found(self, client, draft, item, anna):
        add_file(assessment=draft, item=item, file=upload(), by=anna)
        default_storage.delete(Evidence.objects.get().file.name)
        client.force_login(anna)
        answer = client.get(Evidence.objects.get().address)
        assert answer.status_code == 404
        assert "Be den som lade upp filen att lägga upp den igen." in answer.text
        said = "Filen finns inte kvar. Ta bort den här raden och lägg till filen igen."
        assert said in client.get(self.url(draft)).text

    def test_one_that_is_there_says_nothing_of_it(self, client, draft, item, anna):
        add_file(assessment=draft, item=item, file=upload(), by=anna)
        client.force_login(anna)
        assert "finns inte kvar" not in client.get(self.url(draft)).text

    def test_on_a_full_disk_the_form_says_so_and_nothing_is_stored(self, client, draft, anna, monkeypatch):
        def full(self, chunk_size=None):
            yield b"%PDF"
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(InMemoryUploadedFile, "chunks", full)
        client.force_login(anna)
        answer = client.post(self.url(draft), {"what": "file", "file": upload(), "title": "Plan", "shared": "us"})
        assert answer.status_code == 422
        assert "Filen gick inte att spara just nu." in answer.text
        assert (Evidence.objects.count(), stored_files()) == (0, [])

    def test_one_more_than_an_hour_takes_is_told_at_the_field(self, client, draft, anna):
        FILES_AN_HOUR.use(anna, FILES_AN_HOUR.most)
        client.force_login(anna)
        answer = client.post(self.url(draft), {"what": "file", "file": upload(), "title": "Plan", "shared": "us"})
        assert answer.status_code == 422
        assert "Du kan skicka in högst 60 filer i timmen." in answer.text
        assert not Evidence.objects.exists()

    @pytest.mark.parametrize(
        ("posted", "sentence"),
        [
            ({"what": "link", "url": "javascript:alert(1)", "shared": "us"}, "Länken ska börja med https://"),
            ({"what": "link", "url": "", "shared": "us"}, "Skriv eller klistra in en länk"),
            ({"what": "link", "url": "https://a.se/" + "x" * 500, "shared": "us"}, "högst 500 tecken"),
            ({"what": "file", "shared": "us"}, "Välj en fil"),
            ({"what": "file", "file": upload(EXE), "shared": "us"}, "ett slag som inte tas emot"),
        ],
    )
    def test_a_refusal_is_told_at_the_field(self, client, draft, anna, posted, sentence):
        client.force_login(anna)
        if "file" in posted:
            posted["file"].seek(0)
        answer = client.post(self.url(draft), posted)
        assert answer.status_code == 422
        assert sentence in answer.text
        assert not Evidence.objects.exists()

    def test_a_groupmate_does_not_find_a_drafts_page(self, client, draft, near):
        for who, expected in (("groupmate", 404), ("process leader", 404), ("own politician", 403)):
            client.force_login(near[who])
            assert client.get(self.url(draft)).status_code == expected

    def test_the_read_page_shows_what_is_shared(self, client, draft, item, anna, near):
        add_link(assessment=draft, item=item, url="https://provby.se/a", title="Delat", shared=True, by=anna)
        add_link(assessment=draft, item=item, url="https://provby.se/b", title="Eget", by=anna)
        submit_assessment(assessment=draft, assessors=3, by=anna)
        client.force_login(near["groupmate"])
        theirs = client.get(draft.get_absolute_url()).text
        client.force_login(anna)
        ours = client.get(draft.get_absolute_url()).text
        assert ("Delat" in theirs, "Eget" in theirs, "Delat" in ours, "Eget" in ours) == (True, False, True, True)
