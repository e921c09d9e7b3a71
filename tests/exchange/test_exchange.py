"""Cohort packages (data/FORMAT.md): what goes in comes out, and what does not fit is told in one line."""

import copy
import json
from io import StringIO
from pathlib import Path
from unicodedata import normalize

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from assessments.models import Assessment, Score
from cohorts.models import Cohort, Organisation, Participation
from cohorts.register import load_register
from exchange import parsing
from improvements.models import Effort
from kit.models import AuditEvent
from meetings.models import Meeting

pytestmark = pytest.mark.django_db
FILES = sorted([*settings.DATA_DIR.glob("demo/*.json"), *settings.DATA_DIR.glob("history/*.json")])
KOMMUNER, RUNNING, REGIONER = (settings.DATA_DIR / f"demo/{name}.json" for name in ("kommuner", "pagaende", "regioner"))
GONE = object()


@pytest.fixture(autouse=True)
def invented_organisations(db):
    load_register(Organisation, settings.DATA_DIR / "organisations-demo.csv", invented=True)


def run(*files, **options) -> str:
    out = StringIO()
    call_command("import_cohort", *files, stdout=out, **options)
    return out.getvalue()


def refusal(*files, **options) -> str:
    with pytest.raises(CommandError) as refused:
        run(*files, **options)
    assert refused.value.returncode == 1
    return str(refused.value)


def line_of(file: Path) -> str | None:
    """What the command refused the package with, if it did."""
    try:
        run(file)
    except CommandError as error:
        return str(error)
    return None


def export(slug: str, path: Path) -> dict:
    call_command("export_cohort", slug, output=path, stdout=StringIO())
    return read(path)


def read(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def changed(document: dict, path: tuple, value: object) -> dict:
    """The document with another value at the path, or without what stands there."""
    document = copy.deepcopy(document)
    *way, last = path
    part = document
    for key in way:
        part = part[key]
    if value is GONE:
        del part[last]
    elif isinstance(part, list) and last == len(part):
        part.append(value)
    else:
        part[last] = value
    return document


def write(path: Path, document: object) -> Path:
    path.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
    return path


def counts() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in apps.get_models()}


