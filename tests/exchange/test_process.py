"""Version 2 of the package (data/FORMAT.md): the omgång as a process goes out and comes in, whole or not at all."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from assessments.models import Assessment
from cohorts.models import Cohort, Delegate, GroupMove, Organisation, Participation
from cohorts.register import load_register
from kit.models import AuditEvent
from meetings.models import (
    Agreement,
    HostTask,
    Impression,
    Material,
    Meeting,
    Takeaway,
)
from mentoring.models import MentorAgreement, MentorOffer
from tests.exchange.test_exchange import (
    GONE,
    VALUES,
    _paths,
    changed,
    counts,
    export,
    line_of,
    read,
    refusal,
    run,
    write,
)
from tests.factories import CohortFactory, DelegateFactory, UserFactory
from tests.packages import RUNNING, quiet_version_2, version_2
from tests.process_factories import AttendanceFactory

pytestmark = pytest.mark.django_db
DOCUMENT = version_2()
SLUG = DOCUMENT["cohort"]["slug"]
LEARNING = next(at for at, row in enumerate(DOCUMENT["meetings"]) if row["key"] == "learning-1")
STRATEGIST = next(at for at, row in enumerate(DOCUMENT["meetings"]) if row["key"] == "strategist-2")
KLARVIK = next(at for at, row in enumerate(DOCUMENT["participants"]) if row["organisation"] == "9901")


@pytest.fixture(autouse=True)
def invented_organisations(db):
    load_register(Organisation, settings.DATA_DIR / "organisations-demo.csv", invented=True)


@pytest.fixture
def package(tmp_path):
    return write(tmp_path / "package.json", DOCUMENT)


def empty_the_site():
    for model in (Assessment, Material, Cohort):
        model.objects.all().delete()


# What goes in comes out


def test_the_export_of_an_import_is_the_package_to_the_byte(package, tmp_path):
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    assert run(package) == f"{SLUG}: created\n"
    assert export(SLUG, first) == DOCUMENT
    empty_the_site()
    assert run(first) == f"{SLUG}: created\n"
    export(SLUG, second)
    assert second.read_bytes() == first.read_bytes()


def test_the_import_of_an_export_writes_nothing(package, tmp_path):
    run(package)
    export(SLUG, tmp_path / "out.json")
    events = AuditEvent.objects.count()
    with CaptureQueriesContext(connection) as queries:
        assert run(tmp_path / "out.json") == f"{SLUG}: unchanged\n"
    assert [query["sql"] for query in queries if query["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")] == []
    assert AuditEvent.objects.count() == events


def test_another_omgang_on_the_same_checklist_changes_nothing(package, tmp_path):
    run(package)
    CohortFactory(plan__checklist=DOCUMENT["cohort"]["checklist"])
    assert export(SLUG, tmp_path / "out.json") == DOCUMENT


def test_no_person_and_nothing_that_is_skrs_alone_is_in_it(package, tmp_path):
    run(package)
    secret, name = "Den nya ledningen tvekar", "Disa Namnkunnig"
    person = UserFactory(name=name, email="disa@exempel.invalid")
    cohort = Cohort.objects.get()
    Cohort.objects.update(contact=person)
    Participation.objects.filter(code="90").update(withdrawal_reason=secret)
    participation = Participation.objects.get(code="90")
    GroupMove.objects.create(participation=participation, moved_on=date(2026, 5, 1), reason=secret, by=person)
    seat = DelegateFactory(participation=participation, user=person)
    Agreement.objects.update(owner=seat)
    HostTask.objects.update(done_by=name)
    Impression.objects.update(written_by=person)
    Takeaway.objects.update(noted_by=person)
    MentorOffer.objects.update(said_by=person)
    MentorAgreement.objects.update(agreed_by=person)
    meeting = cohort.meetings.first()
    Material.objects.create(meeting=meeting, kind="material", title=name, file=ContentFile(b"x", name="x.pdf"))
    AttendanceFactory(meeting=meeting, delegate=seat, answer="yes")
    assert export(SLUG, tmp_path / "out.json") == DOCUMENT


# The versions


def test_what_version_1_holds_is_written_as_version_1(tmp_path):
    run(write(tmp_path / "quiet.json", quiet_version_2()))
    export(SLUG, tmp_path / "out.json")
    assert (tmp_path / "out.json").read_bytes() == RUNNING.read_bytes()


@pytest.mark.parametrize(
    ("path", "value"), [(("participants", 0, "joined_on"), "2026-03-01"), (("meetings", 0, "hangs_on"), "kickoff-1")]
)
def test_one_thing_said_makes_it_version_2(path, value, tmp_path):
    document = changed(quiet_version_2(), path, value)
    run(write(tmp_path / "a.json", document))
    assert export(SLUG, tmp_path / "out.json") == document


def test_a_package_of_version_1_leaves_what_it_does_not_carry(package, tmp_path):
    run(package)
    document = read(RUNNING)
    document["participants"][0] |= {"status": "withdrawn", "withdrawn_on": "2027-01-31"}
    assert run(write(tmp_path / "one.json", document)) == f"{SLUG}: unchanged\n"
    assert export(SLUG, tmp_path / "out.json") == DOCUMENT


def test_version_1_has_none_of_the_keys_of_version_2(tmp_path):
    file = write(tmp_path / "a.json", changed(read(RUNNING), ("cohort", "fee"), 1))
    assert refusal(file) == f"{file}: $.cohort.fee: expected no such key"


# Onto an omgång that exists


def test_it_creates_and_updates_and_never_deletes(package, tmp_path):
    run(package)
    before, less = counts(), quiet_version_2()
    less["participants"][0] |= {"status": "withdrawn", "withdrawn_on": "2027-01-31"}
    run(write(tmp_path / "less.json", less))
    expected = {**before, "AuditEvent": before["AuditEvent"] + 1}
    assert counts() == expected
    assert Participation.objects.get(code="9901").joined_on is None
    assert Meeting.objects.get(key="strategist-2").hangs_on is None


def test_a_row_is_the_one_that_says_the_same(package, tmp_path):
    """The person who ticked a preparation, or owns an agreement, keeps it."""
    run(package)
    meeting = Meeting.objects.get(key="learning-1")
    seat = DelegateFactory(participation=Participation.objects.get(code="99"))
    agreed = meeting.agreements.get(text="Vi mäter.")
    Agreement.objects.filter(pk=agreed.pk).update(owner=seat)
    document = changed(DOCUMENT, ("meetings", LEARNING, "agreements", 0), GONE)
    document["meetings"][LEARNING]["agreements"][0]["done_on"] = "2026-06-02"
    document["meetings"][LEARNING]["agenda"][1]["title"] = "Samtal om nämnderna"
    assert run(write(tmp_path / "a.json", document)) == f"{SLUG}: updated\n"
    agreed.refresh_from_db()
    assert (agreed.done_on, agreed.owner) == (date(2026, 6, 2), seat)
    assert [item.title for item in meeting.agenda.all()] == ["Samtal", "Samtal om nämnderna"]
    assert (meeting.agreements.count(), Delegate.objects.count()) == (2, 1)


# What does not fit

HERE = f"$.meetings[{LEARNING}]"
REFUSED = {
    "a day before the omgång": (
        ("participants", KLARVIK, "joined_on"),
        "2026-01-01",
        f'$.participants[{KLARVIK}].joined_on: expected a day within the omgång, found "2026-01-01"',
    ),
    "why it left": (
        ("participants", 0, "withdrawal_reason"),
        "Tvekan.",
        "$.participants[0].withdrawal_reason: expected no such key",
    ),
    "an unknown kind of decision": (
        ("participants", KLARVIK, "decisions", 0, "kind"),
        "whim",
        f'$.participants[{KLARVIK}].decisions[0].kind: expected "entry" or "reaffirmed" or "mentorship", found "whim"',
    ),
    "an offer that is a text": (
        ("participants", 0, "mentor_offer"),
        "yes",
        '$.participants[0].mentor_offer: expected an object, found "yes"',
    ),
    "a missing key": (
        ("meetings", LEARNING, "hangs_on"),
        GONE,
        f"{HERE}.hangs_on: expected this key, found nothing",
    ),
    "a meeting that hangs on none": (
        ("meetings", STRATEGIST, "hangs_on"),
        "learning-9",
        f'$.meetings[{STRATEGIST}].hangs_on: expected the key of a meeting, or null, found "learning-9"',
    ),
    "a meeting that hangs on itself": (
        ("meetings", STRATEGIST, "hangs_on"),
        "strategist-2",
        f'$.meetings[{STRATEGIST}].hangs_on: expected another meeting, or null, found "strategist-2"',
    ),
    "two meetings that hang on each other": (
        ("meetings", STRATEGIST + 1, "hangs_on"),
        "strategist-2",
        f"$.meetings[{STRATEGIST}].hangs_on: expected a meeting that does not, through others, prepare this one, "
        'found "learning-2"',
    ),
    "an end without a start": (
        ("meetings", LEARNING, "starts_at"),
        None,
        f"{HERE}.starts_at: expected an hour, since ends_at has one, found null",
    ),
    "an end that is the start, of a meeting of one day": (
        ("meetings", STRATEGIST),
        DOCUMENT["meetings"][STRATEGIST] | {"starts_at": "13:00", "ends_at": "13:00"},
        f"$.meetings[{STRATEGIST}].ends_at: expected an hour after 13:00, since the meeting is over in a day, "
        'found "13:00"',
    ),
    "a host from outside": (
        ("meetings", LEARNING, "host"),
        "9701",
        f'{HERE}.host: expected one of the participants, found "9701"',
    ),
    "an hour that is none": (
        ("meetings", LEARNING, "starts_at"),
        "24:00",
        f'{HERE}.starts_at: expected a time as HH:MM or HH:MM:SS, or null, found "24:00"',
    ),
    "a link that runs": (
        ("meetings", LEARNING, "link"),
        "javascript:alert(1)",
        f'{HERE}.link: expected a web address of at most 500 characters, or null, found "javascript:alert(1)"',
    ),
    "a point of no time": (
        ("meetings", LEARNING, "agenda", 0, "minutes"),
        0,
        f"{HERE}.agenda[0].minutes: expected a whole number 1–1440, found 0",
    ),
    "a preparation for nobody known": (
        ("meetings", LEARNING, "preparations", 0, "function"),
        "clown",
        f'{HERE}.preparations[0].function: expected "politician" or "manager" or "strategist" or "contributor", '
        'or null, found "clown"',
    ),
    "what one from outside agreed": (
        ("meetings", LEARNING, "agreements", 1, "organisation"),
        "9701",
        f'{HERE}.agreements[1].organisation: expected one of the participants, found "9701"',
    ),
    "an idea of one's own": (
        ("meetings", LEARNING, "takeaways", 0, "source"),
        "99",
        f'{HERE}.takeaways[0].source: expected another organisation, found "99"',
    ),
    "an idea that became another's work": (
        ("meetings", LEARNING, "takeaways", 1, "improvement"),
        "Tre mått för kvinnor och män",
        f"{HERE}.takeaways[1].improvement: expected the title of an improvement of the organisation, or null, "
        'found "Tre mått för kvinnor och män"',
    ),
    "two ideas that became the same work": (
        ("meetings", LEARNING, "takeaways", 1),
        DOCUMENT["meetings"][LEARNING]["takeaways"][0] | {"source": "93"},
        f"{HERE}.takeaways[1].improvement: expected each improvement of an organisation once, "
        'found "Tre mått för kvinnor och män" again',
    ),
    "a period after no meeting": (
        ("periods", 1, "after"),
        "learning-9",
        '$.periods[1].after: expected the key of a meeting, or null, found "learning-9"',
    ),
    "two periods for the report": (
        ("periods", 0, "is_reporting"),
        True,
        "$.periods[1].is_reporting: expected one period in which the report is written, found another",
    ),
    "an interest that closes before it opens": (
        ("cohort", "interest_closes_on"),
        "2025-08-01",
        '$.cohort.interest_closes_on: expected a day not before 2025-09-01, found "2025-08-01"',
    ),
    "groups without a size": (
        ("cohort", "group_max"),
        2,
        "$.cohort.group_max: expected at least group_min 3, found 2",
    ),
    "an unknown checklist for nämnder": (
        ("cohort", "part_checklist"),
        "skr-1999",
        '$.cohort.part_checklist: expected the key of a checklist, or null, found "skr-1999"',
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_malformed_package_is_refused_in_one_line(name, tmp_path):
    path, value, expected = REFUSED[name]
    before = counts()
    file = write(tmp_path / "a.json", changed(DOCUMENT, path, value))
    assert refusal(file) == f"{file}: {expected}"
    assert counts() == before


# Whatever is done to it

QUIET = set(_paths(quiet_version_2()))
ADDED = [path for path in _paths(DOCUMENT) if path not in QUIET or path[-1] in ("hangs_on", "host", "letter", "title")]
OTHERS = [*VALUES, "09:00", "https://exempel.example/", 1440, *ADDED]


@pytest.mark.in_turn(3)
@given(path=st.sampled_from(ADDED), other=st.sampled_from(OTHERS))
def test_whatever_stands_at_a_path_a_package_is_taken_whole_or_refused_in_a_line(tmp_path_factory, path, other):
    value = other
    if isinstance(other, tuple):  # what stands at another path
        value = DOCUMENT
        for key in other:
            value = value[key]
    folder: Path = tmp_path_factory.mktemp("packages")
    file = write(folder / "a.json", changed(DOCUMENT, path, value))
    with transaction.atomic():
        before = counts()
        line = line_of(file)
        if line:
            assert len(line.splitlines()) == 1
            assert line.startswith(f"{file}: $")
            assert counts() == before
        else:
            export(SLUG, folder / "b.json")
            assert run(folder / "b.json") == f"{SLUG}: unchanged\n"
            empty_the_site()
            run(folder / "b.json")
            export(SLUG, folder / "c.json")
            assert json.loads((folder / "c.json").read_text()) == json.loads((folder / "b.json").read_text())
        transaction.set_rollback(True)
