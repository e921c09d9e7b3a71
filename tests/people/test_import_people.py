"""A list of people from the command line, by the page's own rules."""

import json
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from cohorts.enums import Status
from cohorts.models import Delegate, Organisation
from kit.models import AuditEvent
from mailings.models import Mail
from tests.factories import TODAY, CohortFactory, DelegateFactory, ParticipationFactory, UserFactory
from tests.people.test_listing import excel

pytestmark = pytest.mark.django_db
LIST = "Namn;E-post;Roll\nPia Boden (S);pia@kommun.invalid;ordförande KS\nBo Ek;bo@@kommun.invalid;chef\n"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def participation():
    organisation = Organisation.objects.get(code="0880")
    return ParticipationFactory(cohort=CohortFactory(slug="provet"), organisation=organisation, code="0880")


def run(path, *more):
    out = StringIO()
    call_command("import_people", str(path), "--cohort", "provet", *more, stdout=out)
    return out.getvalue()


def as_json(path, *more):
    return json.loads(run(path, *more, "--format", "json"))


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "lista.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def test_right_rows_are_stored_and_the_others_told(participation, file):
    read = as_json(file, "--organisation", "0880")
    assert read == {
        "rows": [
            {
                "row": 1,
                "outcome": "skipped",
                "name": "",
                "email": "",
                "organisation": "0880",
                "function": None,
                "deputy": False,
                "proposed": False,
                "dropped": [],
                "says": ["Raden läses som rubrik."],
            },
            {
                "row": 2,
                "outcome": "new",
                "name": "Pia Boden",
                "email": "pia@kommun.invalid",
                "organisation": "0880",
                "function": "politician",
                "deputy": False,
                "proposed": True,
                "dropped": ["(S)"],
                "says": ["Ny person. Får en inbjudan.", "Parti sparas inte, så (S) är borttaget."],
            },
            {
                "row": 3,
                "outcome": "refused",
                "name": "Bo Ek",
                "email": "bo@@kommun.invalid",
                "organisation": "0880",
                "function": "manager",
                "deputy": False,
                "proposed": False,
                "dropped": [],
                "says": ["Adressen ”bo@@kommun.invalid” går inte att läsa. Skriv den som namn@kommunen.se."],
            },
        ],
        "stored": 1,
    }
    assert list(Delegate.objects.values_list("user__name", "function")) == [("Pia Boden", "politician")]
    assert Mail.objects.filter(kind="invitation").count() == 1
    assert AuditEvent.objects.get(kind="delegate_added").actor == "Kommandoraden"


def test_a_dry_run_stores_nothing_and_the_same_list_twice_nothing_more(participation, file):
    assert as_json(file, "--organisation", "0880", "--dry-run")["stored"] == 0
    assert Delegate.objects.count() == Mail.objects.count() == 0
    as_json(file, "--organisation", "0880")
    again = as_json(file, "--organisation", "0880")
    assert ([row["outcome"] for row in again["rows"]], again["stored"]) == (["skipped", "known", "refused"], 0)
    assert again["rows"][1]["says"][0] == "Är redan med, som politiker. Ändras inte."


def test_invitations_may_wait(participation, file):
    read = as_json(file, "--organisation", "0880", "--invite-later")
    assert read["rows"][1]["says"][0] == "Ny person. Bjuds in senare."
    assert (read["stored"], Mail.objects.count()) == (1, 0)


def test_without_an_organisation_each_row_names_its_own(participation, tmp_path):
    path = tmp_path / "lista.txt"
    path.write_text("0880;Pia Ek;pia@kommun.invalid;chef\nAtlantis kommun;Bo Ek;bo@kommun.invalid;chef")
    read = as_json(path)
    assert [(row["organisation"], row["outcome"]) for row in read["rows"]] == [("0880", "new"), (None, "refused")]
    assert read["rows"][1]["says"] == ["”Atlantis kommun” är ingen organisation i omgången."]