# What goes in comes out


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_export_of_an_import_is_the_package(file, tmp_path):
    assert run(file) == f"{read(file)['cohort']['slug']}: created\n"
    out = tmp_path / "out.json"
    assert export(read(file)["cohort"]["slug"], out) == read(file)
    assert out.read_text(encoding="utf-8") == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_import_of_an_export_writes_nothing(file, tmp_path):
    run(file)
    slug = read(file)["cohort"]["slug"]
    export(slug, tmp_path / "out.json")
    events = AuditEvent.objects.count()
    with CaptureQueriesContext(connection) as queries:
        assert run(tmp_path / "out.json") == f"{slug}: unchanged\n"
    written = [query["sql"] for query in queries if query["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]
    assert written == []
    assert AuditEvent.objects.count() == events


@pytest.mark.parametrize(
    "written",
    [
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.replace("\n", "\r\n").encode("utf-8-sig"),
        lambda text: normalize("NFD", text).encode(),
        lambda text: text.replace("å", "å\u00ad").replace(" i ", " i\u200b ").encode(),
    ],
    ids=["BOM", "CRLF", "letters in two signs", "signs that nobody sees"],
)
def test_a_package_in_another_form_of_the_same_text_changes_nothing(tmp_path, written):
    run(KOMMUNER)
    before, other = export("demo-kommuner", tmp_path / "before.json"), tmp_path / "other.json"
    other.write_bytes(written((tmp_path / "before.json").read_text(encoding="utf-8")))
    run(other)
    assert export("demo-kommuner", tmp_path / "after.json") == before


@pytest.mark.parametrize("coding", ["utf-16", "cp1252"])
def test_a_package_in_another_coding_is_refused_in_a_line(tmp_path, coding):
    other = tmp_path / "other.json"
    other.write_bytes(KOMMUNER.read_text(encoding="utf-8").encode(coding, errors="replace"))
    assert "expected a document in UTF-8" in refusal(other)


def test_one_row_in_the_trail_for_each_omgang_that_changed():
    run(KOMMUNER, RUNNING)
    events = AuditEvent.objects.filter(kind="cohort_imported").order_by("pk")
    assert [(event.target, event.actor) for event in events] == [
        ("Exempelomgång kommuner", "Kommandoraden"),
        ("Exempelomgång som pågår", "Kommandoraden"),
    ]


def test_an_omgang_with_an_invented_organisation_is_constructed():
    history = next(file for file in FILES if file.stem == "modellkommuner-2019")
    run(KOMMUNER, history)
    assert Cohort.objects.get(slug="demo-kommuner").constructed
    assert not Cohort.objects.get(slug="modellkommuner-2019").constructed


def test_gotland_keeps_the_code_it_came_with(tmp_path):
    document = read(next(file for file in FILES if file.stem == "modellkoncept-2021-2023"))
    row = document["participants"][0] | {"organisation": "0980"}
    document["participants"].append(row)
    run(write(tmp_path / "a.json", document))
    assert Participation.objects.get(code="0980").organisation.code == "09"
    document["participants"][-1]["organisation"] = "09"
    assert run(write(tmp_path / "b.json", document)) == "modellkoncept-2021-2023: unchanged\n"
    assert export("modellkoncept-2021-2023", tmp_path / "c.json")["participants"][-1]["organisation"] == "0980"


# Onto an omgång that exists


def test_it_creates_and_updates_and_never_deletes(tmp_path):
    run(RUNNING)
    before = counts()
    document = read(RUNNING)
    for name in ("groups", "assessments", "efforts", "improvements", "reports"):
        document[name] = []
    document["participants"] = document["participants"][:1]
    document["meetings"] = []
    document["cohort"] |= {"sections": [], "expected_results": []}
    assert run(write(tmp_path / "less.json", document)) == "demo-pagaende: unchanged\n"
    assert counts() == before
    assert export("demo-pagaende", tmp_path / "out.json") == read(RUNNING)


def test_what_differs_is_updated(tmp_path):
    run(RUNNING)
    document = changed(read(RUNNING), ("efforts", 0, "steps", 2, "state"), "reached")
    document["meetings"][10]["theme"] = "Det vi lärde oss"
    document["participants"][0]["mentor_next"] = "maybe"
    assert run(write(tmp_path / "a.json", document)) == "demo-pagaende: updated\n"
    assert export("demo-pagaende", tmp_path / "out.json") == document


def test_a_new_row_comes_after_those_that_are_there(tmp_path):
    run(RUNNING)
    document = read(RUNNING)
    document["efforts"] = [document["efforts"][0] | {"title": "En ny insats"}]
    run(write(tmp_path / "a.json", document))
    assert (
        Effort.objects.filter(participation__cohort__slug="demo-pagaende").order_by("position").last().title
        == "En ny insats"
    )


def test_two_meetings_may_change_numbers_with_each_other(tmp_path):
    run(RUNNING)
    document = read(RUNNING)
    first, second = (row for row in document["meetings"] if row["kind"] == "deep_dive")
    first["number"], second["number"] = 2, 1
    run(write(tmp_path / "a.json", document))
    assert export("demo-pagaende", tmp_path / "out.json") == document


def test_a_meeting_with_the_number_of_one_stored_is_refused(tmp_path):
    run(RUNNING)
    document = changed(read(RUNNING), ("meetings", 0, "key"), "mentor-2")
    line = refusal(write(tmp_path / "a.json", document))
    assert line.startswith(f"{tmp_path}/a.json: $: expected rows that go together with those stored, found ")
    assert len(line.splitlines()) == 1
    assert not Meeting.objects.filter(key="mentor-2").exists()


def test_a_checklist_that_stored_scores_do_not_rest_on_is_refused(tmp_path):
    run(RUNNING)
    document = changed(read(RUNNING), ("cohort", "checklist"), "skr-2023-namnd") | {
        name: [] for name in ("assessments", "efforts", "improvements")
    }
    assert refusal(write(tmp_path / "a.json", document)) == (
        f"{tmp_path}/a.json: $: expected rows that go together with those stored, found of both "
        '$.assessments[0].scores.top_managers: expected an item of skr-2023-namnd, found "top_managers"'
    )
    assert Cohort.objects.get(slug="demo-pagaende").plan.checklist.key == "skr-2020"


def test_a_submitted_assessment_changes_only_with_replace(tmp_path):
    run(RUNNING)
    file = write(tmp_path / "a.json", changed(read(RUNNING), ("assessments", 2, "scores", "follow_up"), "3"))
    assert refusal(file) == (
        f"{file}: $.assessments[2].scores.follow_up: "
        'expected as submitted and stored, which only --replace changes, found "3"'
    )
    assert run(file, replace=True) == "demo-pagaende: updated\n"
    assert export("demo-pagaende", tmp_path / "out.json") == read(file)


def test_a_draft_changes_without_replace_and_keeps_what_the_package_does_not_name(tmp_path):
    run(RUNNING)
    draft = Assessment.objects.get(participation__code="99", state="draft")
    document = changed(read(RUNNING), ("assessments", 7, "scores"), {"political_decision": "4"})
    run(write(tmp_path / "a.json", document))
    values = dict(draft.scores.values_list("item__key", "value"))
    assert values["political_decision"] == 4
    assert values["competence"] == 3


def test_a_page_drawn_before_an_import_learns_that_the_value_changed(tmp_path):
    run(RUNNING)
    run(write(tmp_path / "a.json", changed(read(RUNNING), ("assessments", 7, "scores", "competence"), "4")))
    score = Score.objects.get(assessment__state="draft", item__key="competence", assessment__participation__code="99")
    assert score.revision == 1


# What does not fit

OF_KOMMUNER = {
    "a half step where none is allowed": (
        ("assessments", 3, "scores", "follow_up"),
        "2.5",
        '$.assessments[3].scores.follow_up: expected a text 1–3 in whole steps, found "2.5"',
    ),
    "a value off the scale": (
        ("assessments", 3, "scores", "follow_up"),
        "4",
        '$.assessments[3].scores.follow_up: expected a text 1–3 in whole steps, found "4"',
    ),
    "a number where a text belongs": (
        ("assessments", 3, "scores", "follow_up"),
        2,
        "$.assessments[3].scores.follow_up: expected a text 1–3 in whole steps, found 2",
    ),
    "a submitted assessment without a score": (
        ("assessments", 3, "scores", "follow_up"),
        GONE,
        "$.assessments[3].scores.follow_up: expected a score, since the assessment is submitted, found nothing",
    ),
    "an unknown item": (
        ("assessments", 3, "comments", "ett moment"),
        {"text": "Ja.", "shared": False},
        '$.assessments[3].comments["ett moment"]: expected an item of skr-2018, found "ett moment"',
    ),
    "an item gladly told of twice": (
        ("assessments", 3, "glad_to_tell"),
        ["follow_up", "follow_up"],
        '$.assessments[3].glad_to_tell[1]: expected each item once, found "follow_up" again',
    ),
    "an unknown meeting": (
        ("assessments", 3, "meeting"),
        "learning-9",
        '$.assessments[3].meeting: expected the key of a meeting, or null, found "learning-9"',
    ),
    "no day of a submitted assessment": (
        ("assessments", 3, "submitted_on"),
        None,
        "$.assessments[3].submitted_on: expected a day, since the assessment is submitted, found null",
    ),
    "a day of a draft": (
        ("assessments", 9, "submitted_on"),
        "2019-03-01",
        '$.assessments[9].submitted_on: expected null, since the assessment is a draft, found "2019-03-01"',
    ),
    "a day after the organisation left": (
        ("assessments", 2, "submitted_on"),
        "2019-06-15",
        '$.assessments[2].submitted_on: expected a day not after the organisation left 2019-06-14, found "2019-06-15"',
    ),
    "two assessments at a meeting": (
        ("assessments", 1, "organisation"),
        "9701",
        "$.assessments[1].organisation: expected each organisation at a meeting, or on a day outside meetings, once, "
        'found "9701" again',
    ),
    "true for a number": (
        ("assessments", 3, "assessors"),
        True,
        "$.assessments[3].assessors: expected a whole number 1–32767, or null, found true",
    ),
    "another version": (("version",), 4, "$.version: expected 1 or 2 or 3, found 4"),
    "another format": (("format",), "kolada", '$.format: expected "modell-cohort", found "kolada"'),
    "an unknown key": (("cohort", "leader"), "Eva", "$.cohort.leader: expected no such key"),
    "a missing key": (("meetings", 0, "form"), GONE, "$.meetings[0].form: expected this key, found nothing"),
    "an address that is none": (
        ("cohort", "slug"),
        "två ord",
        '$.cohort.slug: expected a text of letters a–z, digits, - and _, at most 80 characters, found "två ord"',
    ),
    "a text too long": (
        ("cohort", "name"),
        "å" * 121,
        f'$.cohort.name: expected a text of at most 120 characters, found "{"å" * 58}…',
    ),
    "a NUL in a text": (
        ("provenance",),
        "a\0b",
        '$.provenance: expected a text, found "a\\u0000b"',
    ),
    "half a character": (("provenance",), "a\ud800", '$.provenance: expected a text, found "a\\ud800"'),
    "a text of spaces": (("provenance",), " ", '$.provenance: expected a text, found " "'),
    "a list where an object belongs": (("cohort",), [], "$.cohort: expected an object, found a list"),
    "an object where a list belongs": (("groups",), {}, "$.groups: expected a list, found an object"),
    "a day that is none": (
        ("cohort", "starts_on"),
        "2019-02-30",
        '$.cohort.starts_on: expected a day as YYYY-MM-DD from 2000 to 2100, found "2019-02-30"',
    ),
    "a day far away": (
        ("cohort", "ends_on"),
        "2101-01-01",
        '$.cohort.ends_on: expected a day as YYYY-MM-DD from 2000 to 2100, found "2101-01-01"',
    ),
    "days in the wrong order": (
        ("cohort", "ends_on"),
        "2018-01-01",
        '$.cohort.ends_on: expected a day not before starts_on 2019-02-13, found "2018-01-01"',
    ),
    "an unknown checklist": (
        ("cohort", "checklist"),
        "skr-1999",
        '$.cohort.checklist: expected the key of a checklist, found "skr-1999"',
    ),
    "half steps that the checklist has not": (
        ("cohort",),
        read(RUNNING)["cohort"] | {"half_steps": True},
        "$.cohort.half_steps: expected false, as in the checklist, found true",
    ),
    "a heading twice": (
        ("cohort", "sections", 1, "key"),
        "purpose",
        '$.cohort.sections[1].key: expected each key once, found "purpose" again',
    ),
    "an organisation that is none": (
        ("participants", 0, "organisation"),
        "9999",
        '$.participants[0].organisation: expected an organisation in the register, found "9999"',
    ),
    "a region among kommuner": (
        ("participants", 0, "organisation"),
        "91",
        '$.participants[0].organisation: expected a code of four digits, found "91"',
    ),
    "a code as a number": (
        ("participants", 0, "organisation"),
        9701,
        "$.participants[0].organisation: expected a code of two, four or six digits as a text, found 9701",
    ),
    "an organisation twice": (
        ("participants", 1, "organisation"),
        "9701",
        '$.participants[1].organisation: expected each organisation once, found "9701" again',
    ),
    "a day for one that has not left": (
        ("participants", 0, "withdrawn_on"),
        "2019-06-14",
        '$.participants[0].withdrawn_on: expected null, since the status is not withdrawn, found "2019-06-14"',
    ),
    "an unknown role": (
        ("participants", 0, "role"),
        "guest",
        '$.participants[0].role: expected "participant" or "mentor" or "supporting_mentor", found "guest"',
    ),
    "a member outside the participants": (
        ("groups", 0, "members", 0),
        "9106",
        '$.groups[0].members[0]: expected one of the participants, found "9106"',
    ),
    "a mentor as a member": (
        ("groups", 0, "members", 0),
        "9704",
        '$.groups[0].members[0]: expected an organisation with the role participant, found "9704" with the role mentor',
    ),
    "a group that is none": (
        ("meetings", 0, "group"),
        "grupp-99",
        '$.meetings[0].group: expected the key of a group, or null, found "grupp-99"',
    ),
    "a meeting outside the omgång": (
        ("meetings", 0, "starts_on"),
        "2018-01-01",
        '$.meetings[0].starts_on: expected a day within the omgång, 2019-02-13 to 2020-02-28, found "2018-01-01"',
    ),
    "an example that is not shared": (
        ("efforts", 0),
        read(KOMMUNER)["efforts"][0] | {"example": True, "shared": False},
        "$.efforts[0].shared: expected true, since the effort is offered as an example, found false",
    ),
    "a stage twice": (
        ("efforts", 0, "steps"),
        read(KOMMUNER)["efforts"][0]["steps"][:1] * 2,
        "$.efforts[0].steps[1].stage: expected each stage once and in the chain's order, "
        'activity, product, practice, outcome, societal_effect, found "activity"',
    ),
    "a decision before all four steps": (
        ("improvements", 0, "cycles", 0),
        {"plan": "Pröva.", "do": "", "study": "", "act": "", "decision": "adopt"},
        "$.improvements[0].cycles[0].decision: expected null, since a decision stands only when all four steps "
        'are told, found "adopt"',
    ),
    "an unknown section": (
        ("reports", 0, "sections", "thanks"),
        {"text": "Tack.", "shared": True},
        '$.reports[0].sections.thanks: expected a section of the omgång, found "thanks"',
    ),
    "a published report that nobody approved": (
        ("reports", 1),
        read(KOMMUNER)["reports"][1] | {"status": "published", "approved_on": None},
        "$.reports[1].approved_on: expected a day, since the report is published, found null",
    ),
}


@pytest.mark.parametrize("name", OF_KOMMUNER)
def test_a_malformed_package_is_refused_in_one_line(name, tmp_path):
    path, value, expected = OF_KOMMUNER[name]
    before = counts()
    file = write(tmp_path / "a.json", changed(read(KOMMUNER), path, value))
    assert refusal(file) == f"{file}: {expected}"
    assert counts() == before


NO_DOCUMENTS = {
    "nothing": (b" \n", "$: expected a JSON document, found an empty file"),
    "no JSON": (
        b"{",
        "$: expected a JSON document, found Expecting property name enclosed in double quotes at line 1 column 2",
    ),
    "no UTF-8": (b'{"a": "\xe5"}', "$: expected a document in UTF-8, found another byte at position 7"),
    "a list": (b"[]", "$: expected an object, found a list"),
    "a key twice": (
        b'{"format": "modell-cohort", "format": "modell-cohort"}',
        "$.format: expected each key once, found it twice",
    ),
    "NaN": (b'{"version": NaN}', "$.version: expected 1 or 2 or 3, found NaN"),
    "Infinity": (b'{"version": -Infinity}', "$.version: expected 1 or 2 or 3, found -Infinity"),
    "an endless number": (b'{"version": ' + b"1" * 9000 + b"}", f"$.version: expected 1 or 2 or 3, found {'1' * 59}…"),
    "a number like the version": (b'{"version": 1.0}', "$.version: expected 1 or 2 or 3, found 1.0"),
    "a line in a key": (b'{"a\\nb": 1}', '$["a\\nb"]: expected no such key'),
    "deep nesting": (b"[" * 100_000, "$: expected a JSON document of the format, found objects nested too deeply"),
}


@pytest.mark.parametrize("name", NO_DOCUMENTS)
def test_a_file_that_holds_no_package_is_refused_in_one_line(name, tmp_path):
    raw, expected = NO_DOCUMENTS[name]
    file = tmp_path / "a.json"
    file.write_bytes(raw)
    assert refusal(file) == f"{file}: {expected}"


def test_a_file_that_cannot_be_read_is_refused_in_one_line(tmp_path):
    assert refusal(tmp_path) == f"{tmp_path}: $: expected a file that can be read, found Is a directory"
    nowhere = tmp_path / "two\nlines.json"
    assert refusal(nowhere) == (
        f"{tmp_path}/two\\nlines.json: $: expected a file that can be read, found No such file or directory"
    )


@pytest.mark.parametrize(("more", "is_read"), [(0, True), (1, False)])
def test_a_package_over_the_limit_is_refused_unread(tmp_path, monkeypatch, more, is_read):
    file = tmp_path / "stor.json"
    with file.open("wb") as empty:
        empty.truncate(parsing.LARGEST_MB * 1024 * 1024 + more)
    read = []
    monkeypatch.setattr(parsing, "parse", read.append)
    if is_read:
        parsing.read_document(file)
    else:
        assert refusal(file) == f"{file}: $: expected a file of at most 20 MB, found a larger one"
    assert bool(read) is is_read


def test_a_file_no_memory_could_hold_is_refused_like_any_other(tmp_path):
    file = tmp_path / "stor.json"
    with file.open("wb") as empty:
        empty.truncate(10**12)
    assert "at most 20 MB" in refusal(file)


def test_a_pipe_has_no_size_and_is_read_no_further_than_the_limit():
    with pytest.raises(parsing.Malformed, match="at most 20 MB"):
        parsing.read_document(Path("/dev/zero"))


def test_the_limit_is_far_above_any_real_package():
    assert max(file.stat().st_size for file in FILES) * 20 < parsing.LARGEST_MB * 1024 * 1024


def test_both_codes_of_gotland_are_refused(tmp_path):
    document = read(next(file for file in FILES if file.stem == "modellkoncept-2021-2023"))
    document["participants"] += [document["participants"][0] | {"organisation": code} for code in ("09", "0980")]
    assert refusal(write(tmp_path / "a.json", document)) == (
        f'{tmp_path}/a.json: $.participants[7].organisation: expected each organisation once, found "0980" again'
    )


def test_of_many_files_all_are_stored_or_none(tmp_path):
    before = counts()
    bad = write(tmp_path / "bad.json", changed(read(RUNNING), ("cohort", "kind"), "blandat"))
    refusal(KOMMUNER, bad)
    assert counts() == before


# Whatever is done to a package

DOCUMENT = read(RUNNING)


def _paths(part, way=()):
    rows = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for key, value in rows:
        yield (*way, key)
        yield from _paths(value, (*way, key))


PATHS = list(_paths(DOCUMENT))
VALUES = [
    *(GONE, None, True, 0, -1, 2.5, 10**30, float("nan"), "", " ", "x", "\0", "\ud800", "a\u2028b", "å" * 200),
    *("2.5", "99", "9901", "0980", "2026-04-21", "0001-01-01", "learning-1", "participant", "follow_up"),
    *([], {}, [[]], {"": None}, ["99"], [None]),
]


@pytest.mark.in_turn(3)
@given(path=st.sampled_from(PATHS), other=st.sampled_from([*VALUES, *PATHS]))
def test_whatever_stands_at_a_path_a_package_is_taken_whole_or_refused_in_a_line(tmp_path_factory, path, other):
    if isinstance(other, tuple):  # what stands at another path
        value = DOCUMENT
        for key in other:
            value = value[key]
    else:
        value = other
    folder = tmp_path_factory.mktemp("packages")
    file = write(folder / "a.json", changed(DOCUMENT, path, value))
    with transaction.atomic():
        before = counts()
        line = line_of(file)
        if line:
            assert len(line.splitlines()) == 1
            assert line.startswith(f"{file}: $")
            assert counts() == before
        else:
            slug = Cohort.objects.latest("pk").slug
            export(slug, folder / "b.json")
            assert run(folder / "b.json") == f"{slug}: unchanged\n"
        transaction.set_rollback(True)


# Export


def test_an_unknown_omgang_is_refused_in_a_line(tmp_path):
    with pytest.raises(CommandError, match=r"^nej: expected the slug of an omgång, found none with it$"):
        export("nej", tmp_path / "a.json")


def test_a_file_that_cannot_be_written_is_refused_in_a_line_and_leaves_nothing(tmp_path):
    run(RUNNING)
    (tmp_path / "a").mkdir()
    for output, why in ((tmp_path / "b/c.json", "No such file or directory"), (tmp_path / "a", "Is a directory")):
        with pytest.raises(CommandError) as refused:
            export("demo-pagaende", output)
        assert str(refused.value) == f"{output}: expected a file that can be written, found {why}"
    assert sorted(tmp_path.rglob("*")) == [tmp_path / "a"]


def test_an_export_that_fails_leaves_the_earlier_one(tmp_path, monkeypatch):
    run(RUNNING)
    export("demo-pagaende", tmp_path / "a.json")

    def full(self, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(CommandError, match="No space left on device"):
        call_command("export_cohort", "demo-pagaende", output=tmp_path / "a.json")
    assert [file.name for file in tmp_path.iterdir()] == ["a.json"]
    assert read(tmp_path / "a.json") == read(RUNNING)
