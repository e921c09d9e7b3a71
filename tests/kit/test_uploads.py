"""How large a file may be, and what it may not do when it is opened. Which kinds are taken stands with evidence."""

import io
import zlib
from pathlib import Path
from types import SimpleNamespace
from zipfile import ZipFile

import pymupdf
import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, models, transaction

from kit.pdf import render_pdf
from kit.uploads import taken
from tests.factories import MeetingFactory
from tests.refusing import refused

MB = 1024 * 1024
CASES = Path(__file__).parent / "cases"


@pytest.fixture(autouse=True)
def one_megabyte(settings):
    settings.EVIDENCE_MAX_MB = 1


def test_the_largest():
    assert sent(b"a" * MB, "plan.txt").ending == "txt"


def test_a_byte_more():
    with refused("Filen är för stor. Den får vara högst 1 MB."):
        sent(b"a" * (MB + 1), "plan.txt")


def sent(content, name):
    return taken(SimpleUploadedFile(name, content), by=SimpleNamespace(pk=1, name="Anna Ek"))


class TestWhereAPdfBegins:
    """Scanners and web pages write something before it; within the first 1,024 bytes it is still a PDF."""

    @pytest.mark.parametrize("before", [b"", b"\n", b"\xef\xbb\xbf", b"X-Scanner: 7\r\n\r\n", b" " * 1023])
    def test_taken(self, before):
        assert sent(before + b"%PDF-1.7\n%%EOF\n", "statistik.pdf").media_type == "application/pdf"

    @pytest.mark.parametrize(
        ("content", "name"), [(b" " * 1024 + b"%PDF-1.7", "statistik.pdf"), (b"inget", "statistik.pdf")]
    )
    def test_not_taken(self, content, name):
        with refused("Filen är av ett slag som inte tas emot."):
            sent(content, name)

    def test_a_text_about_pdfs_is_a_text(self):
        assert sent("Filen börjar med %PDF-1.7".encode(), "om.txt").ending == "txt"


class TestTheCasesFromTheField:
    @pytest.mark.parametrize("name", ["foto.HEIC", "foto.heic", "foto.jpg", "foto.png"])
    def test_27_a_picture_that_no_browser_shows_is_refused_whatever_it_is_named(self, name):
        with refused("Filen är av ett slag som inte tas emot. Välj PDF, PNG, JPG"):
            sent((CASES / "27-files-as-underlag/foto.HEIC").read_bytes(), name)

    @pytest.mark.parametrize(
        "name", ["statistik.csv", "STATISTIK.CSV", "Årsstatistik.csv", f"{'å' * 100}.csv", "👍.csv"]
    )
    def test_27_unicode_text_of_excel_is_taken(self, name):
        assert sent((CASES / "27-files-as-underlag/statistik.csv").read_bytes(), name).ending == "csv"

    @pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "cp1252", "utf-16-le", "utf-16-be"])
    def test_27_so_is_the_like(self, coding):
        text = (CASES / "27-files-as-underlag/statistik.csv").read_text(encoding="utf-16")
        mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(coding, b"")
        assert sent(mark + text.encode(coding), "statistik.csv").ending == "csv"


SCRIPT = "PDF:en innehåller ett skript. Skriv ut den som en ny PDF och försök igen."
CLOSED = "PDF:en är skyddad eller skadad."


def a_pdf(catalog="", **saved):
    """A PDF of a page, made by another library, with something more in its catalogue."""
    with pymupdf.open() as document:
        document.new_page().insert_text((72, 72), "Andelen kvinnor i /JavaScript-gruppen")
        for pair in catalog.split(";") if catalog else ():
            key, value = pair.split("=")
            document.update_object(number := document.get_new_xref(), value)
            document.xref_set_key(document.pdf_catalog(), key, f"{number} 0 R")
        return document.tobytes(**saved)


WAYS = {"plain": {}, "packed": {"use_objstms": 1, "deflate": True}, "deflated": {"deflate": True, "garbage": 3}}
RUNS = "OpenAction=<</S/JavaScript/JS(app.alert\\(1\\))>>"


class TestScriptsInAPdf:
    @pytest.mark.parametrize("way", WAYS)
    def test_one_without_is_taken(self, way):
        assert sent(a_pdf(**WAYS[way]), "statistik.pdf").ending == "pdf"

    @pytest.mark.parametrize("way", WAYS)
    @pytest.mark.parametrize(
        "catalog",
        [
            RUNS,
            "OpenAction=<</S/#4aavaScr#69pt/JS(1)>>",
            "AA=<</WC<</S/JavaScript/JS(1)>>>>",
            "OpenAction=<</S/Launch/F(cmd.exe)>>",
            "AcroForm=<</XFA(1)>>",
        ],
    )
    def test_one_with_a_script_is_not(self, way, catalog):
        with refused(SCRIPT):
            sent(a_pdf(catalog, **WAYS[way]), "statistik.pdf")

    def test_packed_objects_that_cannot_be_read_are_not_taken(self):
        packed = a_pdf(RUNS, **WAYS["packed"])
        assert b"/JavaScript" not in packed
        start = packed.index(b"stream", packed.index(b"/ObjStm")) + 8
        with refused(CLOSED):
            sent(packed[:start] + bytes(40) + packed[start + 40 :], "statistik.pdf")

    def test_ours_is_taken(self):
        assert sent(render_pdf("<title>Plan</title><p>Plan</p>"), "plan.pdf").ending == "pdf"

    def test_packed_objects_are_not_unpacked_without_end(self):
        with refused(CLOSED):
            sent(b"%PDF-1.7\n" + b"stream\n" * 20_001, "statistik.pdf")
        bomb = zlib.compress(bytes(40_000_000))
        content = (
            b"%PDF-1.7\n1 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode>>\nstream\n" + bomb + b"\nendstream\n"
        )
        with refused(CLOSED):
            sent(content, "statistik.pdf")


