"""The zip: names that any computer takes, a list that is always the same, and nothing that escapes from it."""

import csv
from datetime import date
from hashlib import sha256
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest

from archive.packing import LIST, LONGEST_NAME, PackedFile, pack, safe_name
from tests import hostile

pytestmark = pytest.mark.one_database


def entry(title="Plan", content=b"plan", folder="1 Underlag", **more):
    return PackedFile(folder, title, "pdf", lambda _beat: [content], **more)


def gone(**more):
    def read(_beat):
        raise FileNotFoundError
        yield

    return PackedFile("1 Underlag", "Plan", "pdf", read, is_uploaded=True, **more)


def packed(entries, **more):
    file = BytesIO()
    pack(file, entries, beat=lambda: None, **more)
    return ZipFile(file)


def rows(archive):
    text = archive.read(LIST).decode()
    assert text.startswith("\ufefffil;rubrik;datum;version;dnr;sha256\r\n")
    return list(csv.DictReader(StringIO(text.removeprefix("\ufeff")), delimiter=";"))


def test_the_list_has_each_file_with_its_checksum():
    entries = [entry(day=date(2027, 3, 1), version="2", diary_number="KS 2027/1"), entry("Vård", b"annat")]
    archive = packed(entries)
    assert rows(archive)[0] == {
        "fil": "1 Underlag/2027-03-01 Plan.pdf",
        "rubrik": "Plan",
        "datum": "2027-03-01",
        "version": "2",
        "dnr": "KS 2027/1",
        "sha256": sha256(b"plan").hexdigest(),
    }
    listed = {row["fil"]: row["sha256"] for row in rows(archive)}
    assert listed == {name: sha256(archive.read(name)).hexdigest() for name in archive.namelist() if name != LIST}


def test_the_same_entries_give_the_same_bytes():
    first, second = BytesIO(), BytesIO()
    for file in (first, second):
        pack(file, [entry(), entry("Vård", day=date(1899, 1, 1)), gone()], beat=lambda: None)
    assert first.getvalue() == second.getvalue()


def test_an_empty_file_has_only_the_list():
    archive = packed([])
    assert (archive.namelist(), rows(archive)) == ([LIST], [])


def test_a_file_that_is_gone_is_told_in_the_list():
    archive = packed([gone(day=date(2027, 3, 1)), entry()])
    assert archive.namelist() == ["1 Underlag/Plan.pdf", LIST]
    lost, there = rows(archive)
    assert (lost["fil"], lost["rubrik"], lost["datum"]) == ("", "Plan: filen finns inte kvar", "2027-03-01")
    assert lost["sha256"] == ""
    assert there["fil"] == "1 Underlag/Plan.pdf"


def test_a_paper_that_cannot_be_read_is_an_error():
    def read(_beat):
        raise FileNotFoundError("a font")

    with pytest.raises(FileNotFoundError):
        packed([PackedFile("1", "Plan", "pdf", read)])


def test_names_that_are_alike_get_numbers():
    archive = packed([entry("Plan"), entry("plan"), entry("Plan"), entry("PLAN\u200b")])
    assert [row["fil"] for row in rows(archive)] == [
        "1 Underlag/Plan.pdf",
        "1 Underlag/plan (2).pdf",
        "1 Underlag/Plan (3).pdf",
        "1 Underlag/PLAN (4).pdf",
    ]


HOSTILE = {
    "../../../etc/passwd": "-..-..-etc-passwd",
    "/etc/passwd": "-etc-passwd",
    "C:\\Windows\\a": "C-Windows-a",
    "a\nb\rc\td": "a b c d",
    "en\x00två": "entvå",
    'vad? <b> "x" | y*': "vad- -b- -x- - y-",
    "con": "con_",
    "LPT1.txt": "LPT1.txt_",
    "nul.": "nul_",
    "...": "utan namn",
    "": "utan namn",
    "\u202efdp.exe": "fdp.exe",
    "Åtgärder för äldre – 50 % é": "Åtgärder för äldre – 50 % é",
    "A\u030atgärd": "Åtgärd",
}


@pytest.mark.parametrize(("title", "name"), HOSTILE.items(), ids=range(len(HOSTILE)))
def test_a_name_holds_for_any_computer(title, name):
    assert safe_name(title) == name


@pytest.mark.parametrize("title", [*hostile.HOSTILE.values(), *HOSTILE], ids=range(len(hostile.HOSTILE) + len(HOSTILE)))
def test_no_title_leads_out_of_its_folder(title):
    archive = packed([entry(title), entry(folder=title)])
    first, second, last = archive.namelist()
    assert last == LIST
    assert first.startswith("1 Underlag/")
    assert second.endswith("/Plan.pdf")
    for name in (first, second):
        parts = name.split("/")
        assert len(parts) == 2
        assert not {"", ".", ".."} & set(parts)
        assert not set(name) & set('<>:"\\|?*\r\n\t\0')


@pytest.mark.parametrize(("length", "kept"), [(LONGEST_NAME, LONGEST_NAME), (LONGEST_NAME + 1, LONGEST_NAME)])
def test_a_name_is_cut(length, kept):
    assert safe_name("å" * length) == "å" * kept


def test_a_formula_in_a_title_is_a_text():
    assert rows(packed([entry("=HYPERLINK(1)")]))[0]["rubrik"] == "'=HYPERLINK(1)"


def test_papers_come_before_the_files_and_the_beat_is_heard():
    heard = []
    file = BytesIO()
    sent = PackedFile("1 Underlag", "Sent", "pdf", lambda _beat: [b"a", b"b"], is_uploaded=True)
    pack(file, [sent, entry()], beat=lambda: heard.append("beat"), before_files=lambda: heard.append("files"))
    assert heard == ["beat", "files", "beat", "beat"]
    assert ZipFile(file).namelist() == ["1 Underlag/Plan.pdf", "1 Underlag/Sent.pdf", LIST]
    assert [row["rubrik"] for row in rows(ZipFile(file))] == ["Sent", "Plan"]
