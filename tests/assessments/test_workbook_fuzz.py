"""No workbook, however mangled, gives a 500, a traceback or a half-stored import."""

import random
import re
from datetime import date
from io import BytesIO, StringIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import transaction
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.models import Assessment, Score
from assessments.workbook.exporting import workbook_of
from checklist.models import Checklist
from cohorts.roles import roles_of
from kit.models import AuditEvent
from kit.workbook.reading import read_workbook
from kit.workbook.refusing import WorkbookRefused
from tests.factories import AssessmentFactory, CohortFactory, DelegateFactory, MeetingFactory, ParticipationFactory
from tests.strict import StrictClient
from tests.workbooks import of_2017, of_2018

pytestmark = pytest.mark.django_db
SEEDS = 400
ODD_TEXT = (
    *(
        "",
        "0",
        "-1",
        "4",
        "2.5",
        "1e999",
        "NaN",
        "=1+1",
        "x",
        "\0",
        "&#0;",
        "&#xD800;",
        "&amp;",
        "]]>",
        "<",
        "å" * 5000,
    ),
    *("A1", "XFD1048576", "A0", "1:1", "A1:XFD1048576", "rId99", "true", "s", "e", "inlineStr", "../../x", "9" * 400),
    *(
        "_x0000_",
        "_xD800_",
        "http://x",
        "1",
        "2",
        "3",
        "Kommentar",
        "Summa",
        "Värde",
        "Nr",
        "skr-2017",
        "\u202e",
        "👩‍🏫",
    ),
)
ODD_XML = (
    *("<c/>", "<row/>", "<v>1</v>", "<f>", '<c r="B4" t="b"><v>1</v></c>', '<mergeCell ref="A1:D9"/>', "<!DOCTYPE x>"),
    *('<!DOCTYPE x [<!ENTITY a "b">]>', "<t>x</t>", "<si>", "</si>", "<is><t>x</t></is>", "<?x?>", "<!-- x -->"),
)


@pytest.fixture(scope="module")
def workbooks(django_db_setup, django_db_blocker):
    """Sound ones of each kind, as bytes: what is then mangled."""
    with django_db_blocker.unblock(), transaction.atomic(), time_machine.travel(date(2026, 9, 20)):
        checklist = Checklist.objects.get(key="skr-2018")
        own, strategist = an_organisation()
        draft = AssessmentFactory(participation=own, meeting=own.cohort.meetings.get(number=2), values=[2] * 10)
        Score.objects.filter(assessment=draft).update(comment="Beslut i juni", aim=3)
        kinds = [
            workbook_of(own, roles_of(strategist)),
            of_2017(checklist, [1, 2, 3, 1, 2], foot=9, comments={1: "Ny rutin"}),
            of_2018(checklist, {"BM 1": [2] * 10, "BM 2": [3] * 10, "Resultatkonferens": [1]}),
        ]
        transaction.set_rollback(True)
    return kinds


def an_organisation():
    cohort = CohortFactory(slug="mangled")
    own = ParticipationFactory(cohort=cohort, organisation__code="9001", organisation__short_name="Mangelby")
    for number, day in ((1, date(2026, 4, 1)), (2, date(2026, 10, 1)), (3, date(2027, 2, 1))):
        MeetingFactory(cohort=cohort, number=number, starts_on=day)
    return own, DelegateFactory(participation=own).user


def mangled(raw, chance):
    """One to four changes of bytes, of members, or of the XML in one."""
    for _ in range(chance.randint(1, 4)):
        raw = chance.choice((in_bytes, in_members, in_xml, in_xml, in_values, in_values))(raw, chance)
    return raw


def in_bytes(raw, chance):
    at, length = chance.randrange(len(raw) + 1), chance.choice((0, 1, 1, 4, 64))
    new = bytes(chance.randrange(256) for _ in range(chance.choice((0, 1, 1, 4, 16))))
    return raw[:at] + new + raw[at + length :] if chance.random() < 0.9 else raw[:at]