FETCHES = "Dokumentet hämtar en mall eller ett objekt från en annan plats när någon öppnar det."
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def a_document(kind, target, *, part="word/_rels/settings.xml.rels", mode="External", coding="utf-8"):
    relation = f'<Relationship Id="r1" Type="{RELATION}{kind}" Target="{target}" TargetMode="{mode}"/>'
    packed = io.BytesIO()
    with ZipFile(packed, "w") as archive:
        types = f'<Types><Override PartName="/word/document.xml" ContentType="{MAIN}"/></Types>'
        archive.writestr("[Content_Types].xml", types)
        archive.writestr(part, f'<?xml version="1.0" encoding="{coding}"?><r>{relation}</r>'.encode(coding))
    return packed.getvalue()


class TestWhatADocumentFetches:
    @pytest.mark.parametrize(
        ("kind", "target"),
        [
            ("attachedTemplate", "https://elak.exempel.invalid/mall.dotm"),
            ("attachedTemplate", "HTTP://elak.exempel.invalid/mall.dotm"),
            ("attachedTemplate", "file:///\\\\elak.exempel.invalid\\mallar\\mall.dotm"),
            ("attachedTemplate", "\\\\elak.exempel.invalid\\mall.dotm"),
            ("attachedTemplate", "file://elak.exempel.invalid/mall.dotm"),
            ("attachedTemplate", "file:///%5C%5Celak.exempel.invalid%5Cmall.dotm"),
            ("oleObject", "https://elak.exempel.invalid/a.html"),
            ("frame", "https://elak.exempel.invalid/a.html"),
            ("subDocument", "https://elak.exempel.invalid/a.docx"),
        ],
    )
    @pytest.mark.parametrize("coding", ["utf-8", "utf-16"])
    def test_from_elsewhere_is_refused(self, kind, target, coding):
        with refused(FETCHES):
            sent(a_document(kind, target, coding=coding), "policy.docx")

    @pytest.mark.parametrize(
        ("kind", "target"),
        [
            ("attachedTemplate", "file:///C:\\Users\\anna\\Mallar\\Kommunmall.dotx"),
            ("attachedTemplate", "Kommunmall.dotx"),
            ("hyperlink", "https://skr.exempel.invalid/"),
            ("image", "https://skr.exempel.invalid/bild.png"),
        ],
    )
    def test_a_template_on_ones_own_disk_and_a_link_are_not(self, kind, target):
        assert sent(a_document(kind, target), "policy.docx").ending == "docx"

    def test_what_lies_in_the_document_is_not(self):
        assert sent(a_document("oleObject", "embeddings/a.bin", mode="Internal"), "policy.docx").ending == "docx"

    def test_relations_that_cannot_be_read_are_not_taken(self):
        packed = a_document("hyperlink", "&amp;", part="word/_rels/document.xml.rels").replace(b"<r>", b"<r ")
        with refused("Filen är av ett slag som inte tas emot."):
            sent(packed, "policy.docx")


def links():
    for model in apps.get_models():
        for field in model._meta.fields:
            if isinstance(field, models.URLField):
                yield model, field.name


@pytest.mark.django_db
def test_every_link_that_is_kept_is_on_the_web():
    """Also one that is written past the forms: a page draws it as it stands."""
    link_fields = list(links())
    assert len(link_fields) >= 5
    for model, name in link_fields:
        [rule] = [
            constraint for constraint in model._meta.constraints if constraint.name.endswith(f"{name}_on_the_web")
        ]
        for link in ("javascript:alert(1)", "ftp://exempel.invalid/", "data:text/html,x", "//exempel.invalid"):
            with pytest.raises(ValidationError, match="Länken ska börja med https://"):
                rule.validate(model, model(**{name: link}))
        for link in ("", "https://exempel.invalid/", "HTTP://exempel.invalid/"):
            rule.validate(model, model(**{name: link}))


@pytest.mark.django_db
def test_the_database_keeps_no_other_link(cast):
    meeting = MeetingFactory(cohort=cast.cohort)
    with pytest.raises(IntegrityError), transaction.atomic():
        type(meeting).objects.filter(pk=meeting.pk).update(link="javascript:alert(1)")