def test_a_row_of_another_organisation_is_not_seated_here(participation, tmp_path):
    path = tmp_path / "lista.txt"
    path.write_text("Organisation;Namn;E-post;Roll\nRegion Skåne;Pia Ek;pia@kommun.invalid;chef")
    read = as_json(path, "--organisation", "0880")
    assert read["rows"][1]["says"] == ["Raden gäller ”Region Skåne”, och här läggs bara ert eget folk till."]


def test_a_workbook_is_read_row_by_row_of_its_sheet(participation, tmp_path):
    path = tmp_path / "lista.xlsx"
    rows = (["Namn", "E-post", "Funktion"], [], [], ["Pia Ek", "pia@kommun.invalid", "chef"])
    path.write_bytes(excel(*rows).read())
    assert [(row["row"], row["outcome"]) for row in as_json(path, "--organisation", "0880")["rows"]] == [
        (1, "skipped"),
        (4, "new"),
    ]


def test_in_words_it_says_each_row(participation, file):
    said = run(file, "--organisation", "0880").splitlines()
    assert said[1] == (
        "Rad 2: Pia Boden <pia@kommun.invalid> new. Ny person. Får en inbjudan. Parti sparas inte, så (S) är borttaget."
    )
    assert said[-1] == "Tillagda: 1."
    assert run(file, "--organisation", "0880", "--dry-run").splitlines()[-1] == "Provkörning: inget är lagrat."


def test_what_cannot_be_read_is_refused_in_one_line(participation, tmp_path, file):
    broken, long = tmp_path / "p.xlsx", tmp_path / "p.txt"
    broken.write_bytes(b"namn")
    long.write_text("\n".join(f"N{n};n{n}@kommun.invalid;chef" for n in range(201)))
    (tmp_path / "p.csv").write_bytes(b"a\0b")
    (tmp_path / "empty.csv").write_bytes(b"")
    (tmp_path / "big.csv").write_bytes(b"a" * (5 * 1024 * 1024 + 1))
    (tmp_path / "long.csv").write_bytes(b"a" * 150_001)
    for path, sentence in (
        (tmp_path / "none.csv", "Filen kan inte läsas: No such file or directory."),
        (tmp_path / "p.doc", "Filen ska vara en .xlsx, .csv eller .txt."),
        (broken, "Filen är ingen Excelarbetsbok"),
        (long, "Högst 200 rader läses in på en gång."),
        (tmp_path / "p.csv", "Filen är ingen text. Spara listan som .csv, .txt eller .xlsx."),
        (tmp_path / "empty.csv", "Filen är tom."),
        (tmp_path / "big.csv", "Filen är större än 5 MB."),
        (tmp_path / "long.csv", "Listan är för lång."),
    ):
        with pytest.raises(CommandError) as refused:
            run(path, "--organisation", "0880")
        assert sentence in str(refused.value)
        assert "\n" not in str(refused.value)


def test_an_unknown_omgang_or_organisation_is_refused_in_one_line(participation, file):
    with pytest.raises(CommandError, match="Det finns ingen organisation med koden 9999 i omgången"):
        run(file, "--organisation", "9999")
    with pytest.raises(CommandError, match="Det finns ingen omgång finns-inte"):
        call_command("import_people", str(file), "--cohort", "finns-inte")
    participation.status = Status.WITHDRAWN
    participation.withdrawn_on = TODAY
    participation.save()
    with pytest.raises(CommandError, match="har lämnat omgången"):
        run(file, "--organisation", "0880")


def test_one_who_works_at_skr_is_refused_at_the_row(participation, tmp_path):
    UserFactory(email="eva@skr.invalid", skr_role="administrator")
    DelegateFactory(participation=participation)
    path = tmp_path / "lista.txt"
    path.write_text("Eva Ek;eva@skr.invalid;chef")
    [row] = as_json(path, "--organisation", "0880")["rows"]
    assert (row["outcome"], row["says"][0][:42]) == ("refused", "Adressen hör till någon som arbetar på SKR")