def in_members(raw, chance):
    members = unpacked(raw)
    if not members:
        return raw
    name = chance.choice(sorted(members))
    what = chance.randrange(4)
    if what == 0:
        del members[name]
    elif what == 1:
        members[name] = members[chance.choice(sorted(members))]
    elif what == 2:
        members[chance.choice(ODD_TEXT).replace("\0", "") or "x"] = members.pop(name)
    else:
        members[name] = chance.choice((b"", b"\xff\xfe", members[name][: len(members[name]) // 2], b"\0" * 999))
    return packed(members)


def in_xml(raw, chance):
    """An attribute, a text or an element put out of order."""
    members = unpacked(raw)
    names = sorted(name for name in members if name.endswith((".xml", ".rels")))
    if not names:
        return raw
    name = chance.choice(names)
    text = members[name].decode("utf-8", "replace")
    spots = list(re.finditer(r'(?<==")[^"]*(?=")|(?<=>)[^<>]*(?=<)|<[^<>]+>', text))
    if spots:
        spot = chance.choice(spots)
        new = chance.choice(ODD_XML if chance.random() < 0.3 else ODD_TEXT)
        text = text[: spot.start()] + new + text[spot.end() :]
    return packed({**members, name: text.encode("utf-8", "surrogatepass")})


def in_values(raw, chance):
    """A cell's content alone, so that what is sound XML says something odd."""
    members = unpacked(raw)
    names = [name for name in members if name.startswith("xl/worksheets/sheet")]
    if not names:
        return raw
    name = chance.choice(sorted(names))
    text = members[name].decode("utf-8", "replace")
    spots = list(re.finditer(r"(?<=<v>)[^<]*(?=</v>)|(?<=<t>)[^<]*(?=</t>)", text))
    if spots:
        spot = chance.choice(spots)
        text = text[: spot.start()] + chance.choice((*ODD_TEXT[:5], "1", "2", "3", "99")) + text[spot.end() :]
    return packed({**members, name: text.encode()})


def unpacked(raw):
    try:
        with ZipFile(BytesIO(raw)) as archive:
            return {info.filename: archive.read(info) for info in archive.infolist()}
    except Exception:  # mangled already: then the bytes alone are mangled further
        return {}


def packed(members):
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def stored():
    return (
        list(Assessment.objects.order_by("pk").values()),
        list(Score.objects.order_by("pk").values()),
        AuditEvent.objects.count(),
    )


@pytest.mark.in_turn(3)
@pytest.mark.parametrize("part", range(4))
def test_a_mangled_workbook_is_read_or_refused_in_a_sentence(workbooks, part):
    """The reading alone, which is quick: nothing but `WorkbookRefused` comes out of it."""
    said = [refusal_of(seed, workbooks) for seed in range(part * SEEDS, (part + 1) * SEEDS)]
    assert all(len(sentence.splitlines()) == 1 for sentence in said if sentence)
    assert min(said.count(""), len(said) - said.count("")) > SEEDS / 10  # both ways are tried


def refusal_of(seed, workbooks):
    chance = random.Random(seed)
    try:
        read_workbook(mangled(chance.choice(workbooks), chance))
    except WorkbookRefused as refusal:
        return str(refusal)
    return ""


@pytest.mark.in_turn(3)
@pytest.mark.parametrize("part", range(3))
def test_the_page_answers_whatever_is_sent_and_stores_all_or_nothing(workbooks, part):
    with time_machine.travel(date(2026, 9, 20)):
        own, strategist = an_organisation()
        client = StrictClient()
        client.force_login(strategist)
        address = reverse("assessments:import_workbook", args=[own.cohort.slug, own.code])
        for seed in range(part * 40, (part + 1) * 40):
            chance = random.Random(seed)
            raw = mangled(chance.choice(workbooks), chance)
            before = stored()
            answer = client.post(address, {"file": SimpleUploadedFile("a.xlsx", raw)})
            assert answer.status_code in (200, 422), seed
            assert stored() == before, seed
            confirm(client, address, answer, seed)


def confirm(client, address, answer, seed):
    """Read in what the preview offers, every question answered with its first real choice."""
    token = re.search(r'name="understood" value="([^"]+)"', answer.text)
    if not token or "Läs in som utkast" not in answer.text:
        return
    with transaction.atomic():
        asked = re.findall(r'<select name="([^"]+)"', answer.text)
        chosen = {name: "learning-2" if name.endswith("meeting") else "1" for name in asked}
        before, answer = stored(), client.post(address, {"understood": token[1], **chosen})
        assert answer.status_code in (302, 422), seed
        assert answer.status_code == 302 or stored() == before, seed
        transaction.set_rollback(True)


@pytest.mark.in_turn(3)
@pytest.mark.parametrize("part", range(3))
def test_the_command_ends_well_or_with_one_line(workbooks, part, tmp_path):
    with time_machine.travel(date(2026, 9, 20)):
        own, _ = an_organisation()
        where = {"cohort": own.cohort.slug, "organisation": own.code, "stdout": StringIO()}
        for seed in range(1000 + part * 60, 1000 + (part + 1) * 60):
            chance = random.Random(seed)
            file = tmp_path / "a.xlsx"
            file.write_bytes(mangled(chance.choice(workbooks), chance))
            with transaction.atomic():
                before, line = stored(), line_of(file, where | {"meeting": chance.choice((None, "learning-2"))})
                assert line == "" or (len(line.splitlines()), stored()) == (1, before), seed
                transaction.set_rollback(True)


def line_of(file, options):
    """What the command ends with, "" where it ends well."""
    try:
        call_command("import_assessments", str(file), **options)
    except CommandError as refusal:
        return str(refusal)
    return ""


@settings(max_examples=150)
@given(st.binary(max_size=600))
def test_any_bytes_are_refused_in_a_sentence(raw):
    for start in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        with pytest.raises(WorkbookRefused):
            read_workbook(start + raw)
